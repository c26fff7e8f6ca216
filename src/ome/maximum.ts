/** The largest value along z, plane by plane, so that a stack need not be held whole. */
import type { Pixels } from "../zarr/array.ts";

/** Half-open, in planes of the finest level. */
export interface PlaneRange {
  readonly from: number;
  readonly to: number;
}

/** The planes of a chunk that count; half-open, in planes of the chunk. */
export interface StackPart extends PlaneRange {
  readonly data: Pixels;
}

export interface MaximumRequest {
  /** The largest values so far, in the shape of a chunk with one plane; undefined before the first. */
  readonly best: Pixels | undefined;
  /** All of one type and chunk shape. */
  readonly parts: readonly [StackPart, ...StackPart[]];
  /** How many stacks lie one after the other in a chunk, what is before z in its shape: 1 for one time and channel. */
  readonly stacks: number;
  /** How many planes a chunk's stack has. */
  readonly depth: number;
}

/** The largest values of those so far and the parts; NaN loses against any number. `best` is used up by it. */
export function maximumOf({ best, parts, stacks, depth }: MaximumRequest): Pixels {
  const [{ data: first, from: start }] = parts;
  const size = first.length / stacks / depth;
  const plane = (data: Pixels, stack: number, z: number): Pixels =>
    data.subarray((stack * depth + z) * size, (stack * depth + z + 1) * size);
  const largest = best ?? first.slice(0, stacks * size);
  for (let stack = 0; stack < stacks; stack++) {
    const kept = largest.subarray(stack * size, (stack + 1) * size);
    if (!best) (kept as Settable).set(plane(first, stack, start));
    for (const { data, from, to } of parts)
      for (let z = from; z < to; z++) keepLargest(kept, plane(data, stack, z));
  }
  return largest;
}

function keepLargest(kept: Pixels, plane: Pixels): void {
  for (let i = 0; i < kept.length; i++) {
    const [value, now] = [plane[i] ?? 0, kept[i] ?? 0];
    if (value > now || Number.isNaN(now)) kept[i] = value;
  }
}

/** Number and BigInt arrays under one call; both are of one type. */
interface Settable {
  set(values: Pixels): void;
}
