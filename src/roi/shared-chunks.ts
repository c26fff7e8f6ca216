/** Which chunks of a level several ROIs touch: what writes ROIs side by side must not write those at once. */
import type { Steps } from "../base/steps.ts";
import { type Box, pixelBox, type Zyx, zyx } from "../geometry/box.ts";
import { chunksTouching } from "../geometry/chunk-cover.ts";

/** A chunk and the rows of the ROIs that touch it. */
export interface SharedChunk {
  readonly at: Zyx;
  readonly rows: readonly number[];
}

export interface SharedChunks {
  /** In raster order, at most as many as were asked for. */
  readonly listed: readonly SharedChunk[];
  readonly count: number;
}

/** Boxes that are laid on chunks between two pauses: a few milliseconds. */
const ROWS_A_STEP = 4096;

/** More touches than are counted: a table that has them covers every chunk many times over. */
const MOST_TOUCHES = 4_000_000;

/**
 * @param bounds six voxel numbers a row, z y x of the lower corner, then of the upper, half-open; a row with NaN in it or
 * nothing inside touches none
 * @returns undefined where there is too much to look through
 */
export function* sharedChunks(
  bounds: Float64Array,
  { shape, chunk }: { readonly shape: Zyx; readonly chunk: Zyx },
  most: number,
): Steps<SharedChunks | undefined> {
  const rowsOf = new Map<number, number[]>();
  const [, height, width] = zyx((i) => Math.ceil(shape[i] / chunk[i]));
  let touches = 0;
  for (let row = 0; 6 * row < bounds.length; row++) {
    if (row % ROWS_A_STEP === ROWS_A_STEP - 1) yield;
    const box = boxOf(bounds, row);
    // A comparison with NaN is false.
    if (!AXES.every((i) => box.max[i] > box.min[i])) continue;
    touches += AXES.reduce<number>((product, i) => product * chunksAlong(box, i, chunk[i]), 1);
    if (touches > MOST_TOUCHES) return undefined;
    for (const [z, y, x] of chunksTouching(box, chunk)) {
      const index = (z * height + y) * width + x;
      const rows = rowsOf.get(index);
      if (rows) rows.push(row);
      else rowsOf.set(index, [row]);
    }
  }
  const shared = [...rowsOf].filter(([, rows]) => rows.length > 1).sort(([a], [b]) => a - b);
  const listed = shared.slice(0, most).map(([index, rows]): SharedChunk => {
    const line = Math.floor(index / width);
    return { at: [Math.floor(line / height), line % height, index % width], rows };
  });
  return { listed, count: shared.length };
}

const AXES = [0, 1, 2] as const;

function boxOf(bounds: Float64Array, row: number): Box<"pixel"> {
  const at = (i: number): number => bounds[6 * row + i] ?? Number.NaN;
  return pixelBox(
    zyx((i) => at(i)),
    zyx((i) => at(i + 3)),
  );
}

function chunksAlong({ min, max }: Box<"pixel">, axis: 0 | 1 | 2, size: number): number {
  return Math.ceil(max[axis] / size) - Math.floor(min[axis] / size);
}
