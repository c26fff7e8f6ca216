/** The objects of a label image as runs of voxels along x: all that shapes and intensities are measured from. */
import { type Box, pixelBox, type Zyx, zyx } from "../../geometry/box.ts";

/** Ids of objects. 64-bit integers are left out: whoever reads them narrows them. */
export type Labels =
  | Int8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>;

/** Object i has the runs first[i] … first[i + 1] − 1, in raster order. */
export interface ObjectRuns {
  readonly shape: Zyx;
  /** Each object's label, ascending. */
  readonly labels: Uint32Array<ArrayBuffer>;
  readonly first: Uint32Array<ArrayBuffer>;
  /** z · height + y. */
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly starts: Uint32Array<ArrayBuffer>;
  /** One past the run's last voxel. */
  readonly ends: Uint32Array<ArrayBuffer>;
}

/** Finds every object; a label of zero or less is background, and an object need not be connected. */
export function objectRuns(image: Labels, shape: Zyx): ObjectRuns {
  const [planes, height, width] = shape;
  const count = countRuns(image, width);
  const found = { rows: new Uint32Array(count), starts: new Uint32Array(count) };
  const ends = new Uint32Array(count);
  const labels = new Uint32Array(count);
  let run = 0;
  for (let row = 0; row < planes * height; row++) {
    const from = row * width;
    let before = 0;
    for (let x = 0; x < width; x++) {
      const here = image[from + x] ?? 0;
      if (here === before) continue;
      if (before > 0) ends[run++] = x;
      if (here > 0) {
        found.rows[run] = row;
        found.starts[run] = x;
        labels[run] = here;
      }
      before = here;
    }
    if (before > 0) ends[run++] = width;
  }
  return grouped({ shape, labels, rows: found.rows, starts: found.starts, ends });
}

function countRuns(image: Labels, width: number): number {
  let count = 0;
  for (let from = 0; from < image.length; from += width) {
    let before = 0;
    for (let i = from; i < from + width; i++) {
      const here = image[i] ?? 0;
      if (here !== before && here > 0) count++;
      before = here;
    }
  }
  return count;
}

/** Puts runs of one label together, labels ascending: a counting sort, so that raster order stays. */
function grouped(runs: Omit<ObjectRuns, "first">): ObjectRuns {
  const counts = new Map<number, number>();
  for (const label of runs.labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const labels = Uint32Array.from(counts.keys()).sort();
  const first = new Uint32Array(labels.length + 1);
  const next = new Map<number, number>();
  for (const [object, label] of labels.entries()) {
    next.set(label, first[object] ?? 0);
    first[object + 1] = (first[object] ?? 0) + (counts.get(label) ?? 0);
  }
  const rows = new Uint32Array(runs.rows.length);
  const starts = new Uint32Array(rows.length);
  const ends = new Uint32Array(rows.length);
  for (let run = 0; run < rows.length; run++) {
    const label = runs.labels[run] ?? 0;
    const to = next.get(label) ?? 0;
    next.set(label, to + 1);
    rows[to] = runs.rows[run] ?? 0;
    starts[to] = runs.starts[run] ?? 0;
    ends[to] = runs.ends[run] ?? 0;
  }
  return { shape: runs.shape, labels, first, rows, starts, ends };
}

/** The smallest box that holds an object. */
export function objectBox(
  { shape, first, rows, starts, ends }: ObjectRuns,
  i: number,
): Box<"pixel"> {
  const [planes, height, width] = shape;
  let [minY, maxY] = [height, 0];
  let [minX, maxX] = [width, 0];
  const from = first[i] ?? 0;
  const to = first[i + 1] ?? 0;
  for (let run = from; run < to; run++) {
    const y = (rows[run] ?? 0) % height;
    minY = Math.min(minY, y);
    maxY = Math.max(maxY, y);
    minX = Math.min(minX, starts[run] ?? 0);
    maxX = Math.max(maxX, ends[run] ?? 0);
  }
  // Runs are in raster order: the first and the last one bound z.
  const minZ = to > from ? Math.floor((rows[from] ?? 0) / height) : planes;
  const maxZ = to > from ? Math.floor((rows[to - 1] ?? 0) / height) + 1 : 0;
  return pixelBox([minZ, minY, minX], [maxZ, maxY + 1, maxX]);
}

/** How many voxels an object has. */
export function voxelCount({ first, starts, ends }: ObjectRuns, i: number): number {
  let count = 0;
  for (let run = first[i] ?? 0; run < (first[i + 1] ?? 0); run++)
    count += (ends[run] ?? 0) - (starts[run] ?? 0);
  return count;
}

/** One object drawn alone: 1 inside, 0 around it. */
export interface Mask {
  readonly voxels: Uint8Array<ArrayBuffer>;
  readonly shape: Zyx;
}

/** Draws an object in its box, with a margin of background voxels on both sides of each axis. */
export function objectMask(objects: ObjectRuns, i: number, box: Box<"pixel">, margin: Zyx): Mask {
  const shape = zyx((axis) => box.max[axis] - box.min[axis] + 2 * margin[axis]);
  const [planes, height, width] = shape;
  const origin = zyx((axis) => box.min[axis] - margin[axis]);
  const voxels = new Uint8Array(planes * height * width);
  const { first, rows, starts, ends } = objects;
  for (let run = first[i] ?? 0; run < (first[i + 1] ?? 0); run++) {
    const row = rows[run] ?? 0;
    const z = Math.floor(row / objects.shape[1]);
    const y = row - z * objects.shape[1];
    const from = ((z - origin[0]) * height + y - origin[1]) * width - origin[2];
    voxels.fill(1, from + (starts[run] ?? 0), from + (ends[run] ?? 0));
  }
  return { voxels, shape };
}
