/** The Euler number of a volume: objects and cavities less tunnels. */
import type { Mask } from "./object-runs.ts";

/**
 * Counts vertices − edges + faces − voxels of the union of closed voxels, so that faces, edges and corners join (26
 * neighbours); equals `skimage.measure.euler_number(mask, 3)` (Ohser, Nagel, Schladitz 2002).
 * @param mask drawn with a margin of one voxel on each side.
 */
export function eulerNumber({ voxels, shape: [planes, height, width] }: Mask): number {
  const plane = height * width;
  let eighths = 0;
  for (let z = 1; z < planes; z++)
    for (let y = 1; y < height; y++) {
      const row = z * plane + y * width;
      let left = columnAt(voxels, row, width, plane);
      for (let i = row + 1; i < row + width; i++) {
        const here = columnAt(voxels, i, width, plane);
        eighths += EIGHTHS[left | (here << 4)] ?? 0;
        left = here;
      }
    }
  return eighths / 8;
}

/** The four voxels around the lower corner of a voxel that share its x. */
function columnAt(voxels: Uint8Array, i: number, width: number, plane: number): number {
  return (
    (voxels[i] ?? 0) |
    ((voxels[i - width] ?? 0) << 1) |
    ((voxels[i - plane] ?? 0) << 2) |
    ((voxels[i - plane - width] ?? 0) << 3)
  );
}

/** For the 8 voxels around a vertex, one bit each: the Euler number of the cells that touch the vertex, each cell shared among its vertices. */
const EIGHTHS = Int8Array.from({ length: 256 }, (_, around) => {
  let sum = around === 0 ? 0 : 8;
  // An edge, face or voxel reaches from the vertex to one side along one, two or three axes.
  for (let axes = 1; axes < 8; axes++) {
    const weight = [0, -4, 2, -1][bits(axes)] ?? 0;
    for (let side = 0; side < 8; side++)
      if ((side & ~axes) === 0 && touches(around, axes, side)) sum += weight;
  }
  return sum;
});

/** Whether a voxel is there whose position agrees with `side` on the given axes. */
function touches(around: number, axes: number, side: number): boolean {
  for (let voxel = 0; voxel < 8; voxel++)
    if ((voxel & axes) === side && (around & (1 << voxel)) !== 0) return true;
  return false;
}

function bits(value: number): number {
  return (value & 1) + ((value >> 1) & 1) + ((value >> 2) & 1);
}
