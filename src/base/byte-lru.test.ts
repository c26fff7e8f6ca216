/** What the cache forgets first, and that it never holds more than it may. */
import { expect, test } from "vitest";
import { ByteLru } from "./byte-lru.ts";

test("what was used longest ago goes first", () => {
  const cache = new ByteLru<string, number>(10);
  cache.set("a", 1, 4);
  cache.set("b", 2, 4);
  cache.get("a");
  cache.set("c", 3, 4);
  expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, undefined, 3]);
  expect(cache.bytes).toBe(8);
});

test("setting again replaces the value and its bytes", () => {
  const cache = new ByteLru<string, number>(10);
  cache.set("a", 1, 9);
  cache.set("a", 2, 3);
  expect(cache.get("a")).toBe(2);
  expect(cache.bytes).toBe(3);
});

test("an entry larger than the limit is not kept, and displaces only its own old value", () => {
  const cache = new ByteLru<string, number>(10);
  cache.set("a", 1, 4);
  cache.set("b", 2, 4);
  cache.set("b", 3, 11);
  expect([cache.get("a"), cache.get("b")]).toEqual([1, undefined]);
  expect(cache.bytes).toBe(4);
});

test("deleting frees the bytes", () => {
  const cache = new ByteLru<string, number>(10);
  cache.set("a", 1, 4);
  cache.delete("a");
  cache.delete("a");
  expect(cache.bytes).toBe(0);
  expect([...cache.keys()]).toEqual([]);
});
