/** How many workers a run has: one is left to the page, and more than eight wait for memory. */
export function workerCount(): number {
  return Math.min(8, Math.max(1, navigator.hardwareConcurrency - 1));
}
