/** Parts objects that touch, by the shape of their outline. */
import type { Zyx } from "../../geometry/box.ts";
import { squaredDistances } from "./distance.ts";
import { type Components, labelComponents } from "./label-components.ts";
import { peaksOf } from "./peaks.ts";
import { watershed } from "./watershed.ts";

/**
 * Numbers the objects of a mask, those that touch apart: the distance to the background has a peak in each, from which
 * its basin is flooded. Of scikit-image: `distance_transform_edt`, `peak_local_max` in each connected object with
 * `min_distance`, and `watershed(-distance, peaks, mask=mask)` over all neighbours, so that no voxel is lost.
 * @param minDistance between the middles of objects, in voxels along every axis; a whole number of at least 1.
 */
export function splitTouching(mask: Uint8Array, shape: Zyx, minDistance: number): Components {
  const squares = squaredDistances(mask, shape);
  const { labels } = labelComponents(mask, shape);
  const peaks = peaksOf(squares, labels, shape, minDistance);
  const depths = squares.map((square) => -square);
  return { labels: watershed(depths, peaks.labels, mask, shape, "all"), count: peaks.count };
}
