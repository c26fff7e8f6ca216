/** The picture of a plate at one plane: begun from what the browser kept of it, filled as wells come, and kept again. */
import type { Plate } from "../../ome/multiscale.ts";
import type { PlateImages } from "../../ome/plate-images.ts";
import type { Plane } from "../../scene/plane.ts";
import { PlatePicture } from "../../scene/plate-picture.ts";
import type { PlatePlace } from "../../scene/plate-place.ts";
import { PlateTiles, type PlateView } from "../../scene/plate-tiles.ts";
import { levelAt, middleOfPlane } from "../../scene/tile-grid.ts";
import { notifyError } from "../../state/notices.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import { type Thumbnail, thumbnailOf } from "../../state/thumbnails.ts";
import { changeChannel } from "../../state/view.ts";
import { bytesPerPixel, sizeOf } from "../../zarr/pixels.ts";
import type { WellMark } from "./plate-status.ts";
import type { WellChecks } from "./well-checks.ts";

/** Up to so many bytes of a plate's chunks stay at hand for who looks nearer; of larger plates none, as all are in the picture. */
const AT_HAND_BYTES = 64 * 2 ** 20;

/** What there is of a picture: by channel, how old, and what of each well has come. */
type KeptPicture = Pick<Thumbnail, "at" | "come" | "planes" | "windows">;

export interface MosaicOptions {
  readonly session: Session;
  readonly source: Source;
  readonly plate: Plate;
  readonly images: PlateImages;
  readonly place: PlatePlace;
  readonly checks: WellChecks;
  /** Plane of the finest level, and time point. */
  readonly z: number;
  readonly t: number;
  /** What it begins with. */
  readonly kept: KeptPicture | undefined;
  readonly onChange: () => void;
}

export class Mosaic {
  readonly picture: PlatePicture;
  readonly tiles: PlateTiles;
  readonly #options: MosaicOptions;
  /** Wells that are as they were kept. */
  readonly #remembered = new Set<number>();
  readonly #windows: Map<number, readonly [start: number, end: number]>;
  readonly #counted = new Set<number>();
  readonly #closing = new AbortController();
  readonly #endListening: () => void;
  /** Milliseconds since 1970. */
  #begun: number;
  #isKept = true;
  #revision = 0;

  constructor(options: MosaicOptions) {
    this.#options = options;
    const { session, source, plate, images, place, checks, z, t, kept } = options;
    const { image } = images;
    const { array } = levelAt(image, image.levels.length - 1);
    const { dtype } = array;
    this.picture = new PlatePicture(place, dtype, kept?.planes);
    this.#begun = kept?.at ?? this.#now();
    this.#windows = new Map(kept?.windows);
    // Of planes and time points no more is read than lies in the same chunks.
    const read = array.shape.map((length, axis) => {
      const isRead = /[cyx]/.test(image.axes[axis]?.name ?? "");
      return isRead ? length : Math.min(length, array.chunks[axis] ?? 1);
    });
    const bytes = plate.wells.length * sizeOf(read) * bytesPerPixel(dtype);
    this.tiles = new PlateTiles({
      picture: this.picture,
      wells: plate.wells,
      image,
      imageOf: (well) => (checks.isBeside(well) ? undefined : checks.imageOf(well)),
      source: source.reader,
      z: middleOfPlane(image.levels[0].grid, z),
      t,
      come: kept?.come,
      onCome: (channel, plane) => this.#come(channel, plane),
      ...(bytes > AT_HAND_BYTES
        ? { onDone: ({ array: of, coords }) => source.reader.letGo(of, coords) }
        : {}),
    });
    this.#endListening = source.reader.subscribe((path) => this.#written(path));
    if (!kept) return;
    const each = kept.come.length / plate.wells.length;
    for (const i of plate.wells.keys())
      if (kept.come.subarray(i * each, (i + 1) * each).some((state) => state !== 0))
        this.#remembered.add(i);
    for (const [channel, window] of kept.windows)
      if (session.view.getState().channels[channel]?.window === undefined)
        changeChannel(session.view, channel, { window });
  }

  /** Another number whenever the picture has changed. */
  get revision(): number {
    return this.#revision;
  }

  /** How old what is remembered is, in milliseconds since 1970; undefined where all there is has been read now. */
  get asOf(): number | undefined {
    return this.#remembered.size > 0 ? this.#begun : undefined;
  }

  get z(): number {
    return this.#options.z;
  }

  get t(): number {
    return this.#options.t;
  }

  /** Says what is looked at. */
  look(view: PlateView): void {
    for (const channel of view.channels) this.picture.begin(channel);
    this.tiles.update(view);
  }

  /** Of a well that turned out to be another one, begins anew: what there is of it is not its picture. */
  begin(well: number): void {
    const at = this.#options.plate.wells[well];
    if (at) this.picture.clear(at);
    this.#revision++;
    this.#isKept = false;
    this.#remembered.delete(well);
    this.tiles.retry(well);
  }

  /** Reads a remembered well anew. */
  refresh(well: number): void {
    if (this.#remembered.delete(well)) this.tiles.retry(well);
  }

  /** Reads all wells anew; the picture stays until they come. */
  renew(): void {
    this.#options.source.reader.clear();
    this.#remembered.clear();
    this.#begun = this.#now();
    this.tiles.renew();
  }

  /** What has come by now, to begin another one with. */
  now(): KeptPicture {
    const planes = [...this.picture.planes].map(
      ([channel, { data }]) => [channel, data.slice()] as const,
    );
    const come = this.tiles.come.slice();
    const windows = new Map(this.#windows);
    return { at: this.#begun, come, planes: new Map(planes), windows };
  }

  /** Keeps the picture in the browser, where anything new is in it. */
  keep(marks: ReadonlyMap<number, WellMark>): void {
    const { source, plate, images, place, z, t, session } = this.#options;
    const { image, name } = images;
    const facts = thumbnailOf(source.origin, plate, { image, name, z, t });
    if (this.#isKept || facts === undefined) return;
    this.#isKept = true;
    const come = this.tiles.come.slice();
    const each = come.length / plate.wells.length;
    const bare = new Map<number, "empty" | "absent">();
    for (const [well, { kind }] of marks)
      if (kind === "empty" || kind === "absent") bare.set(well, kind);
      else come.fill(0, well * each, (well + 1) * each);
    const planes = new Map([...this.picture.planes].map(([channel, { data }]) => [channel, data]));
    const windows = this.#windows;
    const at = this.#begun;
    void session.services.thumbnails.put({ ...facts, at, place, come, bare, planes, windows });
  }

  close(): void {
    this.#endListening();
    this.#closing.abort();
    this.tiles.close();
  }

  /** Fovea has written to an array. */
  #written(path: string): void {
    const { plate, checks, onChange } = this.#options;
    const well = [...plate.wells.keys()].find(
      (index) => checks.imageOf(index).levels.at(-1)?.array.path === path,
    );
    if (well === undefined) return;
    this.#remembered.delete(well);
    this.tiles.retry(well);
    onChange();
  }

  #come(channel: number, plane: Plane | undefined): void {
    const { session, onChange } = this.#options;
    this.#revision++;
    this.#isKept = false;
    onChange();
    const look = session.view.getState().channels[channel];
    if (!plane || look?.window !== undefined || this.#counted.has(channel)) return;
    // What the file does not say is found from the first well that comes.
    this.#counted.add(channel);
    const { signal } = this.#closing;
    session.services.countPixels([plane.data.slice()], { signal }).then(
      ({ window }) => {
        if (signal.aborted) return;
        this.#windows.set(channel, window);
        changeChannel(session.view, channel, { window });
      },
      (error: unknown) => {
        if (!signal.aborted) notifyError(session.notices, error);
      },
    );
  }

  #now(): number {
    return this.#options.session.services.now().getTime();
  }
}
