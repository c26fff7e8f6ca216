/** Pictures of plates kept in the browser, so that a plate opened again is seen at once; what is written to is dropped. */
import type { Image, Plate } from "../ome/multiscale.ts";
import type { Pixels } from "../zarr/array.ts";
import { joinPath, journalName, type Origin } from "./source.ts";

/** The most bytes of pictures kept; those looked at longest ago go first. */
const KEPT_BYTES = 256 * 2 ** 20;

export interface Thumbnail {
  /** The source, the plate in it, its image and plane. */
  readonly key: string;
  /** What else the picture depends on, as text; one of another text is of no use. */
  readonly of: string;
  /** Milliseconds since 1970 of the oldest thing in it. */
  readonly at: number;
  /** By index, each well as whoever writes to it names it. */
  readonly wells: readonly string[];
  /** How the picture is laid out. */
  readonly place: Lattice;
  /** Equally many per well: what became of each of its chunks; 0 for one that has not come. */
  readonly come: Uint8Array<ArrayBuffer>;
  /** Wells of which nothing is stored, by index. */
  readonly bare: ReadonlyMap<number, "empty" | "absent">;
  /** The picture by channel, row by row. */
  readonly planes: ReadonlyMap<number, Pixels>;
  /** By channel, the window found from its pixels. */
  readonly windows: ReadonlyMap<number, readonly [start: number, end: number]>;
}

/** Rows, columns, and in pixels a cell's size and the gap; world units per pixel. */
export type Lattice = Readonly<
  Record<"rows" | "columns" | "width" | "height" | "gap" | "scale", number>
>;

/** Where they are kept: IndexedDB in a browser. */
export interface ThumbnailShelf {
  of(key: string): Promise<Thumbnail | undefined>;
  put(thumbnail: Thumbnail): Promise<void>;
  /** Drops what is kept of the wells that a test names. */
  dropWells(isDropped: (well: string) => boolean): Promise<void>;
}

/** Without a picture: who keeps what. The demo is made anew on this computer and keeps none. */
export function thumbnailOf(
  origin: Origin,
  plate: Plate,
  { image, name, z, t }: { image: Image; name: string; z: number; t: number },
): Pick<Thumbnail, "key" | "of" | "wells"> | undefined {
  if (origin.kind === "demo") return undefined;
  const source = journalName(origin);
  const levels = image.levels.map(({ array: { shape, chunks, dtype }, scale }) => [
    shape,
    chunks,
    dtype,
    scale,
  ]);
  const { rows, columns, wells } = plate;
  return {
    key: [source, plate.path, name, z, t].join("\n"),
    of: JSON.stringify([rows, columns, wells, levels, image.axes]),
    wells: wells.map(({ path }) => `${source}:${joinPath(plate, path)}`),
  };
}

/** What of wells is changed by writing below folders, each named as a well is; labels and tables are not in the picture. */
export function isWrittenTo(folders: readonly string[]): (well: string) => boolean {
  const changing = folders.filter((folder) => !/\/(tables|labels)(\/|$)/.test(folder));
  return (well) =>
    changing.some((folder) => `${folder}/`.startsWith(`${well}/`) || isIn(well, folder));
}

/** Whether a well lies in a folder; a source's own folder has no name: "id:". */
function isIn(well: string, folder: string): boolean {
  return well.startsWith(folder.endsWith(":") ? folder : `${folder}/`);
}

/** A picture without those of some wells. */
export function withoutWells<T extends Pick<Thumbnail, "wells" | "come" | "bare">>(
  thumbnail: T,
  isDropped: (well: string) => boolean,
): T {
  const { wells } = thumbnail;
  const each = thumbnail.come.length / wells.length;
  const come = thumbnail.come.slice();
  const bare = new Map(thumbnail.bare);
  for (const [index, well] of wells.entries())
    if (isDropped(well)) {
      come.fill(0, index * each, (index + 1) * each);
      bare.delete(index);
    }
  return { ...thumbnail, come, bare };
}

/** Which may stay of pictures so large, the one looked at last first. @returns the keys of those to drop */
export function beyond(
  kept: readonly { readonly key: string; readonly bytes: number; readonly seen: number }[],
  most: number = KEPT_BYTES,
): readonly string[] {
  let sum = 0;
  const gone: string[] = [];
  for (const { key, bytes } of [...kept].sort((a, b) => b.seen - a.seen)) {
    sum += bytes;
    if (sum > most) gone.push(key);
  }
  return gone;
}
