/** Long work cut into steps, so that whoever runs it may look up between two: to tell how far it is, or to stop. */

export type Steps<T> = Generator<void, T, void>;

/** Called between two steps; what it rejects with ends the work. */
export type Pause = () => Promise<void>;

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
    await pause();
    step = steps.next();
  }
  return step.value;
}

/** How many items are one step of what is done to each. */
export const STEP = 1000;

/** Does something to each item. */
export function* stepwise<T, U>(items: readonly T[], act: (item: T) => U): Steps<U[]> {
  const done: U[] = [];
  for (const [i, item] of items.entries()) {
    done.push(act(item));
    if (i % STEP === STEP - 1) yield;
  }
  return done;
}
