/** What writes copies for the page: the same files as in one go, one copy after the other, in memory or where it is told. */
import { expect, test } from "vitest";
import { pixelBox } from "../geometry/box.ts";
import { makeImage } from "../testing/make-image.ts";
import { writePixels } from "../testing/write-pixels.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { type BeginCopy, copyCrop, writeInto } from "./crop.ts";
import { type CropAnswer, CropHost } from "./crop-host.ts";

const options = {
  name: "copy",
  attributes: {},
  signal: new AbortController().signal,
  onProgress: () => undefined,
};

test("pixels of a copy that was not begun are refused, and so is its end", async () => {
  const patch = { min: [0, 0], shape: [1, 1], data: Uint8Array.of(1) };
  const refused = expect.objectContaining({ tag: "missing" });
  await expect(new CropHost().answer({ kind: "put", patch })).rejects.toEqual(refused);
  await expect(new CropHost().answer({ kind: "finish" })).rejects.toEqual(refused);
});

test("each copy's files are those that are made in one go, and of no copy before", async () => {
  const shape = [2, 700, 600];
  const image = await makeImage(new MemoryStore(), {
    axes: ["c", "y", "x"],
    shape,
    chunks: [1, 256, 256],
  });
  const data = Uint16Array.from({ length: 2 * 700 * 600 }, (_, i) => (i * 7919) % 65_521);
  await writePixels(image.levels[0].array, data);
  const host = new CropHost();
  for (const from of [0, 40]) {
    const box = pixelBox([0, from, 10], [1, 600 + from, 590]);
    const crop = { image, level: image.levels[0], box };
    let files: CropAnswer = new Map();
    const begin: BeginCopy = async (spec) => {
      const to = { kind: "memory", entries: new Map() } as const;
      expect(await host.answer({ kind: "begin", spec, to })).toEqual(new Map());
      return {
        put: async (patch) => {
          expect(await host.answer({ kind: "put", patch })).toEqual(new Map());
        },
        finish: async () => {
          files = await host.answer({ kind: "finish" });
        },
      };
    };
    await copyCrop(new ChunkReader(), crop, begin, options);
    const store = new MemoryStore();
    await copyCrop(new ChunkReader(), crop, writeInto(store), options);
    expect([...files.keys()].sort()).toEqual([...store.spec.entries.keys()].sort());
    expect(files.size).toBeGreaterThan(2 * 9);
    for (const [key, bytes] of store.spec.entries)
      expect(await files.get(key)?.bytes()).toEqual(bytes);
  }
});

test("once it is stopped, no file is being written any more", async () => {
  const image = await makeImage(new MemoryStore(), {
    axes: ["c", "y", "x"],
    shape: [1, 600, 600],
    chunks: [1, 100, 100],
  });
  await writePixels(image.levels[0].array, new Uint16Array(360_000).fill(7));
  const crop = { image, level: image.levels[0], box: pixelBox([0, 0, 0], [1, 600, 600]) };
  const host = new CropHost();
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const controller = new AbortController();
  const begin: BeginCopy = async (spec) => {
    await host.answer({ kind: "begin", spec, to: { kind: "memory", entries } });
    return {
      put: async (patch) => {
        await host.answer({ kind: "put", patch });
      },
      finish: async () => {},
    };
  };
  const onProgress = (done: number): void => {
    if (done === 12) controller.abort();
  };
  const copying = copyCrop(new ChunkReader(), crop, begin, {
    ...options,
    signal: controller.signal,
    onProgress,
  });
  await expect(copying).rejects.toMatchObject({ tag: "aborted" });
  await host.answer({ kind: "stop" });
  expect([...entries.keys()].filter((key) => key.startsWith("/0/0/"))).toHaveLength(12);
});
