/** Which chunks tiles ask for, and what is drawn of those that have come. */
import { describe, expect, it } from "vitest";
import { pyramid } from "../testing/pyramid.ts";
import { chunk, drawn, LEVELS, look, openTiles } from "../testing/tile-set.ts";
import type { Rect } from "./rect.ts";

describe("what is asked for", () => {
  it("is each chunk in view once, those in the middle first", () => {
    const { source, tiles } = openTiles();
    tiles.update(look({ bounds: [9, 0, 30, 7] }));
    expect(source.asked).toEqual(["img/0 0,0,0,1", "img/0 0,0,0,2", "img/0 0,0,0,0"]);
    tiles.update(look({ bounds: [9, 0, 30, 7.5] }));
    expect(source.asked).toHaveLength(3);
    expect(source.aborted).toEqual([]);
    expect(tiles.busy).toBe(true);
  });

  it("is nothing beyond the image, and nothing at all of no channels", () => {
    const { source, tiles } = openTiles();
    tiles.update(look({ bounds: [-50, -50, -1, -1] }));
    tiles.update(look({ bounds: [30, 0, 90, 20] }));
    tiles.update(look({ channels: [] }));
    expect(source.asked).toEqual([]);
    expect(tiles.busy).toBe(false);
  });

  it("is the middle alone of one huge level, and all in view after zooming in; what left is given up", () => {
    const huge = { shape: [2, 20_000, 20_000], chunks: [1, 2000, 2000], scale: [1, 1, 1] };
    const { source, tiles } = openTiles(pyramid("cyx", [huge]));
    const channels = [0, 1];
    tiles.update(look({ bounds: [0, 0, 20_000, 20_000], worldPerPixel: 20, channels }));
    // 4 × 4 tiles of 15.3 MiB for both channels.
    expect([tiles.isCut, new Set(source.asked).size, source.asked.length]).toEqual([true, 32, 32]);
    tiles.update(look({ bounds: [0, 0, 8000, 8000], worldPerPixel: 8, channels }));
    expect([tiles.isCut, source.asked.length, source.aborted.length]).toEqual([false, 62, 30]);
  });

  it("is of the coarsest level that has a voxel for each pixel, by its own scale", () => {
    const asked = [0.1, 1, 2.8, 3, 9, 10, 500].map((worldPerPixel) => {
      const { source, tiles } = openTiles();
      tiles.update(look({ bounds: [0, 0, 5, 5], worldPerPixel }));
      return source.asked;
    });
    const level = (i: number): string[] => [`img/${i} 0,0,0,0`];
    expect(asked).toEqual([0, 0, 0, 1, 1, 2, 2].map(level));
  });

  it("is the plane of each level at the same world z, the nearest where there is none", () => {
    const { source, tiles } = openTiles();
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
    const { source, tiles } = openTiles();
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
    const { source, tiles } = openTiles();
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
    const { source, tiles } = openTiles(pyramid("czyx", [wide]));
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
    const { source, tiles } = openTiles(pyramid("tyx", [one]));
    tiles.update(look({ t: 5 }));
    expect(source.asked).toEqual(["img/0 0,0,0"]);
  });
});

describe("what is drawn", () => {
  it("is cut off at the image's end, and placed by the level's own scale", async () => {
    const { source, tiles } = openTiles();
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
    const { source, tiles } = openTiles();
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
    const { source, tiles } = openTiles();
    source.atHand.set("img/2 0,0,0,0", chunk(9));
    tiles.update(look({ bounds: [22, 12, 23, 13] }));
    expect(drawn(tiles)).toEqual(["2/0/0 z0 t0 0=9"]);
    expect(source.asked).toEqual(["img/0 0,0,1,2"]);
  });

  it("is the earlier plane until the new one is there, and no more than one", async () => {
    const { source, tiles } = openTiles();
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
    const { source, tiles } = openTiles();
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
    const { source, tiles } = openTiles(pyramid("czyx", LEVELS, { fill: 7 }));
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
