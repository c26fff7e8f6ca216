/** Long work cut into steps, so that whoever runs it may look up between two: to tell how far it is, or to stop. */
import { throwIfStopped } from "./abort.ts";

export type Steps<T> = Generator<void, T, void>;

/** Called between two steps; undefined where it takes no break. What it rejects with ends the work. */
export type Pause = () => Promise<void> | undefined;

/** Runs work to its end at once. */
export function finished<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** Runs work with a pause after each step. @throws what the pause throws */
export async function paced<T>(steps: Steps<T>, pause: Pause): Promise<T> {
  let step = steps.next();
  while (!step.done) {
    const pausing = pause();
    // Nearly all pauses take no break, and waiting for nothing costs as much as a short step.
    if (pausing !== undefined) await pausing;
    step = steps.next();
  }
  return step.value;
}

/** How long the page may be kept busy at a time, in milliseconds. */
const SLICE_MS = 12;

/** Runs work in slices, so that the page stays with the hand. @throws Fault "aborted" once stopped */
export function inSlices<T>(
  steps: Steps<T>,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<T> {
  return paced(steps, breaks(SLICE_MS, signal));
}

/**
 * A pause that takes none until the thread was busy for so many milliseconds, and then lets all else have its turn.
 *
 * @param onBreak called before each turn of others
 * @throws Fault "aborted" once stopped
 */
export function breaks(ms: number, signal: AbortSignal | undefined, onBreak?: () => void): Pause {
  let since = performance.now();
  const takeBreak = async (): Promise<void> => {
    onBreak?.();
    await othersTurn();
    throwIfStopped(signal);
    since = performance.now();
  };
  return () => (performance.now() - since < ms ? undefined : takeBreak());
}

/**
 * What follows is a task of its own, after all that waits. By a message, not a timer: browsers make timers that follow
 * each other wait for 4 ms, in a hidden page for a second.
 */
export function othersTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** How many items are one step of what is done to each. */
export const STEP = 1000;

/** Does something to each item. */
export function* stepwise<T, U>(items: Iterable<T>, act: (item: T) => U): Steps<U[]> {
  const done: U[] = [];
  for (const item of items) {
    done.push(act(item));
    if (done.length % STEP === 0) yield;
  }
  return done;
}
