/** A label's voxels, whatever type they are stored in, as ids that kernels take. */
import { Fault } from "../base/fault.ts";
import type { Pixels } from "../zarr/array.ts";
import { isBig } from "../zarr/pixels.ts";
import type { Labels } from "./kernels/object-runs.ts";

/** The largest id that kernels and tables tell apart. */
const LARGEST_ID = 0xffff_ffff;

/**
 * The voxels themselves, or 64-bit integers as 32-bit ones; what is below 0 is background.
 * @throws Fault "unsupported" for an id of more than 32 bits, and for voxels that are no whole numbers
 */
export function labelIds(pixels: Pixels | undefined): Labels {
  if (pixels === undefined) throw new Error("A unit has no label to read");
  if (pixels instanceof Float32Array || pixels instanceof Float64Array)
    throw new Fault("unsupported", "The label's voxels are no whole numbers, and so no ids");
  if (!isBig(pixels)) return pixels;
  const ids = new Uint32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) {
    const id = pixels[i] ?? 0n;
    if (id > LARGEST_ID)
      throw new Fault(
        "unsupported",
        `The label has the id ${id}, and Fovea tells ids apart up to ${LARGEST_ID}`,
      );
    ids[i] = id > 0n ? Number(id) : 0;
  }
  return ids;
}
