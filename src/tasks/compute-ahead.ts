/** Computes units in parallel, some way ahead of whoever takes the results in order. */
import { throwIfStopped } from "../base/abort.ts";
import { type FaultData, faultData } from "../base/fault.ts";
import type { Options } from "../zarr/store.ts";
import type { Executor } from "./executor.ts";
import type { Labelled } from "./label-nuclei.ts";
import type { Unit } from "./plan.ts";

/** What became of a unit. */
export type Outcome = { readonly unit: Unit } & (
  | { readonly kind: "done"; readonly result: Labelled; readonly ms: number }
  | { readonly kind: "failed"; readonly fault: FaultData }
);

/** Units issued and not yet taken, per unit computed at once: how far the others run ahead of a slow one. */
export const AHEAD = 4;

/**
 * Gives the outcomes of units in their order. At most `executor.size` are computed at once, and at most AHEAD times
 * as many are issued before they are taken, which bounds the memory that waiting results hold.
 * Ending the iteration early stops what is being computed and waits for it.
 * @param onStart told of each unit when its computing begins.
 * @throws Fault "aborted"; a unit that fails is an outcome.
 */
export async function* computeAhead(
  units: readonly Unit[],
  executor: Executor,
  onStart: (unit: Unit) => void,
  { signal: asked }: Options = {},
): AsyncGenerator<Outcome, void, undefined> {
  const ended = new AbortController();
  const signal = asked === undefined ? ended.signal : AbortSignal.any([asked, ended.signal]);
  const ahead = AHEAD * executor.size;
  const outcomes = new Map<Unit, Promise<Outcome>>();
  const waiting = units.values();
  let computing = 0;
  const issue = (): void => {
    while (computing < executor.size && outcomes.size < ahead && !signal.aborted) {
      const next = waiting.next();
      if (next.done) return;
      computing++;
      onStart(next.value);
      const outcome = outcomeOf(next.value, executor, signal).finally(() => {
        computing--;
        issue();
      });
      outcomes.set(next.value, outcome);
    }
  };
  try {
    for (const unit of units) {
      issue();
      const outcome = await outcomes.get(unit);
      throwIfStopped(asked);
      if (outcome) yield outcome;
      outcomes.delete(unit);
    }
  } finally {
    ended.abort();
    await Promise.all(outcomes.values());
  }
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
