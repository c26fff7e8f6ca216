import { describe, expect, it } from "vitest";
import { Fault } from "../base/fault.ts";
import { makeImage } from "../testing/make-image.ts";
import { ManualChunks } from "../testing/manual-chunks.ts";
import { type LevelSpec, pyramid } from "../testing/pyramid.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import type { Chunk } from "../zarr/array.ts";
import { chunkKey } from "../zarr/chunk-key.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { encodeChunk } from "../zarr/encode.ts";
import { keyOf } from "../zarr/store.ts";
import { valueAt } from "./probe.ts";
import type { Rect } from "./rect.ts";
import type { TileView } from "./tile-grid.ts";
import { TileSet } from "./tile-set.ts";

/** 20 × 30 µm at 1 µm in chunks of 8 × 10; then a third of it, and a tenth; with pixels beyond the edge. */
const LEVELS: readonly LevelSpec[] = [
  { shape: [2, 8, 20, 30], chunks: [1, 1, 8, 10], scale: [1, 1, 1, 1] },
  { shape: [2, 4, 7, 10], chunks: [1, 1, 8, 10], scale: [1, 2, 3, 3] },
  { shape: [2, 2, 2, 3], chunks: [1, 1, 8, 10], scale: [1, 4, 10, 10] },
];
const ALL: Rect = [0, 0, 30, 20];

function chunk(value: number, shape: readonly number[] = [1, 1, 8, 10]): Chunk {
  return { data: new Uint16Array(shape.reduce((a, b) => a * b, 1)).fill(value), shape };
}

function look(change: Partial<TileView> = {}): TileView {
  return { bounds: ALL, worldPerPixel: 1, z: 0.5, t: 0, channels: [0], ...change };
}

function open(multiscale = pyramid("czyx", LEVELS)): { source: ManualChunks; tiles: TileSet } {
  const source = new ManualChunks();
  return { source, tiles: new TileSet({ multiscale, source }) };
}

/** What is drawn, lowest first: level, place and the first pixel of each channel. */
function drawn(tiles: TileSet): string[] {
  return tiles.tiles().map(({ key, planes, current }) => {
    const values = [...planes].map(([channel, { data }]) => `${channel}=${data[0]}`);
    return `${key} ${values.join(" ")}${current ? "" : " earlier"}`;
  });
}

describe("what is asked for", () => {
  it("is each chunk in view once, those in the middle first", () => {
    const { source, tiles } = open();
    tiles.update(look({ bounds: [9, 0, 30, 7] }));
    expect(source.asked).toEqual(["img/0 0,0,0,1", "img/0 0,0,0,2", "img/0 0,0,0,0"]);
    tiles.update(look({ bounds: [9, 0, 30, 7.5] }));
    expect(source.asked).toHaveLength(3);
    expect(source.aborted).toEqual([]);
    expect(tiles.busy).toBe(true);
  });

  it("is nothing beyond the image, and nothing at all of no channels", () => {
    const { source, tiles } = open();
    tiles.update(look({ bounds: [-50, -50, -1, -1] }));
    tiles.update(look({ bounds: [30, 0, 90, 20] }));
    tiles.update(look({ channels: [] }));
    expect(source.asked).toEqual([]);
    expect(tiles.busy).toBe(false);
  });

  it("is the middle alone of one huge level, and all in view after zooming in; what left is given up", () => {
    const huge = { shape: [2, 20_000, 20_000], chunks: [1, 2000, 2000], scale: [1, 1, 1] };
    const { source, tiles } = open(pyramid("cyx", [huge]));
    const channels = [0, 1];
    tiles.update(look({ bounds: [0, 0, 20_000, 20_000], worldPerPixel: 20, channels }));
    // 4 × 4 tiles of 15.3 MiB for both channels.
    expect([tiles.isCut, new Set(source.asked).size, source.asked.length]).toEqual([true, 32, 32]);
    tiles.update(look({ bounds: [0, 0, 8000, 8000], worldPerPixel: 8, channels }));
    expect([tiles.isCut, source.asked.length, source.aborted.length]).toEqual([false, 62, 30]);
  });

  it("is of the coarsest level that has a voxel for each pixel, by its own scale", () => {
    const asked = [0.1, 1, 2.8, 3, 9, 10, 500].map((worldPerPixel) => {
      const { source, tiles } = open();
      tiles.update(look({ bounds: [0, 0, 5, 5], worldPerPixel }));
      return source.asked;
    });
    const level = (i: number): string[] => [`img/${i} 0,0,0,0`];
    expect(asked).toEqual([0, 0, 0, 1, 1, 2, 2].map(level));
  });

  it("is the plane of each level at the same world z, the nearest where there is none", () => {
    const { source, tiles } = open();
    const bounds: Rect = [0, 0, 5, 5];
    tiles.update(look({ bounds, z: 2.5 }));
    tiles.update(look({ bounds, z: 2.5, worldPerPixel: 3 }));
    tiles.update(look({ bounds, z: 2.5, worldPerPixel: 10 }));
    tiles.update(look({ bounds, z: 99 }));
    expect(source.asked).toEqual([
      "img/0 0,2,0,0",
      "img/1 0,1,0,0",
      "img/2 0,0,0,0",
      "img/0 0,7,0,0",
    ]);
  });

  it("is given up at once when it leaves the view, or the plane does", () => {
    const { source, tiles } = open();
    tiles.update(look({ bounds: [0, 0, 15, 5] }));
    tiles.update(look({ bounds: [12, 0, 15, 5] }));
    expect(source.aborted).toEqual(["img/0 0,0,0,0"]);
    tiles.update(look({ bounds: [12, 0, 15, 5], z: 1.5 }));
    expect(source.aborted).toEqual(["img/0 0,0,0,0", "img/0 0,0,0,1"]);
    tiles.close();
    expect(source.aborted.at(-1)).toBe("img/0 0,1,0,1");
    expect(source.listeners).toBe(0);
  });

  it("is not what was read before: a channel or plane looked at again comes from the source's cache", async () => {
    const { source, tiles } = open();
    const bounds: Rect = [0, 0, 5, 5];
    tiles.update(look({ bounds, channels: [0, 1] }));
    await source.answer("img/0 0,0,0,0", chunk(1));
    await source.answer("img/0 1,0,0,0", chunk(2));
    tiles.update(look({ bounds, channels: [1] }));
    expect(drawn(tiles)).toEqual(["0/0/0 z0 t0 1=2"]);
    tiles.update(look({ bounds, channels: [1], z: 1.5 }));
    await source.answer("img/0 1,1,0,0", chunk(3));
    tiles.update(look({ bounds, channels: [0, 1] }));
    expect(drawn(tiles)).toEqual(["0/0/0 z0 t0 0=1 1=2"]);
    expect(source.asked).toEqual(["img/0 0,0,0,0", "img/0 1,0,0,0", "img/0 1,1,0,0"]);
    expect(tiles.busy).toBe(false);
  });

  it("is a chunk of several channels, planes and textures once", async () => {
    const wide = { shape: [2, 2, 6, 5000], chunks: [2, 2, 6, 5000], scale: [1, 1, 1, 1] };
    const { source, tiles } = open(pyramid("czyx", [wide]));
    tiles.update(look({ bounds: [0, 0, 5000, 6], channels: [0, 1], z: 1.5 }));
    expect(source.asked).toEqual(["img/0 0,0,0,0"]);
    const all = chunk(0, wide.chunks);
    all.data.forEach((_, i) => {
      all.data[i] = i % 5000;
    });
    all.data[60_000 + 30_000 + 2500] = 7;
    await source.answer("img/0 0,0,0,0", all);
    expect(tiles.tiles().map(({ width, x, bounds }) => [width, x, bounds])).toEqual([
      [2500, 0, [0, 0, 2500, 6]],
      [2500, 2500, [2500, 0, 5000, 6]],
    ]);
    const [, right] = tiles.tiles();
    const planes = [0, 1].map((channel) => right?.planes.get(channel)?.data);
    expect(planes.map((data) => data?.length)).toEqual([15_000, 15_000]);
    expect(planes.map((data) => [data?.[0], data?.[1]])).toEqual([
      [2500, 2501],
      [7, 2501],
    ]);
    tiles.update(look({ bounds: [0, 0, 2400, 6], channels: [0, 1], z: 1.5 }));
    expect(tiles.tiles().map(({ x }) => x)).toEqual([0]);
  });

  it("is the one time point of a label that has no more", () => {
    const one = { shape: [1, 8, 8], chunks: [1, 8, 8], scale: [1, 1, 1] };
    const { source, tiles } = open(pyramid("tyx", [one]));
    tiles.update(look({ t: 5 }));
    expect(source.asked).toEqual(["img/0 0,0,0"]);
  });
});

describe("what is drawn", () => {
  it("is cut off at the image's end, and placed by the level's own scale", async () => {
    const { source, tiles } = open();
    tiles.update(look({ bounds: [21, 17, 22, 18] }));
    const edge = chunk(0);
    edge.data[10] = 5;
    await source.answer("img/0 0,0,2,2", edge);
    const [tile] = tiles.tiles();
    expect(tile).toMatchObject({ width: 10, height: 4, bounds: [20, 16, 30, 20] });
    expect(tile?.planes.get(0)).toMatchObject({ width: 10, height: 4 });
    tiles.update(look({ worldPerPixel: 3 }));
    await source.answer("img/1 0,0,0,0", chunk(2));
    expect(tiles.tiles().at(-1)).toMatchObject({ width: 10, height: 7, bounds: [0, 0, 30, 21] });
  });

  it("is a coarser level, beneath, until the finer tiles over it are all there", async () => {
    const { source, tiles } = open();
    tiles.update(look({ worldPerPixel: 3 }));
    await source.answer("img/1 0,0,0,0", chunk(9));
    tiles.update(look({ bounds: [0, 0, 20, 8] }));
    expect(drawn(tiles)).toEqual(["1/0/0 z0 t0 0=9"]);
    await source.answer("img/0 0,0,0,0", chunk(1));
    expect(drawn(tiles)).toEqual(["1/0/0 z0 t0 0=9", "0/0/0 z0 t0 0=1"]);
    await source.answer("img/0 0,0,0,1", chunk(2));
    expect(drawn(tiles)).toEqual(["0/0/0 z0 t0 0=1", "0/0/10 z0 t0 0=2"]);
  });

  it("is a coarser tile that the source has at hand, wherever the view goes", async () => {
    const { source, tiles } = open();
    source.atHand.set("img/2 0,0,0,0", chunk(9));
    tiles.update(look({ bounds: [22, 12, 23, 13] }));
    expect(drawn(tiles)).toEqual(["2/0/0 z0 t0 0=9"]);
    expect(source.asked).toEqual(["img/0 0,0,1,2"]);
  });

  it("is the earlier plane until the new one is there, and no more than one", async () => {
    const { source, tiles } = open();
    const bounds: Rect = [0, 0, 5, 5];
    tiles.update(look({ bounds }));
    await source.answer("img/0 0,0,0,0", chunk(1));
    tiles.update(look({ bounds, z: 1.5 }));
    tiles.update(look({ bounds, z: 2.5 }));
    expect(drawn(tiles)).toEqual(["0/0/0 z0 t0 0=1 earlier"]);
    await source.answer("img/0 0,2,0,0", chunk(3));
    expect(drawn(tiles)).toEqual(["0/0/0 z2 t0 0=3"]);
  });

  it("is a tile that lacks a channel only where no whole one is", async () => {
    const { source, tiles } = open();
    const bounds: Rect = [0, 0, 5, 5];
    tiles.update(look({ bounds, worldPerPixel: 3, channels: [0, 1] }));
    await source.answer("img/1 0,0,0,0", chunk(8));
    expect(drawn(tiles)).toEqual(["1/0/0 z0 t0 0=8"]);
    await source.answer("img/1 1,0,0,0", chunk(9));
    tiles.update(look({ bounds, channels: [0, 1] }));
    await source.answer("img/0 0,0,0,0", chunk(1));
    expect(drawn(tiles)).toEqual(["1/0/0 z0 t0 0=8 1=9"]);
    await source.answer("img/0 1,0,0,0", chunk(2));
    expect(drawn(tiles)).toEqual(["0/0/0 z0 t0 0=1 1=2"]);
  });

  it("is one pixel of the fill value where a chunk was never stored", async () => {
    const { source, tiles } = open(pyramid("czyx", LEVELS, { fill: 7 }));
    tiles.update(look({ bounds: [0, 0, 5, 5] }));
    await source.answer("img/0 0,0,0,0", "missing");
    expect(tiles.tiles()[0]?.planes.get(0)).toEqual({
      data: Uint16Array.of(7),
      width: 1,
      height: 1,
    });
    expect(tiles.busy).toBe(false);
  });
});

describe("what fails and what changes", () => {
  it("marks a chunk that could not be read, draws the others, and asks again only when told", async () => {
    const { source, tiles } = open();
    const bounds: Rect = [0, 0, 20, 8];
    tiles.update(look({ bounds }));
    await source.answer("img/0 0,0,0,1", chunk(2));
    const fault = new Fault("http", "The server answered 500 for img/0/0.0.0.0");
    await source.fail("img/0 0,0,0,0", fault);
    expect(tiles.busy).toBe(false);
    expect(tiles.failed).toEqual([
      { level: 0, coords: [0, 0, 0, 0], bounds: [0, 0, 10, 8], fault },
    ]);
    expect(drawn(tiles)).toEqual(["0/0/10 z0 t0 0=2"]);
    tiles.update(look({ bounds }));
    expect(source.asked).toHaveLength(2);
    tiles.retry();
    expect(tiles.failed).toEqual([]);
    await source.answer("img/0 0,0,0,0", chunk(1));
    expect(drawn(tiles)).toEqual(["0/0/0 z0 t0 0=1", "0/0/10 z0 t0 0=2"]);
  });

  it("reads a chunk again that was written; the old one stays drawn until then", async () => {
    const { source, tiles } = open();
    const bounds: Rect = [0, 0, 20, 8];
    tiles.update(look({ bounds }));
    await source.answer("img/0 0,0,0,0", chunk(1));
    await source.answer("img/0 0,0,0,1", chunk(2));
    source.tell("img/0", [0, 0, 0, 1]);
    source.tell("other/0", undefined);
    expect(source.asked.slice(2)).toEqual(["img/0 0,0,0,1"]);
    expect(drawn(tiles)).toEqual(["0/0/0 z0 t0 0=1", "0/0/10 z0 t0 0=2"]);
    const [kept] = tiles.tiles();
    await source.answer("img/0 0,0,0,1", chunk(3));
    expect(drawn(tiles)).toEqual(["0/0/0 z0 t0 0=1", "0/0/10 z0 t0 0=3"]);
    expect(tiles.tiles()[0]?.planes.get(0)).toBe(kept?.planes.get(0));
  });

  it("starts a read anew whose chunk is written meanwhile", async () => {
    const { source, tiles } = open();
    tiles.update(look({ bounds: [0, 0, 5, 5] }));
    source.tell("img/0", undefined);
    expect(source.aborted).toEqual(["img/0 0,0,0,0"]);
    expect(source.asked).toHaveLength(2);
    await source.answer("img/0 0,0,0,0", chunk(4));
    expect(drawn(tiles)).toEqual(["0/0/0 z0 t0 0=4"]);
  });

  it("calls back when there is something new to draw, and only then", async () => {
    const { source, tiles } = open();
    let calls = 0;
    const stop = tiles.subscribe(() => {
      calls++;
    });
    tiles.update(look({ bounds: [0, 0, 5, 5] }));
    tiles.update(look({ bounds: [0, 0, 6, 6] }));
    expect(calls).toBe(1);
    await source.answer("img/0 0,0,0,0", chunk(1));
    expect(calls).toBe(2);
    const before = tiles.tiles();
    tiles.update(look({ bounds: [1, 1, 6, 6] }));
    expect(calls).toBe(2);
    expect(tiles.tiles()).toBe(before);
    stop();
    tiles.update(look({ bounds: [12, 0, 13, 5] }));
    expect(calls).toBe(2);
  });
});

describe("over a store", () => {
  it("asks for the chunks on screen once, also when looked at again, and for a written one anew", async () => {
    const store = new WatchedStore();
    const shape = [1, 3, 5];
    const image = await makeImage(store, { axes: ["z", "y", "x"], shape, chunks: [1, 2, 2] });
    const { array } = image.levels[0];
    const write = async (y: number, x: number, value: number): Promise<void> => {
      const bytes = await encodeChunk(array, new Uint16Array(4).fill(value));
      await store.set(keyOf(array.path, chunkKey(array, [0, y, x])), bytes);
    };
    for (const [y, x] of [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 1],
    ] as const)
      await write(y, x, 10 * y + x);
    store.operations.length = 0;
    const source = new ChunkReader();
    const tiles = new TileSet({ multiscale: image, source });
    const idle = () =>
      new Promise<void>((resolve) => {
        const stop = tiles.subscribe(() => {
          if (tiles.busy) return;
          stop();
          resolve();
        });
      });
    const here: Rect = [0.5, 0, 3, 3];
    tiles.update(look({ bounds: here }));
    await idle();
    tiles.update(look({ bounds: [0, 0, 2, 1] }));
    tiles.update(look({ bounds: here }));
    const asked = store.operations.map(({ kind, key }) => `${kind} ${key}`);
    expect(asked.sort()).toEqual(
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ]
        .map(([y, x]) => `get ${keyOf(array.path, chunkKey(array, [0, y ?? 0, x ?? 0]))}`)
        .sort(),
    );
    expect(drawn(tiles).sort()).toEqual([
      "0/0/0 z0 t0 0=0",
      "0/0/2 z0 t0 0=1",
      "0/2/0 z0 t0 0=0",
      "0/2/2 z0 t0 0=11",
    ]);
    await write(0, 1, 99);
    source.invalidate(array, [0, 0, 1]);
    await idle();
    expect(valueAt(tiles.tiles(), [2.5, 1.5])?.values.get(0)).toBe(99);
    tiles.close();
  });
});
