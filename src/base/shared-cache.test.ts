/** Loaded once for all who ask, stopped when the last has left, and kept by bytes. */
import { expect, test } from "vitest";
import type { Waiting } from "./limiter.ts";
import { SharedCache } from "./shared-cache.ts";

/** A cache whose loads are finished by hand. */
function setUp(limit = 100) {
  const cache = new SharedCache<string>(limit);
  const loads: {
    signal: AbortSignal;
    urgency: () => number;
    finish: (value: string) => void;
    fail: (e: Error) => void;
  }[] = [];
  const load = ({ signal, urgency }: Required<Waiting>) =>
    new Promise<{ value: string; bytes: number }>((resolve, reject) => {
      loads.push({
        signal,
        urgency,
        finish: (value) => resolve({ value, bytes: 10 }),
        fail: reject,
      });
    });
  const get = (key: string, signal?: AbortSignal) => cache.get(key, load, signal ? { signal } : {});
  return { cache, load, loads, get };
}

test("a load is as urgent as to the hastiest who still waits, by what each says now", async () => {
  const { cache, load, loads, get } = setUp();
  let hurry = 5;
  const leaving = new AbortController();
  void cache.get("a", load, { urgency: () => hurry });
  const soon = cache.get("a", load, { urgency: () => 1, signal: leaving.signal });
  const urgency = loads[0]?.urgency;
  expect(urgency?.()).toBe(1);
  hurry = 0.5;
  expect(urgency?.()).toBe(0.5);
  hurry = 7;
  leaving.abort();
  await expect(soon).rejects.toMatchObject({ tag: "aborted" });
  expect(urgency?.()).toBe(7);
  void get("a");
  expect(urgency?.()).toBe(0);
});

test("all who ask while it comes share one load, and it is kept", async () => {
  const { cache, loads, get } = setUp();
  const both = [get("a"), get("a")];
  loads[0]?.finish("A");
  expect(await Promise.all(both)).toEqual(["A", "A"]);
  expect(await get("a")).toBe("A");
  expect(cache.peek("a")).toBe("A");
  expect(loads).toHaveLength(1);
});

test("one who leaves does not stop the load for the other", async () => {
  const { loads, get } = setUp();
  const leaving = new AbortController();
  const left = get("a", leaving.signal);
  const stays = get("a");
  leaving.abort();
  await expect(left).rejects.toMatchObject({ tag: "aborted" });
  expect(loads[0]?.signal.aborted).toBe(false);
  loads[0]?.finish("A");
  expect(await stays).toBe("A");
});

test("the load is stopped when the last has left, and who asks then starts a new one", async () => {
  const { cache, loads, get } = setUp();
  const leaving = new AbortController();
  const left = get("a", leaving.signal);
  leaving.abort();
  await expect(left).rejects.toMatchObject({ tag: "aborted" });
  expect(loads[0]?.signal.aborted).toBe(true);
  const again = get("a");
  loads[0]?.finish("too late");
  loads[1]?.finish("A");
  expect(await again).toBe("A");
  expect(cache.peek("a")).toBe("A");
});

test("who had left before asking starts nothing, and is given what is kept", async () => {
  const { cache, loads, get } = setUp();
  await expect(get("a", AbortSignal.abort())).rejects.toMatchObject({ tag: "aborted" });
  expect(loads).toHaveLength(0);
  expect(cache.isComing("a")).toBe(false);
  const kept = get("a");
  loads[0]?.finish("A");
  await kept;
  expect(await get("a", AbortSignal.abort())).toBe("A");
});

test("a failed load is not kept", async () => {
  const { loads, get } = setUp();
  const failed = get("a");
  loads[0]?.fail(new Error("no"));
  await expect(failed).rejects.toThrow("no");
  const again = get("a");
  loads[1]?.finish("A");
  expect(await again).toBe("A");
});

test("what was forgotten while it came reaches who waited, and is not kept", async () => {
  const { cache, loads, get } = setUp();
  const before = get("x/a");
  const other = get("y/a");
  cache.forget("x/");
  const after = get("x/a");
  for (const [load, value] of [
    [2, "new"],
    [1, "other"],
    [0, "old"],
  ] as const)
    loads[load]?.finish(value);
  expect(await Promise.all([before, other, after])).toEqual(["old", "other", "new"]);
  expect([cache.peek("x/a"), cache.peek("y/a")]).toEqual(["new", "other"]);
  cache.forget("x/");
  expect([cache.peek("x/a"), cache.peek("y/a")]).toEqual([undefined, "other"]);
});
