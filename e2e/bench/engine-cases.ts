/** What the bench of the engine runs on: ROIs on a grid of chunks, and what each step takes. */
import { randomOf } from "../../src/demo/random.ts";
import { type Box, pixelBox } from "../../src/geometry/box.ts";

export interface BenchCase {
  /** Height and width of the image, and of its chunks. */
  readonly shape: readonly [number, number];
  readonly chunk: number;
  readonly boxes: readonly Box<"pixel">[];
}

/** Milliseconds. Reading and decoding is of an ROI's pixels before it is computed, and of a chunk that is written again. */
export const COSTS = { decode: 6, encode: 12, write: 4 } as const;
export const WORKERS = 8;
const SIGMA = 0.5;

/** What computing each of so many ROIs takes: log-normal of this mean. */
export function computeTimes(count: number, mean: number): readonly number[] {
  const { normal } = randomOf(7);
  const mu = Math.log(mean) - SIGMA ** 2 / 2;
  return Array.from({ length: count }, () => Math.exp(mu + SIGMA * normal()));
}

function grid(rows: number, columns: number, side: number, chunk: number): BenchCase {
  const boxes = Array.from({ length: rows * columns }, (_, i) => {
    const [y, x] = [Math.floor(i / columns) * side, (i % columns) * side];
    return pixelBox([0, y, x], [1, y + side, x + side]);
  });
  return { shape: [rows * side, columns * side], chunk, boxes };
}

function scattered(count: number, side: number, chunk: number): BenchCase {
  const { next } = randomOf(11);
  const boxes = Array.from({ length: count }, () => {
    const size = 150 + Math.floor(next() * 450);
    const [y, x] = [next(), next()].map((at) => Math.floor(at * (side - size))) as [number, number];
    return pixelBox([0, y, x], [1, y + size, x + size]);
  });
  return { shape: [side, side], chunk, boxes };
}

export const CASES = {
  /** The fields of a well at a low resolution, in four chunks. */
  lowResolutionFovs: grid(8, 9, 270, 2048),
  /** Objects anywhere, that overlap. */
  organoids: scattered(300, 9216, 1024),
  /** Each field is one chunk. */
  aligned: grid(8, 9, 512, 512),
} as const satisfies Readonly<Record<string, BenchCase>>;
