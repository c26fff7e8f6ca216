/** Which level a view calls for, and which tiles of it are in view. */
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import { chunkZyx, countOf } from "../ome/axes.ts";
import type { Level, Multiscale } from "../ome/multiscale.ts";
import { bytesPerPixel } from "../zarr/pixels.ts";
import type { ChunkPlace } from "./chunk-requests.ts";
import type { Rect } from "./rect.ts";

/** What of a multiscale is looked at. */
export interface TileView {
  /** What the canvas shows. */
  readonly bounds: Rect;
  /** World units per pixel of the screen (device, not CSS). */
  readonly worldPerPixel: number;
  /** World units: the middle of the plane wanted (`middleOfPlane`), so that each level finds its own. */
  readonly z: number;
  readonly t: number;
  /** Those drawn; none else is asked for. */
  readonly channels: readonly number[];
}

/** A place in the pyramid that is drawn as one: a chunk, or a part of one that is too large for a texture. */
export interface TilePlace {
  /** Tells it from every other tile of the multiscale. */
  readonly key: string;
  /** As `key`, but the same for every z and t. */
  readonly place: string;
  /** Index into the multiscale's levels; 0 is the finest. */
  readonly level: number;
  readonly z: number;
  readonly t: number;
  /** First pixel, in the level. */
  readonly y: number;
  readonly x: number;
  /** In pixels of the level, cut off at the image's end. */
  readonly width: number;
  readonly height: number;
  readonly bounds: Rect;
}

/** A tile's pixels in a chunk. */
export interface ChunkCut extends ChunkPlace {
  readonly from: readonly number[];
}

/** Longest edge of a texture, in pixels. WebGL 2 promises 2048; nearly every GPU takes 4096, which spares most chunks a cut. */
const TEXTURE_MAX = 4096;

/** How much larger than a screen pixel a voxel may be; fitting a view rounds. */
const COARSER_BY = 1.05;

/** The most bytes of one view's pixels: three 16-bit channels of a 4K screen at twice its resolution. */
const VIEW_BYTES = 256 * 2 ** 20;

/** The most tiles of one view: each is a draw call of its own, in every frame. */
const TILES_MAX = 1024;

/** The level at an index; the finest where there is none. */
export function levelAt({ levels }: Multiscale, index: number): Level {
  return levels[index] ?? levels[0];
}

/** The coarsest level whose voxels are no larger than a pixel of the screen; the finest where none is. */
export function levelFor({ levels }: Multiscale, worldPerPixel: number): number {
  const isFineEnough = ({ grid }: Level): boolean =>
    Math.max(grid.scale[1], grid.scale[2]) <= worldPerPixel * COARSER_BY;
  return Math.max(0, levels.findLastIndex(isFineEnough));
}

/** The plane of a level that holds a world z; the nearest one where z lies outside. */
function planeAt(grid: PixelGrid, z: number): number {
  return Math.min(grid.shape[0] - 1, Math.max(0, Math.floor(z / grid.scale[0])));
}

/** The world z in the middle of a plane. */
export function middleOfPlane(grid: PixelGrid, plane: number): number {
  return (plane + 0.5) * grid.scale[0];
}

/** What a view asks for. */
export interface Wanted {
  /** Of one level, those nearest to the view's centre first. */
  readonly places: readonly TilePlace[];
  /** Whether there is more in view than one view may have. */
  readonly isCut: boolean;
}

/**
 * The tiles of the level that a view calls for. Where they would be too many, or too many bytes, those of a coarser
 * level; where there is none, those around the middle of the view.
 */
export function tilesFor(multiscale: Multiscale, view: TileView): Wanted {
  const last = multiscale.levels.length - 1;
  for (let level = levelFor(multiscale, view.worldPerPixel); ; level++) {
    const { rows, columns } = cutsInView(multiscale, level, view);
    const most = tilesMax(multiscale, level, view.channels.length);
    const isCut = rows.length * columns.length > most;
    if (isCut && level < last) continue;
    const cuts = isCut ? middleOf({ rows, columns }, most) : { rows, columns };
    return { places: placesAt(multiscale, level, view, cuts), isCut };
  }
}

/** All tiles of the coarsest level; of more than so many, those in its middle. */
export function coarsestTiles(
  multiscale: Multiscale,
  at: Pick<TileView, "z" | "t">,
  most: number,
): Wanted {
  const level = multiscale.levels.length - 1;
  const { grid } = levelAt(multiscale, level);
  const bounds: Rect = [0, 0, grid.shape[2] * grid.scale[2], grid.shape[1] * grid.scale[1]];
  const all = cutsInView(multiscale, level, { bounds });
  const isCut = all.rows.length * all.columns.length > most;
  const cuts = isCut ? middleOf(all, most) : all;
  return { places: placesAt(multiscale, level, { ...at, bounds }, cuts), isCut };
}

/** The tiles of a level in view, those nearest to the view's centre first. */
export function tilesInView(
  multiscale: Multiscale,
  level: number,
  view: Pick<TileView, "bounds" | "z" | "t">,
): TilePlace[] {
  return placesAt(multiscale, level, view, cutsInView(multiscale, level, view));
}

type Span = readonly [start: number, end: number];

/** Where tiles lie along y and x, in pixels of their level. */
interface Cuts {
  readonly rows: readonly Span[];
  readonly columns: readonly Span[];
}

function cutsInView(
  multiscale: Multiscale,
  level: number,
  { bounds: [minX, minY, maxX, maxY] }: Pick<TileView, "bounds">,
): Cuts {
  const { array, grid } = levelAt(multiscale, level);
  const [, chunkY, chunkX] = chunkZyx(array, multiscale.axes);
  const [, height, width] = grid.shape;
  const [, scaleY, scaleX] = grid.scale;
  return {
    rows: spansIn(height, chunkY, minY / scaleY, maxY / scaleY),
    columns: spansIn(width, chunkX, minX / scaleX, maxX / scaleX),
  };
}

/** How many tiles of a level one view may have; at least one, however large it is. */
function tilesMax(multiscale: Multiscale, level: number, channels: number): number {
  const { array } = levelAt(multiscale, level);
  const [, chunkY, chunkX] = chunkZyx(array, multiscale.axes);
  const pixels = pieceOf(chunkY) * pieceOf(chunkX) * Math.max(1, channels);
  const most = Math.floor(VIEW_BYTES / (pixels * bytesPerPixel(array.dtype)));
  return Math.min(TILES_MAX, Math.max(1, most));
}

/** So many of the tiles at most, in the middle, in about the same shape. */
function middleOf({ rows, columns }: Cuts, most: number): Cuts {
  const part = Math.sqrt(most / (rows.length * columns.length));
  const narrow = Math.max(1, Math.floor(columns.length * part));
  const high = Math.max(1, Math.min(rows.length, Math.floor(most / narrow)));
  const wide = Math.min(columns.length, Math.floor(most / high));
  const middle = (spans: readonly Span[], count: number): readonly Span[] => {
    const from = Math.floor((spans.length - count) / 2);
    return spans.slice(from, from + count);
  };
  return { rows: middle(rows, high), columns: middle(columns, wide) };
}

function placesAt(
  multiscale: Multiscale,
  level: number,
  view: Pick<TileView, "bounds" | "z" | "t">,
  { rows, columns }: Cuts,
): TilePlace[] {
  const { grid } = levelAt(multiscale, level);
  const [, scaleY, scaleX] = grid.scale;
  const z = planeAt(grid, view.z);
  const t = timeAt(multiscale, view.t);
  const places = rows.flatMap(([y, yEnd]) =>
    columns.map(([x, xEnd]): TilePlace => {
      const place = `${level}/${y}/${x}`;
      const bounds: Rect = [x * scaleX, y * scaleY, xEnd * scaleX, yEnd * scaleY];
      const size = { width: xEnd - x, height: yEnd - y };
      return { key: `${place} z${z} t${t}`, place, level, z, t, y, x, ...size, bounds };
    }),
  );
  return places.sort((a, b) => distanceFromMiddle(a, view) - distanceFromMiddle(b, view));
}

/** How far a tile's middle is from the view's, in world units. */
export function distanceFromMiddle(
  { bounds: [left, top, right, bottom] }: TilePlace,
  { bounds: [minX, minY, maxX, maxY] }: Pick<TileView, "bounds">,
): number {
  return Math.hypot(left + right - minX - maxX, top + bottom - minY - maxY) / 2;
}

/** Whether a tile shows the plane and the time that a view looks at. */
export function isCurrent(
  multiscale: Multiscale,
  { level, z, t }: TilePlace,
  view: TileView,
): boolean {
  return z === planeAt(levelAt(multiscale, level).grid, view.z) && t === timeAt(multiscale, view.t);
}

/** The chunk that holds one channel of a tile, and the tile's first pixel in it, per axis of the array. */
export function chunkOf(multiscale: Multiscale, place: TilePlace, channel: number): ChunkCut {
  const { array } = levelAt(multiscale, place.level);
  const at = multiscale.axes.map(({ name }) => (name === "c" ? channel : place[name]));
  const chunk = (axis: number): number => array.chunks[axis] ?? 1;
  return {
    array,
    coords: at.map((value, axis) => Math.floor(value / chunk(axis))),
    from: at.map((value, axis) => value % chunk(axis)),
  };
}

/** A time point the multiscale has: a label may have one for all of its image's. */
function timeAt({ axes, levels }: Multiscale, t: number): number {
  return Math.min(t, countOf(axes, levels[0].array.shape, "t") - 1);
}

/** The cuts along one axis that a range touches: chunk by chunk, and a large chunk in pieces of equal length. */
function spansIn(length: number, chunk: number, from: number, to: number): Span[] {
  const piece = pieceOf(chunk);
  const spans: Span[] = [];
  const first = Math.floor(Math.max(0, from) / chunk) * chunk;
  for (let at = first; at < Math.min(to, length); at += chunk)
    for (let start = at; start < Math.min(at + chunk, length); start += piece) {
      const end = Math.min(start + piece, at + chunk, length);
      if (end > from && start < to) spans.push([start, end]);
    }
  return spans;
}

/** The longest piece that a chunk of such a length is drawn in. */
function pieceOf(chunk: number): number {
  return Math.ceil(chunk / Math.ceil(chunk / TEXTURE_MAX));
}
