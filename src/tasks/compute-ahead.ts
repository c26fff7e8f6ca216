/** Computes units in parallel, some way ahead of whoever takes the results in order. */
import { throwIfStopped } from "../base/abort.ts";
import { type FaultData, faultData } from "../base/fault.ts";
import { volumeOf } from "../geometry/box.ts";
import type { Options } from "../zarr/store.ts";
import type { Executor } from "./executor.ts";
import type { Unit } from "./plan.ts";
import type { UnitResult } from "./unit-result.ts";

/** What became of a unit. */
export type Outcome = { readonly unit: Unit } & (
  | { readonly kind: "done"; readonly result: UnitResult; readonly ms: number }
  | { readonly kind: "failed"; readonly fault: FaultData }
);

/** Units issued and not yet taken, per unit computed at once: how far the others run ahead of a slow one. */
export const AHEAD = 4;

/** What a voxel of a unit is taken to cost while it is computed or waits: its input and its result. */
const BYTES_PER_VOXEL = 8;

export interface Pace {
  /** Told of each unit when its computing begins. */
  readonly onStart: (unit: Unit) => void;
  /** Bytes of units issued and not yet taken; one unit is issued whatever its size. */
  readonly bytes: number;
  /** Once it fires no unit is issued any more, and the iteration ends after those that were. */
  readonly pause: AbortSignal | undefined;
}

/**
 * Gives the outcomes of units in their order. At most `executor.size` are computed at once, and at most AHEAD times
 * as many are issued before they are taken, which together with `bytes` bounds the memory that waiting results hold.
 * Ending the iteration early stops what is being computed and waits for it.
 * @throws Fault "aborted"; a unit that fails is an outcome.
 */
export async function* computeAhead(
  units: readonly Unit[],
  executor: Executor,
  { onStart, bytes, pause }: Pace,
  { signal: asked }: Options = {},
): AsyncGenerator<Outcome, void, undefined> {
  const ended = new AbortController();
  const signal = asked === undefined ? ended.signal : AbortSignal.any([asked, ended.signal]);
  const ahead = AHEAD * executor.size;
  const outcomes = new Map<Unit, Promise<Outcome>>();
  let [issued, computing, held] = [0, 0, 0];
  const issue = (): void => {
    while (computing < executor.size && outcomes.size < ahead) {
      const unit = units[issued];
      if (unit === undefined || signal.aborted || pause?.aborted) return;
      if (outcomes.size > 0 && held + bytesOf(unit) > bytes) return;
      issued++;
      computing++;
      held += bytesOf(unit);
      onStart(unit);
      const outcome = outcomeOf(unit, executor, signal).finally(() => {
        computing--;
        issue();
      });
      outcomes.set(unit, outcome);
    }
  };
  try {
    for (const unit of units) {
      issue();
      const outcome = await outcomes.get(unit);
      throwIfStopped(asked);
      if (outcome === undefined) return;
      yield outcome;
      outcomes.delete(unit);
      held -= bytesOf(unit);
    }
  } finally {
    ended.abort();
    await Promise.all(outcomes.values());
  }
}

function bytesOf({ read, held = volumeOf(read) }: Unit): number {
  return held * BYTES_PER_VOXEL;
}

/** Never rejects. */
async function outcomeOf(unit: Unit, executor: Executor, signal: AbortSignal): Promise<Outcome> {
  const begin = performance.now();
  try {
    const result = await executor.compute(unit, { signal });
    return { unit, kind: "done", result, ms: performance.now() - begin };
  } catch (error) {
    return { unit, kind: "failed", fault: faultData(error) };
  }
}
