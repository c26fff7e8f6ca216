/** Pixels for a histogram, of a real image in memory. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Image } from "../ome/multiscale.ts";
import { makeImage } from "../testing/make-image.ts";
import { ManualChunks } from "../testing/manual-chunks.ts";
import { writePixels } from "../testing/write-pixels.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { channelPixels } from "./channel-pixels.ts";

let image: Image;
beforeEach(async () => {
  const store = new MemoryStore();
  image = await makeImage(store, {
    axes: ["c", "z", "y", "x"],
    shape: [2, 2, 5, 3],
    chunks: [1, 1, 4, 2],
  });
});

afterEach(() => {
  vi.useRealTimers();
});

const read = (channel: number, z: number) =>
  channelPixels(image, new ChunkReader(), { channel, z, t: 0 }, {});

test("are those of one plane of one channel, without what pads the last chunks", async () => {
  const data = Uint16Array.from({ length: 60 }, (_, i) => i + 1);
  await writePixels(image.levels[0].array, data);
  const pixels = (await read(1, 0.5)).flatMap((part) => [...part].map(Number));
  expect(pixels.sort((a, b) => a - b)).toEqual([...data.subarray(30, 45)]);
  expect(
    (await read(0, 1.5)).flatMap((part) => [...part].map(Number)).sort((a, b) => a - b),
  ).toEqual([...data.subarray(15, 30)]);
});

test("are copies, and none where nothing was ever stored", async () => {
  expect(await read(0, 0)).toEqual([]);
  await writePixels(image.levels[0].array, new Uint16Array(60).fill(7));
  const reader = new ChunkReader();
  const plane = { channel: 0, z: 0, t: 0 };
  for (const part of await channelPixels(image, reader, plane, {})) part.fill(0 as never);
  const again = await channelPixels(image, reader, plane, {});
  expect(again.every((part) => [...part].every((value) => value === 7))).toBe(true);
});

test("are of chunks spread over an image of many, which may be rows", async () => {
  const rows = await makeImage(new MemoryStore(), {
    axes: ["y", "x"],
    shape: [90, 2],
    chunks: [1, 2],
  });
  const chunks = new ManualChunks();
  const leaving = new AbortController();
  const pixels = channelPixels(rows, chunks, { channel: 0, z: 0, t: 0 }, leaving);
  const asked = chunks.asked
    .map((name) => Number(/(\d+),0$/.exec(name)?.[1]))
    .sort((a, b) => a - b);
  expect(asked).toHaveLength(9);
  const gaps = asked.slice(1).map((row, i) => row - (asked[i] ?? 0));
  expect([asked[0], asked.at(-1), Math.max(...gaps)]).toEqual([0, 83, 11]);
  leaving.abort();
  await expect(pixels).rejects.toMatchObject({ tag: "aborted" });
});

/** The pixels of four chunks that are answered by hand, each of one plane of 4 × 2 pixels. */
function byHand() {
  const chunks = new ManualChunks();
  const pixels = channelPixels(image, chunks, { channel: 0, z: 0, t: 0 }, {});
  const chunk = { data: new Uint16Array(8).fill(7), shape: [1, 1, 4, 2] };
  return { chunks, pixels, chunk, names: [...chunks.asked] };
}

test("are those of the other chunks where one cannot be read; of none, why", async () => {
  const { chunks, pixels, chunk, names } = byHand();
  expect(names).toHaveLength(4);
  const [first = "", second = "", ...others] = names;
  await chunks.fail(first, new Error("cut short"));
  await chunks.answer(second, chunk);
  for (const name of others) await chunks.answer(name, "missing");
  expect((await pixels).map(({ length }) => length)).toEqual([4]);

  const none = byHand();
  for (const name of names) await none.chunks.fail(name, new Error("cut short"));
  await expect(none.pixels).rejects.toThrow("cut short");
});

test("are those of the other chunks where one does not come within two seconds of the first", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { chunks, pixels, chunk, names } = byHand();
  const [first = "", ...others] = names;
  vi.advanceTimersByTime(60_000);
  await chunks.answer(first, chunk);
  let isThere = false;
  void pixels.then(() => {
    isThere = true;
  });
  await vi.advanceTimersByTimeAsync(1999);
  expect(isThere).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect((await pixels).map(({ length }) => length)).toEqual([8]);
  // They are asked for all the same: who draws them waits on.
  expect(chunks.aborted).toEqual([]);
  for (const name of others) await chunks.answer(name, chunk);
});
