/** One flat cut through an image for the view of boxes: read from a level that is coarse enough, painted into pixels. */
import { pixelBox, type Zyx } from "../geometry/box.ts";
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import { chunkZyx, selection } from "../ome/axes.ts";
import type { Level, Multiscale } from "../ome/multiscale.ts";
import type { Pixels } from "../zarr/array.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";
import { readRegion } from "../zarr/region.ts";
import type { Options } from "../zarr/store.ts";
import { windowOf } from "./auto-contrast.ts";
import type { ChannelLook } from "./image-layers.ts";

/** The axis a slice goes across: 0 is z, and the slice is what the flat view shows. */
export type Across = 0 | 1 | 2;

export interface SlicePixels {
  readonly across: Across;
  /** Where on that axis, in world units: the middle of the voxels shown. */
  readonly at: number;
  readonly width: number;
  readonly height: number;
  /** By channel index; y before x, or z before what is left of y and x. */
  readonly planes: ReadonlyMap<number, Pixels>;
}

/** The longest side of a slice, in voxels: more is not seen at the size it is drawn. */
const LONGEST = 1024;

/** The most voxels of a channel that are fetched for a slice; a level of an image without a pyramid can be any size. */
const MOST_VOXELS = 1 << 27;

/**
 * Reads a slice; undefined where even the coarsest level is too large for that.
 * @param at where on the axis, in world units
 * @throws Fault as the source does
 */
export async function readSlice(
  source: ChunkSource,
  multiscale: Multiscale,
  want: {
    readonly across: Across;
    readonly at: number;
    readonly t: number;
    readonly channels: readonly number[];
  },
  options: Options,
): Promise<SlicePixels | undefined> {
  const { across, at, t, channels } = want;
  const level = sliceLevel(multiscale, across);
  if (level === undefined) return undefined;
  const { grid, array } = level;
  const index = voxelAt(grid, across, at);
  const box = slab(grid, across, index);
  const read = async (c: number): Promise<readonly [number, Pixels]> => {
    const { min, max } = selection(multiscale.axes, { t, c }, box);
    return [c, await readRegion(source, array, min, max, options)];
  };
  const planes = new Map(await Promise.all(channels.map(read)));
  const [down, right] = sideAxes(across);
  const middle = (index + 0.5) * grid.scale[across];
  return { across, at: middle, width: grid.shape[right], height: grid.shape[down], planes };
}

/** The axes of a slice's rows and columns: y, x; z, x; or z, y. */
function sideAxes(across: Across): readonly [0 | 1, 1 | 2] {
  return across === 0 ? [1, 2] : across === 1 ? [0, 2] : [0, 1];
}

/** The finest level whose slice is no longer than 1024 voxels, or the coarsest; undefined where that is too much to read. */
export function sliceLevel({ levels, axes }: Multiscale, across: Across): Level | undefined {
  const [down, right] = sideAxes(across);
  const level =
    levels.find(({ grid }) => Math.max(grid.shape[down], grid.shape[right]) <= LONGEST) ??
    levels.at(-1);
  if (level === undefined) return undefined;
  const thick = Math.min(chunkZyx(level.array, axes)[across], level.grid.shape[across]);
  const voxels = level.grid.shape[down] * level.grid.shape[right] * thick;
  return voxels <= MOST_VOXELS ? level : undefined;
}

function voxelAt({ shape, scale }: PixelGrid, axis: Across, at: number): number {
  return Math.min(shape[axis] - 1, Math.max(0, Math.floor(at / scale[axis])));
}

function slab({ shape }: PixelGrid, across: Across, index: number) {
  const min: [number, number, number] = [0, 0, 0];
  const max: [number, number, number] = [...shape];
  min[across] = index;
  max[across] = index + 1;
  return pixelBox(min, max);
}

/** Adds up the channels in their colours and windows: RGBA, the first row first. */
export function paintSlice(
  { planes, width, height }: SlicePixels,
  channels: readonly ChannelLook[],
): Uint8ClampedArray<ArrayBuffer> {
  const painted = new Uint8ClampedArray(4 * width * height);
  for (let i = 3; i < painted.length; i += 4) painted[i] = 255;
  for (const { index, visible, color, window } of channels) {
    const pixels = visible ? planes.get(index) : undefined;
    if (pixels === undefined) continue;
    const [start, end] = window ?? windowOf([pixels]);
    for (let i = 0; i < pixels.length; i++) {
      const light = Math.min(1, Math.max(0, (Number(pixels[i]) - start) / (end - start)));
      for (let c = 0; c < 3; c++)
        painted[4 * i + c] = (painted[4 * i + c] ?? 0) + light * (color[c as 0 | 1 | 2] ?? 0);
    }
  }
  return painted;
}

type SliceCorner = [x: number, y: number, z: number];

/** The slice's corners, as deck.gl's BitmapLayer wants them: the last row's start, the first row's, and on round. */
export function sliceCorners(
  across: Across,
  at: number,
  world: Zyx,
): [SliceCorner, SliceCorner, SliceCorner, SliceCorner] {
  const [down, right] = sideAxes(across);
  const corner = (low: boolean, far: boolean): SliceCorner => {
    const place: [number, number, number] = [0, 0, 0];
    place[across] = at;
    place[down] = low ? world[down] : 0;
    place[right] = far ? world[right] : 0;
    return [place[2], place[1], place[0]];
  };
  return [corner(true, false), corner(false, false), corner(false, true), corner(true, true)];
}
