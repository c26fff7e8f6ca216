/** Which part of which level a slice through a stack takes, from which chunks, and how their pixels become its own. */
import type { Axis, Pane } from "../editor/pane.ts";
import { chunkZyx, indexOf } from "../ome/axes.ts";
import type { Multiscale } from "../ome/multiscale.ts";
import type { Chunk, Pixels } from "../zarr/array.ts";
import type { ChunkPlace } from "./chunk-requests.ts";
import type { Rect } from "./rect.ts";
import { levelAt, levelFor } from "./tile-grid.ts";

/** What is looked at. */
export interface SliceView {
  readonly pane: Pane;
  /** World position along the axis looked along. */
  readonly at: number;
  /** What the pane shows, in its own world coordinates. */
  readonly bounds: Rect;
  /** World units of y and x per pixel of the screen. */
  readonly worldPerPixel: number;
  readonly t: number;
  readonly channels: readonly number[];
}

/** A slice of a level, as large as the chunks in view. */
export interface SlicePlace {
  readonly level: number;
  readonly pane: Pane;
  readonly t: number;
  /** Voxel looked at along the axis looked along, and the first and the end of those along the other two. */
  readonly index: number;
  readonly across: readonly [start: number, end: number];
  readonly down: readonly [start: number, end: number];
  /** World coordinates of the pane. */
  readonly bounds: Rect;
  /** World position of the voxels' middle along the axis looked along. */
  readonly at: number;
}

/** More chunks than this for one slice of one channel ask for a coarser level; so does a texture wider than this. */
const CHUNKS_MAX = 512;
const WIDTH_MAX = 4096;

/** The slice of the level that fits the view, or of a coarser one where that would take too many chunks. */
export function sliceIn(multiscale: Multiscale, view: SliceView): SlicePlace | undefined {
  let level = levelFor(multiscale, view.worldPerPixel);
  for (; ; level++) {
    const place = sliceOf(multiscale, level, view);
    if (place === undefined || level >= multiscale.levels.length - 1) return place;
    const wide = Math.max(lengthOf(place.across), lengthOf(place.down)) > WIDTH_MAX;
    if (!wide && chunkBoxes(multiscale, place).length <= CHUNKS_MAX) return place;
  }
}

function sliceOf(multiscale: Multiscale, level: number, view: SliceView): SlicePlace | undefined {
  const { array, grid } = levelAt(multiscale, level);
  const { pane, at, t } = view;
  const chunk = chunkZyx(array, multiscale.axes);
  const [minX, minY, maxX, maxY] = view.bounds;
  const span = (axis: Axis, min: number, max: number): readonly [number, number] => {
    const [length, size, scale] = [grid.shape[axis], chunk[axis], grid.scale[axis]];
    const start = Math.max(0, Math.floor(min / scale / size) * size);
    return [start, Math.min(length, Math.ceil(max / scale / size) * size)];
  };
  const across = span(pane.across, minX, maxX);
  const down = span(pane.down, minY, maxY);
  if (lengthOf(across) <= 0 || lengthOf(down) <= 0) return undefined;
  const { through } = pane;
  const voxel = Math.floor(at / grid.scale[through]);
  const index = Math.min(grid.shape[through] - 1, Math.max(0, voxel));
  const [sx, sy] = [grid.scale[pane.across], grid.scale[pane.down]];
  return {
    level,
    pane,
    t,
    index,
    at: (index + 0.5) * grid.scale[through],
    across,
    down,
    bounds: [across[0] * sx, down[0] * sy, across[1] * sx, down[1] * sy],
  };
}

/** The most voxels of a channel that are fetched for a look. */
const MOST_VOXELS = 1 << 27;

/** Whether a slice can be read for a look: an image without a pyramid can be too large for that. */
export function isReadable(multiscale: Multiscale, view: SliceView): boolean {
  const place = sliceIn(multiscale, view);
  if (place === undefined) return false;
  const { array, grid } = levelAt(multiscale, place.level);
  const { through } = place.pane;
  const thick = Math.min(chunkZyx(array, multiscale.axes)[through], grid.shape[through]);
  return lengthOf(place.across) * lengthOf(place.down) * thick <= MOST_VOXELS;
}

/** In voxels. */
export function lengthOf([start, end]: readonly [number, number]): number {
  return end - start;
}

/** A chunk's part in a slice. */
export interface SliceChunk extends ChunkPlace {
  readonly key: string;
  /** The chunk's first voxel along the pane's axes. */
  readonly across: number;
  readonly down: number;
}

/** The chunks that a slice of a channel is cut from. */
export function sliceChunks(
  multiscale: Multiscale,
  place: SlicePlace,
  channel: number,
): SliceChunk[] {
  const { array } = levelAt(multiscale, place.level);
  const { pane, index, t } = place;
  return chunkBoxes(multiscale, place).map(([across, down]) => {
    const voxel = { t, c: channel, z: 0, y: 0, x: 0 };
    voxel[NAMES[pane.across]] = across;
    voxel[NAMES[pane.down]] = down;
    voxel[NAMES[pane.through]] = index;
    const coords = multiscale.axes.map(({ name }, axis) =>
      Math.floor(voxel[name] / (array.chunks[axis] ?? 1)),
    );
    return { array, coords, key: `${place.level}/${coords.join()}`, across, down };
  });
}

/** The pixels of a slice that a chunk has, half-open. */
export function rectOf(multiscale: Multiscale, place: SlicePlace, part: SliceChunk): Rect {
  const chunk = chunkZyx(part.array, multiscale.axes);
  const { pane, across, down } = place;
  const [left, top] = [part.across - across[0], part.down - down[0]];
  const right = Math.min(lengthOf(across), left + chunk[pane.across]);
  return [left, top, right, Math.min(lengthOf(down), top + chunk[pane.down])];
}

/** Where pixels of a slice lie, in the pane's world coordinates. */
export function boundsOf(place: SlicePlace, [left, top, right, bottom]: Rect): Rect {
  const [x0, y0, x1, y1] = place.bounds;
  const [width, height] = [(x1 - x0) / lengthOf(place.across), (y1 - y0) / lengthOf(place.down)];
  return [x0 + left * width, y0 + top * height, x0 + right * width, y0 + bottom * height];
}

const NAMES = ["z", "y", "x"] as const;

/** The first voxels, along the pane's axes, of the chunks of a slice. */
function chunkBoxes(multiscale: Multiscale, { level, pane, across, down }: SlicePlace) {
  const chunk = chunkZyx(levelAt(multiscale, level).array, multiscale.axes);
  const boxes: (readonly [across: number, down: number])[] = [];
  for (let y = down[0]; y < down[1]; y += chunk[pane.down])
    for (let x = across[0]; x < across[1]; x += chunk[pane.across]) boxes.push([x, y]);
  return boxes;
}

/** Copies what a chunk has of a slice into the slice's pixels, rows of `place.across` one under the other. */
export function pasteChunk(
  pixels: Pixels,
  { data, shape }: Chunk,
  { multiscale, place, part }: { multiscale: Multiscale; place: SlicePlace; part: SliceChunk },
  channel: number,
): void {
  const { axes } = multiscale;
  const { pane, index, t } = place;
  const strideOf = (name: "t" | "c" | "z" | "y" | "x"): number => {
    const axis = indexOf(axes, name);
    return axis === undefined ? 0 : shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  };
  const within = (name: "t" | "c" | "z" | "y" | "x", value: number): number => {
    const axis = indexOf(axes, name);
    return axis === undefined ? 0 : (value % (shape[axis] ?? 1)) * strideOf(name);
  };
  const from = within("t", t) + within("c", channel) + within(NAMES[pane.through], index);
  const [right, below] = [strideOf(NAMES[pane.across]), strideOf(NAMES[pane.down])];
  const lengthAlong = (axis: Axis): number => shape[indexOf(axes, NAMES[axis]) ?? -1] ?? 1;
  const columns = Math.min(lengthAlong(pane.across), place.across[1] - part.across);
  const rows = Math.min(lengthAlong(pane.down), place.down[1] - part.down);
  const [source, target] = [wordsOf(data), wordsOf(pixels)];
  const words = target.length / pixels.length;
  const width = lengthOf(place.across);
  for (let row = 0; row < rows; row++) {
    const start = (part.down - place.down[0] + row) * width + part.across - place.across[0];
    for (let word = 0; word < words; word++) {
      let to = words * start + word;
      let at = words * (from + row * below) + word;
      for (let column = 0; column < columns; column++, to += words, at += words * right)
        target[to] = source[at] ?? 0;
    }
  }
}

/**
 * The same memory as whole numbers, so that any kind of pixel is copied by one loop: 64 bits are two of them, since some
 * engines make all doubles that are no numbers one, and ids can look like those.
 */
function wordsOf({ buffer, byteOffset, byteLength, BYTES_PER_ELEMENT }: Pixels) {
  switch (BYTES_PER_ELEMENT) {
    case 1:
      return new Uint8Array(buffer, byteOffset, byteLength);
    case 2:
      return new Uint16Array(buffer, byteOffset, byteLength / 2);
    default:
      return new Uint32Array(buffer, byteOffset, byteLength / 4);
  }
}
