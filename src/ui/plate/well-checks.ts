/** What is found out about wells that are looked at, or of which nothing came: whether they are what they were taken for. */
import { isAborted, isFault, sentence } from "../../base/fault.ts";
import type { Image, Plate } from "../../ome/multiscale.ts";
import { openImage } from "../../ome/open-image.ts";
import {
  contentOf,
  differenceOf,
  imageAt,
  imagePathIn,
  type PlateImages,
} from "../../ome/plate-images.ts";
import type { WellMark } from "./plate-status.ts";

export class WellChecks {
  readonly #plate: Plate;
  readonly #images: PlateImages;
  readonly #onFound: (well: number, isOtherImage: boolean) => void;
  readonly #closing = new AbortController();
  readonly #asked = new Set<string>();
  readonly #own = new Map<number, Image>();
  readonly #marks = new Map<number, WellMark>();

  /**
   * @param bare wells known to have nothing, by index
   * @param onFound told of a well of which something is known now, and whether its image is another one
   */
  constructor(
    plate: Plate,
    images: PlateImages,
    bare: ReadonlyMap<number, "empty" | "absent">,
    onFound: (well: number, isOtherImage: boolean) => void,
  ) {
    this.#plate = plate;
    this.#images = images;
    this.#onFound = onFound;
    for (const [well, kind] of bare) {
      this.#asked.add(`ask ${well}`);
      this.#marks.set(well, { kind });
    }
  }

  get marks(): ReadonlyMap<number, WellMark> {
    return this.#marks;
  }

  /** The image of a well: its own where that was read, else as the first well's. */
  imageOf = (well: number): Image => {
    const there = this.#own.get(well);
    if (there) return there;
    const made = imageAt(this.#images.image, this.#pathOf(well, this.#images.name));
    this.#own.set(well, made);
    return made;
  };

  /** Reads a well's own metadata, once. */
  look(well: number): void {
    void this.#once(`look ${well}`, well, async (signal) => {
      const assumed = this.imageOf(well);
      const { zarrFormat: format, store } = this.#plate;
      const found = await openImage(store, assumed.path, { format, signal });
      const why = differenceOf(assumed, found);
      if (why === undefined) return false;
      this.#own.set(well, found);
      this.#marks.set(well, { kind: "other", why });
      return true;
    });
  }

  /** Finds out why nothing came of a well, once; one request. */
  ask(well: number): void {
    void this.#once(`ask ${well}`, well, async (signal) => {
      const ref = this.#plate.wells[well];
      if (!ref) return false;
      const content = await contentOf(this.#plate, ref, this.#images.name, { signal });
      if (content.kind !== "other") {
        this.#marks.set(well, content);
        return false;
      }
      this.#own.set(well, imageAt(this.#images.image, this.#pathOf(well, content.name)));
      this.#marks.set(well, { kind: "other", why: `its image is called “${content.name}”` });
      return true;
    });
  }

  /** Forgets what was found, so that it is found out anew. */
  forget(well: number): void {
    this.#asked.delete(`look ${well}`);
    this.#asked.delete(`ask ${well}`);
    this.#marks.delete(well);
  }

  close(): void {
    this.#closing.abort();
  }

  async #once(
    what: string,
    well: number,
    find: (signal: AbortSignal) => Promise<boolean>,
  ): Promise<void> {
    if (this.#asked.has(what)) return;
    this.#asked.add(what);
    const { signal } = this.#closing;
    try {
      const isOther = await find(signal);
      if (!signal.aborted) this.#onFound(well, isOther);
    } catch (error) {
      if (signal.aborted || isAborted(error)) return;
      const isMissing = isFault(error, "missing");
      this.#marks.set(
        well,
        isMissing ? { kind: "absent" } : { kind: "failed", why: sentence(error) },
      );
      this.#onFound(well, false);
    }
  }

  #pathOf(well: number, name: string): string {
    const ref = this.#plate.wells[well];
    return ref ? imagePathIn(this.#plate, ref, name) : name;
  }
}
