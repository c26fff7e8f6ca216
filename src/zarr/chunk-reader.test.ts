/** How often the store is asked: never twice for what is here or on its way. */
import { describe, expect, test } from "vitest";
import { Fault } from "../base/fault.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { ChunkReader, type ChunkReaderOptions } from "./chunk-reader.ts";
import { decodeChunk } from "./decode.ts";
import { encodeChunk } from "./encode.ts";
import { createArray } from "./hierarchy.ts";
import type { Key } from "./store.ts";

const SPEC = {
  format: 2,
  dtype: "uint8",
  fill: 0,
  separator: ".",
  compressor: "none",
  chunks: [4],
} as const;

/** An array of 16 chunks of four; the last one is not stored. */
async function setUp(options: ChunkReaderOptions = {}) {
  const store = new WatchedStore();
  const array = await createArray(store, "a", { ...SPEC, shape: [64] });
  for (let c = 0; c < 15; c++)
    await store.set(`/a/${c}`, await encodeChunk(array, new Uint8Array(4).fill(c)));
  store.operations.length = 0;
  const keys = (): Key[] => store.operations.map(({ key }) => key);
  return { store, array, keys, reader: new ChunkReader(options) };
}

/** Holds back every operation of a store until opened. */
function gated(store: WatchedStore): () => void {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  store.before = () => gate;
  return () => open();
}

test("readers at the same time and afterwards share one request", async () => {
  const { array, keys, reader } = await setUp();
  expect(reader.peek(array, [3])).toBeUndefined();
  const [first, second] = await Promise.all([reader.read(array, [3]), reader.read(array, [3])]);
  expect(first).toEqual({ data: Uint8Array.of(3, 3, 3, 3), shape: [4] });
  expect(second).toBe(first);
  expect(await reader.read(array, [3])).toBe(first);
  expect(reader.peek(array, [3])).toBe(first);
  expect(keys()).toEqual(["/a/3"]);
  expect(reader.details).toEqual({ requests: 1, bytes: 4, denied: 0 });
});

test("that a chunk is missing is remembered", async () => {
  const { array, keys, reader } = await setUp();
  expect(await reader.read(array, [15])).toBeUndefined();
  expect(await reader.read(array, [15])).toBeUndefined();
  expect(reader.peek(array, [15])).toBe("missing");
  expect(keys()).toEqual(["/a/15"]);
});

test("the cache is bounded in bytes", async () => {
  const { array, keys, reader } = await setUp({ cacheBytes: 8 });
  for (const c of [0, 1, 2, 0]) await reader.read(array, [c]);
  expect(keys()).toEqual(["/a/0", "/a/1", "/a/2", "/a/0"]);
});

test("a failed read is tried again by the next reader", async () => {
  const { store, array, reader } = await setUp();
  store.before = () => {
    throw new Error("no answer");
  };
  await expect(reader.read(array, [3])).rejects.toThrow("no answer");
  store.before = () => undefined;
  expect((await reader.read(array, [3]))?.data[0]).toBe(3);
});

test("only a server may refuse what is merely missing", async () => {
  const { store, array, reader } = await setUp();
  store.before = () => {
    throw new Fault("denied", "The browser does not allow it");
  };
  await expect(reader.read(array, [3])).rejects.toMatchObject({ tag: "denied" });
});

describe("stopping", () => {
  test("takes a waiting read out of the queue; the store is never asked", async () => {
    const { store, array, keys, reader } = await setUp({ fetches: 2 });
    const open = gated(store);
    const stopping = new AbortController();
    const kept = [reader.read(array, [0]), reader.read(array, [1])];
    const stopped = [2, 3].map((c) => reader.read(array, [c], stopping));
    kept.push(reader.read(array, [4]));
    stopping.abort();
    for (const read of stopped) await expect(read).rejects.toMatchObject({ tag: "aborted" });
    open();
    expect((await Promise.all(kept)).map((chunk) => chunk?.data[0])).toEqual([0, 1, 4]);
    expect(keys()).toEqual(["/a/0", "/a/1", "/a/4"]);
  });

  test("stops a request on its way only when its last reader leaves", async () => {
    const { store, array, reader } = await setUp();
    const signals: (AbortSignal | undefined)[] = [];
    const get = store.get.bind(store);
    store.get = (key, options = {}) => {
      signals.push(options.signal);
      return get(key, options);
    };
    const open = gated(store);
    const [one, other] = [new AbortController(), new AbortController()];
    const reads = [reader.read(array, [0], one), reader.read(array, [0], other)];
    one.abort();
    await expect(reads[0]).rejects.toMatchObject({ tag: "aborted" });
    expect(signals.map((signal) => signal?.aborted)).toEqual([false]);
    other.abort();
    await expect(reads[1]).rejects.toMatchObject({ tag: "aborted" });
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
    open();
    expect((await reader.read(array, [0]))?.data[0]).toBe(0);
    expect(signals).toHaveLength(2);
  });
});

test("no more reads run at once than said, first come first served", async () => {
  const { store, array, keys, reader } = await setUp({ fetches: 3 });
  const open = gated(store);
  const reads = [5, 1, 4, 2, 3].map((c) => reader.read(array, [c]));
  expect(keys()).toEqual(["/a/5", "/a/1", "/a/4"]);
  open();
  await Promise.all(reads);
  expect(keys()).toEqual(["/a/5", "/a/1", "/a/4", "/a/2", "/a/3"]);
});

test("so many reads run at once that connections have work while the page is kept for a while", async () => {
  const { store, array, keys, reader } = await setUp();
  const open = gated(store);
  const reads = Array.from({ length: 16 }, (_, c) => reader.read(array, [c]));
  expect(keys()).toHaveLength(16);
  open();
  await Promise.all(reads);
});

describe("invalidate", () => {
  test("of a chunk reads that chunk anew, and says so", async () => {
    const { store, array, keys, reader } = await setUp();
    const told: unknown[] = [];
    const unsubscribe = reader.subscribe((path, coords) => told.push([path, coords]));
    for (const c of [1, 10, 15]) await reader.read(array, [c]);
    for (const c of [1, 15]) {
      await store.set(`/a/${c}`, await encodeChunk(array, new Uint8Array(4).fill(99)));
      reader.invalidate(array, [c]);
    }
    store.operations.length = 0;
    for (const c of [1, 10, 15]) await reader.read(array, [c]);
    expect(keys()).toEqual(["/a/1", "/a/15"]);
    expect((await reader.read(array, [15]))?.data[0]).toBe(99);
    unsubscribe();
    reader.invalidate(array);
    expect(told).toEqual([
      ["a", [1]],
      ["a", [15]],
    ]);
  });

  test("of an array reads all its chunks anew and no other's", async () => {
    const { store, array, keys, reader } = await setUp();
    const other = await createArray(store, "a2", { ...SPEC, shape: [4] });
    await reader.read(array, [0]);
    await reader.read(other, [0]);
    reader.invalidate(array);
    store.operations.length = 0;
    await reader.read(array, [0]);
    await reader.read(other, [0]);
    expect(keys()).toEqual(["/a/0"]);
  });

  test("while the chunk is on its way: what comes is not kept", async () => {
    const { store, array, keys, reader } = await setUp();
    const open = gated(store);
    const before = reader.read(array, [1]);
    reader.invalidate(array, [1]);
    const after = reader.read(array, [1]);
    open();
    expect(await before).not.toBe(await after);
    expect(reader.peek(array, [1])).toBe(await after);
    expect(keys()).toEqual(["/a/1", "/a/1"]);
  });
});

test("of what waits, the most urgent is asked for next", async () => {
  const { store, array, keys, reader } = await setUp({ fetches: 1 });
  const open = gated(store);
  const urgency: Record<number, number> = { 0: 0, 1: 5, 2: 3, 3: 4 };
  const reads = [0, 1, 2, 3].map((c) =>
    reader.read(array, [c], { urgency: () => urgency[c] ?? 0 }),
  );
  urgency[3] = 1;
  open();
  await Promise.all(reads);
  expect(keys()).toEqual(["/a/0", "/a/3", "/a/2", "/a/1"]);
});

test("a chunk that is decoded keeps no other from being fetched", async () => {
  const { array, keys, reader } = await setUp({
    fetches: 1,
    decodes: 1,
    decode: () => new Promise(() => {}),
  });
  for (const c of [0, 1, 2]) void reader.read(array, [c]);
  await expect.poll(keys).toEqual(["/a/0", "/a/1", "/a/2"]);
});

test("an array's decoding is prepared once, before its first chunk is there", async () => {
  const prepared: string[] = [];
  const { array, reader } = await setUp({ prepare: ({ path }) => void prepared.push(path) });
  const reads = [0, 1].map((c) => reader.read(array, [c]));
  expect(prepared).toEqual(["a"]);
  await Promise.all(reads);
  expect(prepared).toEqual(["a"]);
});

test("cleared, it holds nothing", async () => {
  const { array, keys, reader } = await setUp();
  await reader.read(array, [3]);
  reader.clear();
  expect(reader.peek(array, [3])).toBeUndefined();
  await reader.read(array, [3]);
  expect(keys()).toEqual(["/a/3", "/a/3"]);
});

test("the decoder is asked once for each chunk, with the read's own signal", async () => {
  const asked: number[] = [];
  const { array, reader } = await setUp({
    decode: (meta, bytes, options) => {
      asked.push(bytes[0] ?? -1);
      expect(options?.signal).toBeInstanceOf(AbortSignal);
      return decodeChunk(meta, bytes, options);
    },
  });
  await Promise.all([1, 1, 2, 15].map((c) => reader.read(array, [c])));
  expect(asked).toEqual([1, 2]);
});
