/** How often the store is asked for chunks of shards, as zarr-python writes them: once for an index, once for small chunks side by side. */
import { expect, test } from "vitest";
import { WatchedStore } from "../testing/watched-store.ts";
import python from "../testing/zarr-python.json" with { type: "json" };
import type { ZarrArray } from "./array.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { jsonBytes } from "./json-file.ts";
import { openArray } from "./open-array.ts";
import type { Key } from "./store.ts";

async function sharded(path: "sharded" | "index-first") {
  const store = new WatchedStore();
  for (const [key, file] of Object.entries(python))
    if (key.startsWith(`/${path}/`))
      await store.set(
        key as Key,
        typeof file === "string"
          ? Uint8Array.from(atob(file), (c) => c.charCodeAt(0))
          : jsonBytes(file),
      );
  const array: ZarrArray = await openArray(store, path, 3);
  store.operations.length = 0;
  return { store, array, reader: new ChunkReader() };
}

test.each(["sharded", "index-first"] as const)(
  "%s: one request for an index, one for the chunks of a shard that are asked for at once",
  async (path) => {
    const { store, array, reader } = await sharded(path);
    const coords = [0, 1, 2].flatMap((x) => [0, 1].map((y) => [y, x]));
    const chunks = await Promise.all(coords.map((c) => reader.read(array, c)));
    // Of "sharded", two chunks are all fill and so not stored.
    const stored = chunks.filter((chunk) => chunk !== undefined);
    expect(stored).toHaveLength(path === "sharded" ? 4 : 6);
    expect(store.operations).toHaveLength(2 + 2);
    expect([...(chunks[1]?.data ?? [])]).toEqual([12, 13, 18, 19]);
  },
);

test("invalidating a chunk reads its shard's index anew", async () => {
  const { store, array, reader } = await sharded("sharded");
  await reader.read(array, [1, 1]);
  await reader.read(array, [1, 2]);
  reader.invalidate(array, [1, 1]);
  store.operations.length = 0;
  await reader.read(array, [1, 1]);
  await reader.read(array, [1, 2]);
  expect(store.operations.map(({ key }) => key)).toEqual(["/sharded/c/0/0", "/sharded/c/0/0"]);
});

test("a shard that is not there has no chunks; a broken one is invalid, by its name", async () => {
  const { store, array, reader } = await sharded("sharded");
  const shard = await store.get("/sharded/c/0/0");
  if (shard === undefined) throw new Error("no shard");
  await store.delete("/sharded/c/0/1");
  store.operations.length = 0;
  expect(await reader.read(array, [0, 2])).toBeUndefined();
  expect(await reader.read(array, [1, 2])).toBeUndefined();
  expect(store.operations).toHaveLength(1);
  shard[shard.length - 1] = (shard[shard.length - 1] ?? 0) ^ 1;
  await store.set("/sharded/c/0/0", shard);
  await expect(reader.read(array, [1, 1])).rejects.toMatchObject({
    tag: "invalid",
    message: expect.stringContaining("/sharded/c/0/0"),
  });
});
