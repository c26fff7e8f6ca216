/** So many at once, in the order they came, and whoever leaves the queue never starts. */
import { expect, test } from "vitest";
import { Limiter } from "./limiter.ts";

/** Work under way, each finished by calling `finish` with its name. */
function workshop(limiter: Limiter) {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (name: string, signal?: AbortSignal, urgency?: () => number) =>
    limiter.run(
      () =>
        new Promise<string>((resolve) => {
          started.push(name);
          ends.set(name, () => resolve(name));
        }),
      { ...(signal ? { signal } : {}), ...(urgency ? { urgency } : {}) },
    );
  return { started, run, finish: (name: string) => ends.get(name)?.() };
}

test("no more than the limit run at once, first come first served", async () => {
  const { started, run, finish } = workshop(new Limiter(2));
  const all = ["a", "b", "c", "d"].map((name) => run(name));
  expect(started).toEqual(["a", "b"]);
  finish("b");
  await all[1];
  await Promise.resolve();
  expect(started).toEqual(["a", "b", "c"]);
  for (const name of ["a", "c"]) finish(name);
  await Promise.all([all[0], all[2]]);
  finish("d");
  expect(await all[3]).toBe("d");
});

test("whenever a place is free, the most urgent by what it says then goes first", async () => {
  const { started, run, finish } = workshop(new Limiter(1));
  const first = run("first");
  const urgency: Record<string, number> = { a: 1, b: 3, c: 2, d: 2 };
  const all = Object.keys(urgency).map((name) => run(name, undefined, () => urgency[name] ?? 0));
  urgency["b"] = 0;
  finish("first");
  await first;
  urgency["a"] = 9;
  for (const name of ["b", "c", "d", "a"]) {
    finish(name);
    await all[["a", "b", "c", "d"].indexOf(name)];
  }
  expect(started).toEqual(["first", "b", "c", "d", "a"]);
});

test("work that is stopped while it waits never starts, and the next takes its turn", async () => {
  const { started, run, finish } = workshop(new Limiter(1));
  const first = run("first");
  const controller = new AbortController();
  const stopped = run("stopped", controller.signal);
  const last = run("last");
  controller.abort();
  await expect(stopped).rejects.toMatchObject({ tag: "aborted" });
  finish("first");
  await first;
  finish("last");
  await last;
  expect(started).toEqual(["first", "last"]);
});

test("failed work gives its place on", async () => {
  const limiter = new Limiter(1);
  await expect(limiter.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await limiter.run(async () => "next")).toBe("next");
});
