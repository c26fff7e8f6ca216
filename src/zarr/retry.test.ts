/** What is asked again, after how long, and that waiting can be stopped. */
import { expect, test } from "vitest";
import { stopped } from "../base/abort.ts";
import { mayPass, retryAfter, retrying, type Try } from "./retry.ts";

const again = (after?: number): Try<string> =>
  after === undefined ? { kind: "again", error: "no" } : { kind: "again", error: "no", after };
const done: Try<string> = { kind: "done", value: "yes" };

/** Tries that come out so, one after the other, and what was waited between them. */
function setUp(outcomes: readonly Try<string>[]) {
  const pauses: number[] = [];
  const trouble: string[] = [];
  let tries = 0;
  const outcome = retrying(async () => outcomes[tries++] ?? again(), {
    pause: async (ms) => void pauses.push(ms),
    onTrouble: () => {
      trouble.push("waits");
      return () => trouble.push("goes on");
    },
  });
  return { outcome, pauses, trouble, tries: () => tries };
}

test("what is done at once is no trouble", async () => {
  const { outcome, pauses, trouble } = setUp([done]);
  expect(await outcome).toBe("yes");
  expect([pauses, trouble]).toEqual([[], []]);
});

test("each pause is longer than the one before, and the trouble is told once", async () => {
  const { outcome, pauses, trouble } = setUp([again(), again(), again(), done]);
  expect(await outcome).toBe("yes");
  expect(pauses).toHaveLength(3);
  for (const [i, usual] of [250, 1000, 2000].entries()) {
    expect(pauses[i]).toBeGreaterThanOrEqual(usual / 2);
    expect(pauses[i]).toBeLessThanOrEqual(usual * 1.5);
  }
  expect(trouble).toEqual(["waits", "goes on"]);
});

test("after four tries the last error is thrown", async () => {
  const { outcome, trouble, tries } = setUp([]);
  await expect(outcome).rejects.toBe("no");
  expect(tries()).toBe(4);
  expect(trouble).toEqual(["waits", "goes on"]);
});

test("the server's own pause is kept, unless it is too long to wait for", async () => {
  const short = setUp([again(7000), done]);
  expect(await short.outcome).toBe("yes");
  expect(short.pauses).toEqual([7000]);
  const long = setUp([again(60_000), done]);
  await expect(long.outcome).rejects.toBe("no");
  expect(long.tries()).toBe(1);
});

test("stopping ends a pause", async () => {
  const stopping = new AbortController();
  const outcome = retrying<string>(async () => again(), {
    signal: stopping.signal,
    pause: () => {
      stopping.abort();
      return new Promise(() => {});
    },
  });
  await expect(outcome).rejects.toMatchObject({ tag: "aborted" });
});

test("hurry ends a pause, and a try without an outcome, which counts as none", async () => {
  let now = new AbortController();
  const tell = (): void => {
    now.abort();
    now = new AbortController();
  };
  let [tries, pauses] = [0, 0];
  const outcome = retrying<string>(
    async (signal) => {
      tries++;
      if (tries > 6) return again();
      tell();
      throw stopped(signal);
    },
    {
      hurry: () => now.signal,
      pause: () => {
        pauses++;
        tell();
        return new Promise(() => {});
      },
    },
  );
  await expect(outcome).rejects.toBe("no");
  expect([tries, pauses]).toEqual([6 + 4, 3]);
});

test("Retry-After names seconds or a date", () => {
  const now = Date.UTC(2026, 0, 1, 12);
  expect(retryAfter("3", now)).toBe(3000);
  expect(retryAfter("Thu, 01 Jan 2026 12:00:02 GMT", now)).toBe(2000);
  expect(retryAfter("Thu, 01 Jan 2026 11:00:00 GMT", now)).toBe(0);
  expect([retryAfter("soon", now), retryAfter(null, now)]).toEqual([undefined, undefined]);
});

test("only what may pass is asked again", () => {
  const statuses = [400, 401, 403, 404, 408, 416, 429, 500, 501, 502, 503, 504];
  expect(statuses.filter(mayPass)).toEqual([408, 429, 500, 502, 503, 504]);
});
