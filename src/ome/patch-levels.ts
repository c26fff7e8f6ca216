/** A patch of a label seen at coarser levels too, before any of them is stored. */
import type { ZarrArray } from "../zarr/array.ts";
import type { Patch } from "../zarr/patch.ts";
import { axisSampling, resampled } from "./resample.ts";

/**
 * What a patch of the first array decides of each, sampled as `PyramidWriter` does: so merging these, patch by patch,
 * gives the levels that it stores.
 * @param arrays one level and the coarser ones below it
 * @returns for each array; undefined from where the patch holds no voxel of a level
 */
export function patchOnLevels(
  arrays: readonly ZarrArray[],
  patch: Patch,
): readonly (Patch | undefined)[] {
  const found: (Patch | undefined)[] = [patch];
  for (let k = 1; k < arrays.length; k++) {
    const [fine, coarse, before] = [arrays[k - 1], arrays[k], found[k - 1]];
    found.push(fine && coarse && before && patchOnNext(fine, coarse, before));
  }
  return found;
}

function patchOnNext(fine: ZarrArray, coarse: ZarrArray, patch: Patch): Patch | undefined {
  const { min: origin, shape: chunk, data, mask } = patch;
  const samplings = fine.shape.map((n, axis) =>
    axisSampling(n, coarse.shape[axis] ?? n, "nearest"),
  );
  const sampled = resampled({ origin, chunk, data }, samplings);
  const within = mask && resampled({ origin, chunk, data: mask }, samplings);
  if (!(sampled && within?.data instanceof Uint8Array)) return sampled;
  return { ...sampled, mask: within.data };
}
