/**
 * How labels are written without an engine like ours, as timers: each ROI reads the chunks it touches and writes them
 * again. Serial: one ROI after the other. Locks: side by side, holding a lock per chunk. Waves: side by side where no
 * chunk is shared, one wave after the other (ngio 1.1). All make the coarser levels at the end, from the finer ones.
 */
import { intersect, lengthsOf, type Zyx, zyx } from "../../src/geometry/box.ts";
import { boxOfChunk } from "../../src/geometry/chunk-cover.ts";
import { wavesOf } from "../../src/tasks/overlapping.ts";
import type { Plan, Unit } from "../../src/tasks/plan.ts";
import { coordsKey } from "../../src/zarr/chunk-grid.ts";
import { type BenchCase, COSTS, WORKERS } from "./engine-cases.ts";

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

export interface Work {
  readonly given: BenchCase;
  readonly plan: Plan;
  /** Per unit. */
  readonly times: readonly number[];
}

/** @returns how long it took, ms */
export async function serial(work: Work): Promise<number> {
  return timed(async () => {
    const rewrite = rewriting(work);
    for (const unit of work.plan.units) await rewrite(unit);
    await coarserLevels(work, 1);
  });
}

export async function inWaves(work: Work): Promise<number> {
  return timed(async () => {
    const rewrite = rewriting(work);
    for (const wave of wavesOf(work.plan.units)) await sideBySide(wave, WORKERS, rewrite);
    await coarserLevels(work, WORKERS);
  });
}

export async function withLocks(work: Work): Promise<number> {
  return timed(async () => {
    const locks = new Map<string, Promise<void>>();
    const locked = (name: string, run: () => Promise<void>): Promise<void> => {
      const held = (locks.get(name) ?? Promise.resolve()).then(run);
      locks.set(name, held);
      return held;
    };
    await sideBySide(work.plan.units, WORKERS, rewriting(work, locked));
    await coarserLevels(work, WORKERS);
  });
}

async function timed(run: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await run();
  return performance.now() - begin;
}

async function sideBySide<T>(
  things: readonly T[],
  workers: number,
  work: (thing: T) => Promise<void>,
): Promise<void> {
  const waiting = things.values();
  const worker = async (): Promise<void> => {
    for (const thing of waiting) await work(thing);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

/** Computes a unit, then merges it into each chunk in turn; one that is there and stays in part is read before. */
function rewriting(
  { given, times }: Work,
  locked: (name: string, run: () => Promise<void>) => Promise<void> = (_, run) => run(),
): (unit: Unit) => Promise<void> {
  const written = new Set<string>();
  return async (unit) => {
    await pause(COSTS.decode + (times[unit.index] ?? 0));
    for (const coords of unit.chunks) {
      const name = coordsKey(coords);
      await locked(name, async () => {
        if (written.has(name) && !coversChunk(unit, coords, given)) await pause(COSTS.decode);
        await pause(COSTS.encode);
        await pause(COSTS.write);
        written.add(name);
      });
    }
  };
}

function coversChunk({ box }: Unit, coords: readonly number[], given: BenchCase): boolean {
  const { chunk, shape } = given;
  const whole = boxOfChunk([0, coords[0] ?? 0, coords[1] ?? 0], [1, chunk, chunk], [1, ...shape]);
  const shared: Zyx = lengthsOf(intersect(whole, box));
  const lengths = lengthsOf(whole);
  return zyx((i) => shared[i] - lengths[i]).every((rest) => rest === 0);
}

/** Each chunk of a coarser level is made of up to four of the finer one. */
async function coarserLevels({ plan }: Work, workers: number): Promise<void> {
  for (const [k, count] of plan.writes.slice(1).entries()) {
    const sources = Math.min(4, Math.ceil((plan.writes[k] ?? 0) / count));
    const chunks = Array.from({ length: count }, (_, i) => i);
    await sideBySide(chunks, workers, () =>
      pause(sources * COSTS.decode + COSTS.encode).then(() => pause(COSTS.write)),
    );
  }
}
