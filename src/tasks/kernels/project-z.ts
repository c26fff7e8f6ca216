/** Projection of a volume along z onto one plane, some planes at a time, so that the volume need not be held whole. */
import { Fault } from "../../base/fault.ts";
import type { Voxels } from "./voxels.ts";

export type Projection = "max" | "min" | "mean" | "sum";

/**
 * One plane of the volume's own type, as fractal-tasks-core 2.0 "Project Image" computes it: a mean is truncated, a sum
 * of integers is clipped to 0 … the type's largest value; NaN wins over numbers.
 */
export class ZProjection {
  readonly #by: Projection;
  readonly #size: number;
  /** The largest or smallest so far. */
  #extreme: Voxels | undefined;
  #sums: Float64Array | undefined;
  #planes = 0;

  /** @param size the voxels of a plane */
  constructor(by: Projection, size: number) {
    this.#by = by;
    this.#size = size;
  }

  /**
   * @param voxels whole planes, all of one type from the first to the last call; not kept
   * @throws Fault "input" for the sum of a float image
   */
  add(voxels: Voxels): void {
    if (this.#by === "sum" && isFloat(voxels))
      throw new Fault("input", "The sum over z is made of integer images only, as in Fractal");
    this.#extreme ??= voxels.slice(0, this.#size);
    for (let from = 0; from < voxels.length; from += this.#size) {
      const plane = voxels.subarray(from, from + this.#size);
      if (this.#by === "max") keepLargest(this.#extreme, plane);
      else if (this.#by === "min") keepSmallest(this.#extreme, plane);
      else {
        this.#sums ??= new Float64Array(this.#size);
        addTo(this.#sums, plane);
      }
      this.#planes++;
    }
  }

  /** What the planes so far make; its buffer is the projection's own. @throws Error where there were none */
  plane(): Voxels {
    const plane = this.#extreme;
    if (plane === undefined) throw new Error("There is no plane to project");
    const sums = this.#sums;
    if (sums === undefined) return plane;
    const highest = highestOf(plane);
    // A typed array of integers truncates what it stores.
    for (let i = 0; i < sums.length; i++) {
      const sum = sums[i] ?? 0;
      plane[i] = this.#by === "mean" ? sum / this.#planes : Math.min(highest, Math.max(0, sum));
    }
    return plane;
  }
}

/** A loop of its own for each, as engines make one that calls either several times slower. */
function keepLargest(best: Voxels, plane: Voxels): void {
  for (let i = 0; i < plane.length; i++) best[i] = Math.max(best[i] ?? 0, plane[i] ?? 0);
}

function keepSmallest(best: Voxels, plane: Voxels): void {
  for (let i = 0; i < plane.length; i++) best[i] = Math.min(best[i] ?? 0, plane[i] ?? 0);
}

function addTo(sums: Float64Array, plane: Voxels): void {
  for (let i = 0; i < plane.length; i++) sums[i] = (sums[i] ?? 0) + (plane[i] ?? 0);
}

function isFloat(voxels: Voxels): boolean {
  return voxels instanceof Float32Array || voxels instanceof Float64Array;
}

/** The largest value of the array's integer type. */
function highestOf(voxels: Voxels): number {
  const isSigned =
    voxels instanceof Int8Array || voxels instanceof Int16Array || voxels instanceof Int32Array;
  return 2 ** (8 * voxels.BYTES_PER_ELEMENT - (isSigned ? 1 : 0)) - 1;
}
