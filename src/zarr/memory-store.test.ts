/** The store in memory: keys, ranges, folders, and bytes nobody shares. */
import { expect, test } from "vitest";
import { MemoryStore } from "./memory-store.ts";

async function holding(...keys: `/${string}`[]): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const key of keys) await store.set(key, Uint8Array.of(1, 2, 3, 4, 5));
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

test("ranges from the start and from the end, cut off at the end", async () => {
  const store = await holding("/a");
  expect(await store.getRange("/a", { offset: 1, length: 2 })).toEqual(Uint8Array.of(2, 3));
  expect(await store.getRange("/a", { offset: 4, length: 9 })).toEqual(Uint8Array.of(5));
  expect(await store.getRange("/a", { suffixLength: 2 })).toEqual(Uint8Array.of(4, 5));
  expect(await store.getRange("/a", { suffixLength: 9 })).toHaveLength(5);
  expect(await store.getRange("/b", { suffixLength: 2 })).toBeUndefined();
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
