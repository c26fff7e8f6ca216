/** What a run of the engine should have written: the same done plainly, one ROI after the other, on whole planes. */
import { type Box, lengthsOf, type Zyx } from "../geometry/box.ts";
import type { Merge } from "../zarr/patch.ts";
import { caseResult, type EngineCase } from "./engine-cases.ts";

/** The output after one unit after the other: the finest level per channel, and the rows, plainly. */
export interface Expected {
  readonly planes: readonly (readonly number[])[];
  /** Of each row: its label and its unit. */
  readonly rows: readonly { readonly label: number; readonly unit: number; readonly id: number }[];
}

/** @param passes the units in the order they are done: those that succeed at once, then those that a second try did. */
export function sequentially(given: EngineCase, passes: readonly (readonly number[])[]): Expected {
  const { shape, boxes, channels, ids } = given;
  const size = shape[0] * shape[1] * shape[2];
  const planes = Array.from({ length: channels }, () => new Array<number>(size).fill(0));
  const rows = new Map<number, Expected["rows"]>();
  let objects = 0;
  for (const index of passes.flat()) {
    const box = boxes[Math.floor(index / channels)];
    const plane = planes[given.kind === "image" ? index % channels : 0];
    const result = box && caseResult(given, index, box);
    if (!box || !plane || !result || result.kind === "table") continue;
    if (result.kind === "image") {
      paint(given, plane, box, Array.from(result.pixels, Number), result.mask);
      continue;
    }
    const offset = ids.kind === "dense" ? objects : index * ids.size;
    objects += result.count;
    const values = Array.from(result.labels, (id) => (id === 0 ? 0 : id + offset));
    paint(given, plane, box, values, result.mask);
    const found = Array.from({ length: result.count }, (_, i) => i + 1);
    rows.set(
      index,
      found.map((id) => ({ label: id + offset, unit: index, id })),
    );
  }
  const inOrder = [...rows].sort(([a], [b]) => a - b).map(([, row]) => row);
  return { planes, rows: inOrder.flat() };
}

function paint(
  { shape, merge }: EngineCase,
  plane: number[],
  box: Box<"pixel">,
  values: readonly number[],
  mask: Uint8Array | undefined,
): void {
  const [, height, width] = lengthsOf(box);
  for (const [i, value] of values.entries()) {
    if (mask?.[i] === 0) continue;
    const z = box.min[0] + Math.floor(i / width / height);
    const y = box.min[1] + (Math.floor(i / width) % height);
    const at = (z * shape[1] + y) * shape[2] + box.min[2] + (i % width);
    plane[at] = merged(merge, plane[at] ?? 0, value);
  }
}

function merged(merge: Merge, before: number, value: number): number {
  switch (merge) {
    case "overwrite":
      return value;
    case "nonzero":
      return value === 0 ? before : value;
    case "max":
      return Math.max(before, value);
    case "min":
      return Math.min(before, value);
  }
}

/** The next level of one plane stack: the voxel at floor((i + 0.5) · n / m), or the mean of 2 × 2, halves rounded away from 0. */
export function coarsened(
  kind: EngineCase["kind"],
  fine: readonly number[],
  from: Zyx,
  to: Zyx,
): number[] {
  const at = (z: number, y: number, x: number) => fine[(z * from[1] + y) * from[2] + x] ?? 0;
  const source = (i: number, axis: 0 | 1 | 2) => Math.floor(((i + 0.5) * from[axis]) / to[axis]);
  return Array.from({ length: to[0] * to[1] * to[2] }, (_, i) => {
    const x = i % to[2];
    const y = Math.floor(i / to[2]) % to[1];
    const z = Math.floor(i / to[2] / to[1]);
    if (kind === "label") return at(source(z, 0), source(y, 1), source(x, 2));
    let sum = 0;
    for (const dy of [0, 1]) for (const dx of [0, 1]) sum += at(z, 2 * y + dy, 2 * x + dx);
    // Not -0, which an integer array does not have.
    return Math.trunc(sum / 4 + 0.5 * Math.sign(sum)) || 0;
  });
}
