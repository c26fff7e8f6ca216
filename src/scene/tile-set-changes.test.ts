/** Tiles whose chunks fail, are written meanwhile, or come from a store. */
import { describe, expect, it } from "vitest";
import { Fault } from "../base/fault.ts";
import { makeImage } from "../testing/make-image.ts";
import { chunk, drawn, look, openTiles } from "../testing/tile-set.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { chunkKey } from "../zarr/chunk-key.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { encodeChunk } from "../zarr/encode.ts";
import { keyOf } from "../zarr/store.ts";
import { valueAt } from "./probe.ts";
import type { Rect } from "./rect.ts";
import { TileSet } from "./tile-set.ts";

describe("what fails and what changes", () => {
  it("marks a chunk that could not be read, draws the others, and asks again only when told", async () => {
    const { source, tiles } = openTiles();
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
    const { source, tiles } = openTiles();
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
    const { source, tiles } = openTiles();
    tiles.update(look({ bounds: [0, 0, 5, 5] }));
    source.tell("img/0", undefined);
    expect(source.aborted).toEqual(["img/0 0,0,0,0"]);
    expect(source.asked).toHaveLength(2);
    await source.answer("img/0 0,0,0,0", chunk(4));
    expect(drawn(tiles)).toEqual(["0/0/0 z0 t0 0=4"]);
  });

  it("calls back when there is something new to draw, and only then", async () => {
    const { source, tiles } = openTiles();
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
