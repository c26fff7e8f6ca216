/** Pixels for a histogram, of a real image in memory. */
import { beforeEach, expect, test } from "vitest";
import type { Image } from "../ome/multiscale.ts";
import { makeImage } from "../testing/make-image.ts";
import { writePixels } from "../testing/write-pixels.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { channelPixels } from "./channel-pixels.ts";

let image: Image;
beforeEach(async () => {
  const store = new MemoryStore({ kind: "memory", entries: new Map() });
  image = await makeImage(store, {
    axes: ["c", "z", "y", "x"],
    shape: [2, 2, 5, 3],
    chunks: [1, 1, 4, 2],
  });
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
