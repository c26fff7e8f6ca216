/** Asks again what a flaky network or a busy server did not answer: a few times, each after a longer pause. */

import { orStopped } from "../base/abort.ts";
import { isAborted } from "../base/fault.ts";

/** What came of one try: an outcome, or a failure that may pass, with the milliseconds that the server asked to wait. */
export type Try<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "again"; readonly error: unknown; readonly after?: number };

export interface RetryOptions {
  readonly signal?: AbortSignal | undefined;
  /** The signal of now; when it fires, a try that has no outcome yet, and a pause, give way to another try at once. */
  readonly hurry?: () => AbortSignal;
  /** Resolves after some milliseconds. */
  readonly pause?: (ms: number) => Promise<void>;
  /** Told when it begins to wait for another try, and returns what is called when there is an outcome. */
  readonly onTrouble?: () => () => void;
}

/** How long is waited before the second try, the third and so on, in milliseconds: over 3 s in all. */
const PAUSES = [250, 1000, 2000];

/** A server that asks for more patience than this, in milliseconds, is taken at its word: it does not answer now. */
const LONGEST_PAUSE = 10_000;

/**
 * The outcome of the last try. A try that gave way to hurry is none of the few.
 * @param attempt rejects with a Fault "aborted" when its signal fires
 * @throws the last try's error, or a Fault "aborted"
 */
export async function retrying<T>(
  attempt: (signal: AbortSignal) => Promise<Try<T>>,
  { signal, hurry, pause = timeout, onTrouble }: RetryOptions = {},
): Promise<T> {
  let settled: (() => void) | undefined;
  const pauses = PAUSES.values();
  try {
    for (;;) {
      const hurried = hurry?.();
      const either = AbortSignal.any([signal, hurried].filter((one) => one !== undefined));
      try {
        const found = await attempt(either);
        if (found.kind === "done") return found.value;
        const { error, after = 0 } = found;
        const usual = pauses.next().value;
        if (usual === undefined || after > LONGEST_PAUSE) throw error;
        settled ??= onTrouble?.();
        // Not all at the same moment: what failed together would only fail together again.
        await orStopped(pause(Math.max(after, usual * (0.5 + Math.random()))), either);
      } catch (error) {
        if (!isAborted(error) || !hurried?.aborted || signal?.aborted) throw error;
      }
    }
  } finally {
    settled?.();
  }
}

function timeout(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Whether a status says that the same request may well be answered later (RFC 9110 §15; 429 is RFC 6585's). */
export function mayPass(status: number): boolean {
  return [408, 425, 429, 500, 502, 503, 504].includes(status);
}

/** The milliseconds that a Retry-After header asks for, as seconds or as a date; undefined for none. @param now milliseconds since 1970 */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
