/** The levels of a new image whose coarser ones are means: like another image's, as far as whole blocks can make them. */
import type { LevelSpec } from "./create-multiscale.ts";
import { axisSampling } from "./resample.ts";

/**
 * As many levels as are given. Each has the shape that whole blocks of the one before make (what remains at the end is
 * left out, as in fractal-tasks-core): that of the level it is like, unless its shape was rounded up. Chunks hold whole
 * blocks, and grow where they would not.
 * @param like the finest first; it stays as it is but for its chunks
 */
export function blockLevels([finest, ...coarser]: readonly [LevelSpec, ...LevelSpec[]]): [
  LevelSpec,
  ...LevelSpec[],
] {
  const levels: [LevelSpec, ...LevelSpec[]] = [finest];
  let finer = finest;
  for (const like of coarser) {
    const shape = finer.shape.map((n, axis) => madeOf(n, like.shape[axis] ?? n));
    const isAlike = shape.every((n, axis) => n === like.shape[axis]);
    const blocks = blocksBetween(finer.shape, shape);
    const scale = isAlike ? like.scale : finer.scale.map((s, axis) => s * (blocks[axis] ?? 1));
    levels.push({ shape, scale, chunks: like.chunks });
    finer = levels.at(-1) ?? finest;
  }
  const [first, ...others] = levels.map((level, i) => withWholeBlocks(level, levels[i + 1]));
  return [first ?? finest, ...others];
}

/** The first level that whole blocks of the one before do not make, chunk by chunk; undefined where all are so made. */
export function unlikeBlocks(levels: readonly LevelSpec[]): number | undefined {
  const [finest, ...coarser] = levels;
  if (finest === undefined) return undefined;
  const blocks = blockLevels([finest, ...coarser]);
  const isAlike = (a: readonly number[] | undefined, b: readonly number[]): boolean =>
    b.every((n, axis) => n === a?.[axis]);
  const found = levels.findIndex(
    ({ shape }, i) =>
      !isAlike(blocks[i]?.shape, shape) ||
      (i > 0 && !isAlike(blocks[i - 1]?.chunks, levels[i - 1]?.chunks ?? [])),
  );
  return found < 0 ? undefined : found;
}

/** What n voxels become where another image has m. */
function madeOf(n: number, m: number): number {
  const block = Math.max(1, Math.floor(n / m));
  // Rounded down, blocks of that size make m; rounded up, they are larger than n / m.
  return Math.floor(n / block) === m ? m : Math.max(1, Math.floor(n / Math.ceil(n / m)));
}

function blocksBetween(finer: readonly number[], shape: readonly number[]): readonly number[] {
  return finer.map((n, axis) => axisSampling(n, shape[axis] ?? n, "mean").block);
}

function withWholeBlocks(level: LevelSpec, next: LevelSpec | undefined): LevelSpec {
  if (next === undefined) return level;
  const blocks = blocksBetween(level.shape, next.shape);
  const chunks = level.chunks.map((chunk, axis) => {
    const block = blocks[axis] ?? 1;
    return chunk < (level.shape[axis] ?? 0) ? block * Math.ceil(chunk / block) : chunk;
  });
  return { ...level, chunks };
}
