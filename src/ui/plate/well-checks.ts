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
import { isMissingOnWeb } from "../../zarr/missing-on-web.ts";
import type { WellMark } from "./plate-status.ts";

export class WellChecks {
  readonly #plate: Plate;
  readonly #images: PlateImages;
  readonly #onFound: (well: number, isOtherImage: boolean) => void;
  readonly #closing = new AbortController();
  readonly #asked = new Set<string>();
  #underway = 0;
  /** As the first well's, made once for each. */
  readonly #assumed = new Map<number, Image>();
  /** Those that were read and are unlike the first well's. */
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
    for (const ref of images.absent) this.#bare(plate.wells.indexOf(ref), "absent");
    for (const [well, kind] of bare) this.#bare(well, kind);
  }

  /** Takes over what another has found out; what could not be read it tries itself. */
  take(other: WellChecks): void {
    for (const [well, image] of other.#assumed) this.#assumed.set(well, image);
    for (const [well, image] of other.#own) this.#own.set(well, image);
    for (const [well, mark] of other.#marks) {
      if (mark.kind === "failed") continue;
      this.#marks.set(well, mark);
      for (const what of ["look", "ask"]) this.#asked.add(`${what} ${well}`);
    }
  }

  /** Whether something is being found out. */
  get busy(): boolean {
    return this.#underway > 0;
  }

  get marks(): ReadonlyMap<number, WellMark> {
    return this.#marks;
  }

  /** The image of a well: its own where that is unlike the first well's, else as that. */
  imageOf = (well: number): Image => {
    const there = this.#own.get(well) ?? this.#assumed.get(well);
    if (there) return there;
    const made = imageAt(this.#images.image, this.#pathOf(well, this.#images.name));
    this.#assumed.set(well, made);
    return made;
  };

  /** Whether a well's image was read and is unlike the first well's. */
  isUnlike = (well: number): boolean => this.#own.has(well);

  /** Whether a well has no place in the picture of all: it is unlike the first one, or known to have no such image. */
  isBeside(well: number): boolean {
    const kind = this.#marks.get(well)?.kind;
    return this.isUnlike(well) || kind === "absent" || kind === "lacking";
  }

  /** Reads a well's own metadata, once. */
  look(well: number): void {
    void this.#once(`look ${well}`, well, async (signal) => {
      const assumed = this.imageOf(well);
      const found = await this.#read(assumed.path, signal);
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
      const { image, images, name } = this.#images;
      if (images.length > 1) {
        // What else the well has is of another kind: of another acquisition, a projection.
        this.#marks.set(well, { kind: "lacking", why: `it has no image “${name}”` });
        return false;
      }
      this.#assumed.set(well, imageAt(image, this.#pathOf(well, content.name)));
      this.#marks.set(well, { kind: "other", why: `its image is called “${content.name}”` });
      return true;
    });
  }

  /** Forgets what was found, so that it is found out anew. */
  forget(well: number): void {
    this.#asked.delete(`look ${well}`);
    this.#asked.delete(`ask ${well}`);
    this.#marks.delete(well);
    this.#assumed.delete(well);
    this.#own.delete(well);
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
    let isOther = false;
    this.#underway++;
    try {
      isOther = await find(signal);
    } catch (error) {
      if (signal.aborted || isAborted(error)) return;
      if (!isFault(error, "missing"))
        this.#marks.set(well, { kind: "failed", why: sentence(error) });
      else if (!this.#marks.has(well)) this.#marks.set(well, { kind: "absent" });
    } finally {
      this.#underway--;
    }
    if (!signal.aborted) this.#onFound(well, isOther);
  }

  /** A well that is not there in the plate's format may be there in the other one. */
  async #read(path: string, signal: AbortSignal): Promise<Image> {
    const { zarrFormat: format, store } = this.#plate;
    try {
      return await openImage(store, path, { format, signal });
    } catch (error) {
      if (!isFault(error, "missing") && !isMissingOnWeb(store, error)) throw error;
      return await openImage(store, path, { signal });
    }
  }

  #bare(well: number, kind: "empty" | "absent"): void {
    this.#asked.add(`ask ${well}`);
    this.#marks.set(well, { kind });
  }

  #pathOf(well: number, name: string): string {
    const ref = this.#plate.wells[well];
    return ref ? imagePathIn(this.#plate, ref, name) : name;
  }
}
