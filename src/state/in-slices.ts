/** Runs a long computation in slices of a few milliseconds, so that the page stays with the hand. */

/** How long the page may be kept busy at a time, in milliseconds. */
const SLICE_MS = 8;

/** The generator's result; undefined where `isCurrent` said at a pause that nobody wants it any more. */
export async function inSlices<T>(
  steps: Generator<void, T, void>,
  isCurrent: () => boolean,
): Promise<T | undefined> {
  let step = steps.next();
  let since = performance.now();
  while (!step.done) {
    if (performance.now() - since > SLICE_MS) {
      await new Promise((resolve) => setTimeout(resolve));
      if (!isCurrent()) return undefined;
      since = performance.now();
    }
    step = steps.next();
  }
  return step.value;
}
