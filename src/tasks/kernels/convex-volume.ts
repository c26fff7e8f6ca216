/** How many voxels the convex hull of a volume object holds. */
import { type Box, lengthsOf, type Zyx, zyx } from "../../geometry/box.ts";
import { centerCorners, rowSpans } from "./convex-hull.ts";
import { type Face, hullOf, isFlat } from "./hull-faces.ts";
import type { ObjectRuns } from "./object-runs.ts";

/**
 * Counts the voxels whose centres lie in the convex hull of the object's voxels or on it, a voxel being the octahedron
 * of the middles of its faces; equals `skimage.morphology.convex_hull_image` summed. As there, an object whose voxel
 * centres all lie in one plane has none.
 * @param box the object's.
 */
export function convexVolume(objects: ObjectRuns, i: number, box: Box<"pixel">): number {
  const centers = cornersOf(objects, i, box);
  if (isFlat(centers)) return 0;
  return countInside(hullOf(octahedra(centers)), lengthsOf(box));
}

/** The centres that can be corners of the hull, plane by plane, in half voxels from the box's first voxel. */
function cornersOf(objects: ObjectRuns, i: number, { min, max }: Box<"pixel">): Zyx[] {
  const stride = objects.shape[1];
  const corners: Zyx[] = [];
  const end = objects.first[i + 1] ?? 0;
  let from = objects.first[i] ?? 0;
  for (let z = min[0]; z < max[0]; z++) {
    let to = from;
    while (to < end && (objects.rows[to] ?? 0) < (z + 1) * stride) to++;
    const spans = rowSpans(objects, [from, to], z * stride + min[1], max[1] - min[1]);
    for (const [y, x] of centerCorners(spans))
      corners.push([2 * (z - min[0]), 2 * y, 2 * (x - min[2])]);
    from = to;
  }
  return corners;
}

function octahedra(centers: readonly Zyx[]): Zyx[] {
  return centers.flatMap((center) =>
    [0, 1, 2].flatMap((axis) =>
      [-1, 1].map((step) => zyx((i) => center[i] + (i === axis ? step : 0))),
    ),
  );
}

function countInside(faces: readonly Face[], [depth, height, width]: Zyx): number {
  let count = 0;
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++) count += countInRow(faces, z, y, width);
  return count;
}

/** The voxels of a row between the faces that bound x; in whole numbers, so that a centre on a face is inside. */
function countInRow(faces: readonly Face[], z: number, y: number, width: number): number {
  let low = 0;
  let high = width - 1;
  for (const { normal, offset } of faces) {
    const left = offset - 2 * (normal[0] * z + normal[1] * y);
    const per = 2 * normal[2];
    if (per > 0) high = Math.min(high, Math.floor(left / per));
    else if (per < 0) low = Math.max(low, Math.ceil(left / per));
    else if (left < 0) return 0;
  }
  return Math.max(0, high - low + 1);
}
