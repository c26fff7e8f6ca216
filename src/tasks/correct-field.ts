/** The task "Illumination correction" on the pixels of one field of view. */
import { Fault } from "../base/fault.ts";
import type { Zyx } from "../geometry/box.ts";
import { correctIllumination, correctionOf, type Illumination } from "./kernels/illumination.ts";
import type { Voxels } from "./kernels/voxels.ts";
import type { UnitResult } from "./unit-result.ts";

/**
 * Corrects a field in place; tells how many voxels left their type's range and were clipped.
 * @throws Fault "input" for floats, and as `correctionOf`
 */
export function correctField(voxels: Voxels, shape: Zyx, illumination: Illumination): UnitResult {
  if (voxels instanceof Float32Array || voxels instanceof Float64Array)
    throw new Fault("input", "Illumination is corrected in images of whole numbers");
  const correction = correctionOf(illumination, shape[1] * shape[2]);
  const clipped = correctIllumination(voxels, shape, correction);
  return { kind: "image", pixels: voxels, facts: { clipped } };
}
