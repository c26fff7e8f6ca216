/** A slice is what a stack holds at the crosshair, voxel by voxel, whatever the chunks; nothing is read that it does not show. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Pane, XY, XZ, YZ } from "../editor/pane.ts";
import type { Image } from "../ome/multiscale.ts";
import { makeImage } from "../testing/make-image.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { writePixels } from "../testing/write-pixels.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";
import { decodeChunk } from "../zarr/decode.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import type { WritableStore } from "../zarr/store.ts";
import { isReadable, type SliceView } from "./slice-place.ts";
import { SliceSet } from "./slice-set.ts";

const SHAPE = [5, 12, 10] as const;
const SCALE = [2, 0.5, 0.5] as const;
const value = (c: number, z: number, y: number, x: number): number =>
  1000 * c + 200 * z + 12 * y + x;

async function stack(
  chunks: readonly number[],
  store: WritableStore = new MemoryStore(),
): Promise<Image> {
  const [depth, height, width] = SHAPE;
  const shape = [2, ...SHAPE];
  const scale = [1, ...SCALE];
  const image = await makeImage(store, { axes: ["c", "z", "y", "x"], shape, chunks, scale });
  const data = new Uint16Array(2 * depth * height * width);
  for (let i = 0, c = 0; c < 2; c++)
    for (let z = 0; z < depth; z++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) data[i++] = value(c, z, y, x);
  await writePixels(image.levels[0].array, data);
  return image;
}

const readerOf = () => new ChunkReader({ decode: decodeChunk, cacheBytes: 2 ** 20 });

const whole = (pane: Pane, at: number, over: Partial<SliceView> = {}): SliceView => ({
  pane,
  at,
  bounds: [-1000, -1000, 1000, 1000],
  worldPerPixel: 0.5,
  t: 0,
  channels: [0, 1],
  ...over,
});

/** Tells when a slice has all its pixels. */
function loaded(image: Image, source: ChunkSource = readerOf()) {
  let settle = (): void => undefined;
  const set = new SliceSet(image, source, () => {
    if (!set.busy) settle();
  });
  const come = async (): Promise<void> => {
    if (!set.busy) return;
    await new Promise<void>((resolve) => {
      settle = resolve;
    });
  };
  const show = (view: SliceView): Promise<void> => {
    set.update(view);
    return come();
  };
  return { set, show, come };
}

test("holds the voxels of the stack along any axis, in chunks of any shape", async () => {
  const side = (n: number) => fc.integer({ min: 1, max: n });
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(side(2), side(5), side(12), side(10)),
      fc.nat({ max: 9 }),
      fc.constantFrom(XY, XZ, YZ),
      async (chunks, index, pane) => {
        const { set, show } = loaded(await stack(chunks));
        const at = Math.min(index, SHAPE[pane.through] - 1);
        await show(whole(pane, (at + 0.5) * SCALE[pane.through]));
        const [wide, high] = [SHAPE[pane.across], SHAPE[pane.down]];
        for (const channel of [0, 1]) {
          const expected = Array.from({ length: wide * high }, (_, i) => {
            const place: [number, number, number] = [at, at, at];
            place[pane.across] = i % wide;
            place[pane.down] = Math.floor(i / wide);
            return value(channel, ...place);
          });
          expect([...(set.tile?.planes.get(channel)?.data ?? [])]).toEqual(expected);
        }
        const bounds = [0, 0, wide * SCALE[pane.across], high * SCALE[pane.down]];
        expect([set.tile?.bounds, set.place?.at]).toEqual([
          bounds,
          (at + 0.5) * SCALE[pane.through],
        ]);
        set.close();
      },
    ),
    { numRuns: 30 },
  );
});

test("asks for the chunks in view alone, and gives up those of a slice it has left", async () => {
  const image = await stack([1, 1, 4, 5]);
  const asked: string[] = [];
  const gone: string[] = [];
  const { set } = loaded(image, {
    peek: () => undefined,
    isComing: () => false,
    subscribe: () => () => undefined,
    read: (_array, coords, { signal } = {}) => {
      asked.push(coords.join());
      signal?.addEventListener("abort", () => gone.push(coords.join()));
      return new Promise(() => undefined);
    },
  });
  const view = { bounds: [0, 0, 2, 10], channels: [1] } as const;
  set.update(whole(XZ, 0.25, view));
  expect(asked).toEqual(["1,0,0,0", "1,1,0,0", "1,2,0,0", "1,3,0,0", "1,4,0,0"]);
  set.update(whole(XZ, 1.75, view));
  expect([asked.length, gone.length]).toEqual([5, 0]);
  set.update(whole(XZ, 2.25, view));
  expect([asked.slice(5)[0], gone]).toEqual(["1,0,1,0", asked.slice(0, 5)]);
  set.close();
  expect(gone.length).toBe(10);
});

test("tells where nothing has come yet, and keeps what the slice before had", async () => {
  const image = await stack([2, 5, 12, 5]);
  const answers: (() => void)[] = [];
  const reader = readerOf();
  const { set } = loaded(image, {
    peek: (array, coords) => reader.peek(array, coords),
    isComing: () => false,
    subscribe: () => () => undefined,
    read: async (array, coords, options) => {
      await new Promise<void>((resolve) => {
        answers.push(resolve);
      });
      return reader.read(array, coords, options);
    },
  });
  set.update(whole(XY, 1));
  expect(set.unread).toEqual([
    [0, 0, 5, 12],
    [5, 0, 10, 12],
  ]);
  answers[0]?.();
  await expect.poll(() => set.unread).toEqual([[5, 0, 10, 12]]);
  answers[1]?.();
  await expect.poll(() => set.unread).toEqual([]);
  set.update(whole(XY, 3));
  expect(set.unread).toEqual([]);
  set.close();
});

test("where a chunk cannot be read is nothing of the slice before; it is told, and asked for again", async () => {
  const store = new WatchedStore();
  const { set, show, come } = loaded(await stack([1, 1, 12, 5], store));
  const at = (z: number) => whole(XY, SCALE[0] * z, { channels: [1] });
  const row = () => [...(set.tile?.planes.get(1)?.data ?? [])].slice(0, 10);
  const rowOf = (z: number) => Array.from({ length: 10 }, (_, x) => value(1, z, 0, x));
  await show(at(0));
  expect(row()).toEqual(rowOf(0));
  store.before = ({ key }) => {
    if (key === "/0/1/1/0/1") throw new Error("The network went away");
  };
  await show(at(1));
  expect(row()).toEqual([...rowOf(1).slice(0, 5), 0, 0, 0, 0, 0]);
  expect(set.unread).toEqual([[5, 0, 10, 12]]);
  expect(set.failed).toMatchObject([{ level: 0, coords: [1, 1, 0, 1], bounds: [2.5, 0, 5, 6] }]);
  store.before = () => undefined;
  // Only when it is asked for.
  await show(at(1.5));
  expect(set.failed).toHaveLength(1);
  set.retry();
  expect([set.busy, set.failed]).toEqual([true, []]);
  await come();
  expect([row(), set.unread, set.failed]).toEqual([rowOf(1), [], []]);
  set.close();
});

test("ids of 64 bits are copied bit by bit, those too that as doubles would be no numbers", async () => {
  const axes = ["z", "y", "x"] as const;
  const small = { axes, shape: [2, 1, 3], chunks: [1, 1, 2], dtype: "int64" } as const;
  const image = await makeImage(new MemoryStore(), small);
  const ids = [1n, 2n, 3n, -1n, 0x7ff0_0000_0000_0001n, -(2n ** 52n) + 1n];
  await writePixels(image.levels[0].array, BigInt64Array.from(ids));
  const { set, show } = loaded(image);
  const view = { worldPerPixel: 1, channels: [0] } as const;
  await show(whole(XY, 1.5, view));
  expect([...(set.tile?.planes.get(0)?.data ?? [])]).toEqual(ids.slice(3));
  await show(whole(XZ, 0, view));
  expect([...(set.tile?.planes.get(0)?.data ?? [])]).toEqual(ids);
  set.close();
});

test("keeps a plane's object while its pixels stay, and none where nothing is in view", async () => {
  const { set, show } = loaded(await stack([1, 5, 12, 10]));
  await show(whole(XZ, 0.25));
  const before = set.tile?.planes.get(0);
  await show(whole(XZ, 0.3));
  expect(set.tile?.planes.get(0)).toBe(before);
  await show(whole(XZ, 0.8));
  expect(set.tile?.planes.get(0)).not.toBe(before);
  await show(whole(XZ, 0.8, { bounds: [100, 0, 120, 10] }));
  expect(set.tile).toBeUndefined();
  set.close();
});

test("an image without a pyramid can be too large to be read for a look", async () => {
  const store = new MemoryStore();
  const shape = [1, 20_000, 20_000];
  const image = await makeImage(store, { axes: ["z", "y", "x"], shape, chunks: [1, 512, 512] });
  const all = { bounds: [0, 0, 20_000, 20_000], worldPerPixel: 20 } as const;
  expect(isReadable(image, whole(XY, 0, all))).toBe(false);
  expect(isReadable(image, whole(XZ, 0, { ...all, bounds: [0, 0, 20_000, 1] }))).toBe(true);
});
