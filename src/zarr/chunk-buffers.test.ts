/** Buffers within so many bytes: what is too much goes to the scratch store and comes back as it was. */
import { expect, test } from "vitest";
import { WatchedStore } from "../testing/watched-store.ts";
import { ChunkBuffers } from "./chunk-buffers.ts";

test("the buffer used longest ago is spilled, and comes back of its type, its file gone", async () => {
  const store = new WatchedStore();
  const buffers = new ChunkBuffers({ store, folder: "spill/1", bytes: 8 });
  await buffers.keep("a", Uint16Array.of(1, 2));
  await buffers.keep("b", Uint16Array.of(3, 4));
  const a = await buffers.take("a");
  if (a) await buffers.keep("a", a);
  await buffers.keep("c", Int16Array.of(-5, 6));
  expect(store.sets).toEqual(["/spill/1/0"]);
  expect(await buffers.take("a")).toEqual(Uint16Array.of(1, 2));
  expect(await buffers.take("b")).toEqual(Uint16Array.of(3, 4));
  expect(await buffers.take("c")).toEqual(Int16Array.of(-5, 6));
  expect(await store.list("/spill/1")).toEqual([]);
  expect(buffers.spills).toBe(1);
});

test("the buffer that is needed last is spilled, were it the one just kept", async () => {
  const store = new WatchedStore();
  const buffers = new ChunkBuffers({ store, folder: "spill", bytes: 8 });
  const one = (value: number) => Uint32Array.of(value);
  await buffers.keep("a", one(1), 5);
  await buffers.keep("b", one(2), 9);
  await buffers.keep("c", one(3), 7);
  // "b" is spilled: from here on what is taken costs a read of the scratch store, or does not.
  const readsOf = async (name: string): Promise<number> => {
    store.operations.length = 0;
    await buffers.take(name);
    return store.operations.filter(({ kind }) => kind === "get").length;
  };
  expect([await readsOf("a"), await readsOf("c"), await readsOf("b")]).toEqual([0, 0, 1]);
  await buffers.keep("a", one(1), 1);
  await buffers.keep("b", one(2), 2);
  await buffers.keep("c", one(3), 3);
  expect([await readsOf("a"), await readsOf("b"), await readsOf("c")]).toEqual([0, 0, 1]);
});

test("without a scratch store all stay, and what was taken is not kept", async () => {
  const buffers = new ChunkBuffers();
  const pixels = new Uint8Array(1000);
  await buffers.keep("a", pixels);
  expect(await buffers.take("a")).toBe(pixels);
  expect(await buffers.take("a")).toBeUndefined();
});

test("a spilled buffer whose file is gone is told of", async () => {
  const store = new WatchedStore();
  const buffers = new ChunkBuffers({ store, folder: "spill", bytes: 0 });
  await buffers.keep("a", Uint8Array.of(1));
  await store.delete("/spill");
  await expect(buffers.take("a")).rejects.toMatchObject({ tag: "missing" });
});
