/** Watershed: basins flooded from markers, lowest first. */
import type { Zyx } from "../../geometry/box.ts";
import { LevelQueue } from "./level-queue.ts";
import type { Neighbors } from "./runs.ts";

/** A voxel outside of the mask. */
const DRY = -1;

/**
 * Floods a mask from its markers: a voxel is taken by the neighbour that reaches it at the lowest level, the earlier of
 * equals. Identical to `skimage.segmentation.watershed(heights, markers, connectivity, mask=mask)`, with connectivity 1
 * for "faces" and that of the dimensions for "all" (Soille, Ansoult 1990).
 * @param heights whole numbers; their range times the number of voxels must be less than 2^52.
 * @param markers ids, 0 for none; those outside of the mask do not count.
 * @returns labels; 0 outside of the mask and where no marker reaches.
 */
export function watershed(
  heights: Int32Array,
  markers: Uint32Array,
  mask: Uint8Array,
  shape: Zyx,
  neighbors: Neighbors,
): Uint32Array<ArrayBuffer> {
  const padded = paddedShape(shape);
  const queue = new LevelQueue();
  // More than are queued: a level times this, plus an age, orders by level and then by age.
  const ages = mask.length + 1;
  const basins = basinsOf(heights, markers, mask, shape, padded, (level, i) =>
    queue.add(level * ages, i),
  );
  const offsets = offsetsOf(shape, padded, neighbors);
  let age = 1;
  while (queue.length > 0) {
    const level = Math.floor(queue.firstKey / ages);
    const from = queue.take();
    const id = basins[from] ?? 0;
    for (let k = 0; k < offsets.length; k++) {
      const i = from + (offsets[k] ?? 0);
      const own = DRY - 1 - (basins[i] ?? DRY);
      if (own < 0) continue;
      basins[i] = id;
      // No lower than the level from which it is reached.
      queue.add(Math.max(own, level) * ages + age++, i);
    }
  }
  return unpadded(basins, shape, padded);
}

/** A row has one voxel more and a plane one row, which part it from the next; one comes before the first. */
interface Padded {
  readonly row: number;
  readonly plane: number;
  readonly first: number;
  readonly length: number;
}

function paddedShape([planes, height, width]: Zyx): Padded {
  const row = width + 1;
  const plane = row * (height + 1);
  const first = (planes > 1 ? plane : 0) + row + 1;
  return { row, plane, first, length: first + planes * plane + (planes > 1 ? plane : 0) };
}

/**
 * The mask with dry voxels around, in one array, as voxels are visited all over it: an id where a marker is, else
 * DRY − 1 − level, with levels from 0 on.
 * @param onMarker is told of each marker, in raster order.
 */
function basinsOf(
  heights: Int32Array,
  markers: Uint32Array,
  mask: Uint8Array,
  [planes, height, width]: Zyx,
  padded: Padded,
  onMarker: (level: number, i: number) => void,
): Int32Array<ArrayBuffer> {
  const low = lowestWithin(heights, mask);
  const basins = new Int32Array(padded.length).fill(DRY);
  for (let row = 0; row < planes * height; row++) {
    let to = padded.first + Math.floor(row / height) * padded.plane + (row % height) * padded.row;
    for (let i = row * width; i < (row + 1) * width; i++, to++) {
      if (mask[i] === 0) continue;
      const level = (heights[i] ?? 0) - low;
      const id = markers[i] ?? 0;
      basins[to] = id === 0 ? DRY - 1 - level : id;
      if (id !== 0) onMarker(level, to);
    }
  }
  return basins;
}

function lowestWithin(heights: Int32Array, mask: Uint8Array): number {
  let low = 2 ** 31;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) low = Math.min(low, heights[i] ?? 0);
  return low;
}

/** Steps to the neighbours, nearest first and in raster order, as scikit-image goes through them. */
function offsetsOf([planes]: Zyx, { row, plane }: Padded, neighbors: Neighbors): Int32Array {
  const steps = [-1, 0, 1];
  const all = (planes > 1 ? steps : [0]).flatMap((z) =>
    steps.flatMap((y) =>
      steps.map((x) => ({
        far: Math.abs(z) + Math.abs(y) + Math.abs(x),
        by: z * plane + y * row + x,
      })),
    ),
  );
  const reach = neighbors === "faces" ? 1 : 3;
  const near = all.filter(({ far }) => far > 0 && far <= reach).sort((a, b) => a.far - b.far);
  return Int32Array.from(near, ({ by }) => by);
}

function unpadded(
  basins: Int32Array,
  [planes, height, width]: Zyx,
  padded: Padded,
): Uint32Array<ArrayBuffer> {
  const cropped = new Uint32Array(planes * height * width);
  for (let row = 0; row < planes * height; row++) {
    let from = padded.first + Math.floor(row / height) * padded.plane + (row % height) * padded.row;
    for (let i = row * width; i < (row + 1) * width; i++, from++) {
      const id = basins[from] ?? 0;
      if (id > 0) cropped[i] = id;
    }
  }
  return cropped;
}
