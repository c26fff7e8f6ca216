/** The store in memory: keys, ranges, folders, and bytes nobody shares. */
import { expect, test } from "vitest";
import { FIVE, rangeCases } from "../testing/range-cases.ts";
import { MemoryStore } from "./memory-store.ts";

async function holding(...keys: `/${string}`[]): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const key of keys) await store.set(key, FIVE);
  return store;
}

test("bytes are the reader's and the writer's own", async () => {
  const store = await holding();
  const written = Uint8Array.of(1, 2);
  await store.set("/a", written);
  written[0] = 9;
  (await store.get("/a"))?.fill(8);
  expect(await store.get("/a")).toEqual(Uint8Array.of(1, 2));
  expect(await store.get("/b")).toBeUndefined();
});

test.each(rangeCases)("%s of a file, a part is what there is of it", async (_, range, found) => {
  const store = await holding("/a");
  expect(await store.getRange("/a", range)).toEqual(Uint8Array.from(found));
  expect(await store.getRange("/b", range)).toBeUndefined();
});

test("a folder holds what is directly below it", async () => {
  const store = await holding("/a/b/c", "/a/b/d", "/a/e", "/ab/f");
  expect(await store.list("/a")).toEqual([
    { name: "b", kind: "directory" },
    { name: "e", kind: "file" },
  ]);
  expect(await store.list("/")).toEqual([
    { name: "a", kind: "directory" },
    { name: "ab", kind: "directory" },
  ]);
  expect(await store.list("/none")).toEqual([]);
});

test("deleting a folder takes all below it and nothing beside it", async () => {
  const store = await holding("/a/b", "/a/c/d", "/ab");
  await store.delete("/a");
  await store.delete("/a");
  expect([...store.spec.entries.keys()]).toEqual(["/ab"]);
});

test("nothing is done once the signal has fired", async () => {
  const store = await holding("/a");
  const options = { signal: AbortSignal.abort() };
  const aborted = expect.objectContaining({ tag: "aborted" });
  await expect(store.get("/a", options)).rejects.toEqual(aborted);
  await expect(store.set("/b", Uint8Array.of(1), options)).rejects.toEqual(aborted);
  await expect(store.delete("/a", options)).rejects.toEqual(aborted);
  expect([...store.spec.entries.keys()]).toEqual(["/a"]);
});
