/** What work rejects with, in the words that a user would read: for tests of sentences. */
import { isFault } from "../base/fault.ts";

/** Nothing where the work is done after all. */
export const said = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => (isFault(error) ? error.message : String(error)),
  );
