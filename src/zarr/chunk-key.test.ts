/** Names of chunk files, as the specifications give them. */
import { expect, test } from "vitest";
import type { ArrayMeta } from "./array.ts";
import { chunkKey } from "./chunk-key.ts";

const array = (format: 2 | 3, stored: ArrayMeta["stored"], chunks = [1, 2, 2]): ArrayMeta => ({
  format,
  path: "a",
  shape: chunks,
  chunks,
  dtype: "uint8",
  fill: 0,
  attributes: {},
  stored,
});
const encoding = (name: string, separator?: string) => ({
  chunk_key_encoding: { name, ...(separator ? { configuration: { separator } } : {}) },
});

test.each([
  [array(2, {}), "0.3.12"],
  [array(2, { dimension_separator: "/" }), "0/3/12"],
  [array(3, encoding("default")), "c/0/3/12"],
  [array(3, encoding("default", ".")), "c.0.3.12"],
  [array(3, encoding("v2")), "0.3.12"],
  [array(3, encoding("v2", "/")), "0/3/12"],
])("%# %s", (meta, key) => {
  expect(chunkKey(meta, [0, 3, 12])).toBe(key);
});

test("an array without axes has one chunk", () => {
  expect(chunkKey(array(2, {}, []), [])).toBe("0");
  expect(chunkKey(array(3, encoding("default"), []), [])).toBe("c");
});

test("of a sharded array, the shard's", () => {
  const sharded = { ...array(3, encoding("default")), shards: [1, 8, 4] };
  expect(chunkKey(sharded, [0, 3, 12])).toBe("c/0/0/6");
  expect(chunkKey(sharded, [1, 4, 13])).toBe("c/1/1/6");
});
