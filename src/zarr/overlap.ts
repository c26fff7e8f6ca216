/** What two boxes of values, placed in the same array, have in common: walked row by row. */

/** A dense box of values, last axis fastest, whose first value is at `min`. */
export interface Placed {
  readonly min: readonly number[];
  readonly shape: readonly number[];
}

/** Visits each run of shared values along the last axis with its start in both boxes. Any number of axes. */
export function eachSharedRow(
  a: Placed,
  b: Placed,
  visit: (startInA: number, startInB: number, length: number) => void,
): void {
  const walk = (axis: number, startInA: number, startInB: number): void => {
    const [minA = 0, minB = 0] = [a.min[axis], b.min[axis]];
    const [sizeA = 1, sizeB = 1] = [a.shape[axis], b.shape[axis]];
    const from = Math.max(minA, minB);
    const to = Math.min(minA + sizeA, minB + sizeB);
    if (axis >= a.shape.length - 1) {
      if (to > from)
        visit(startInA * sizeA + from - minA, startInB * sizeB + from - minB, to - from);
      return;
    }
    for (let at = from; at < to; at++)
      walk(axis + 1, startInA * sizeA + at - minA, startInB * sizeB + at - minB);
  };
  walk(0, 0, 0);
}
