/** What a plate costs before its first chunk, and what a well of which nothing was found turns out to be. */
import { describe, expect, it } from "vitest";
import { makeNucleiPlate } from "../testing/nuclei-plate.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { keyOf } from "../zarr/store.ts";
import type { Plate, WellRef } from "./multiscale.ts";
import { openNode } from "./open-node.ts";
import { contentOf, differenceOf, imageAt, imagePathIn, openPlateImages } from "./plate-images.ts";

async function plateOf(
  wells: Parameters<typeof makeNucleiPlate>[1],
): Promise<{ store: WatchedStore; plate: Plate }> {
  const store = new WatchedStore();
  await makeNucleiPlate(store, wells);
  const node = await openNode(store, "");
  if (node.kind !== "plate") throw new Error("no plate");
  store.operations.length = 0;
  return { store, plate: node.plate };
}

const names = (columns: number) =>
  Array.from({ length: columns }, (_, i) => ({ path: `B/${String(i + 1).padStart(2, "0")}` }));

function wellOf(plate: Plate, path: string): WellRef {
  const well = plate.wells.find((one) => one.path === path);
  if (!well) throw new Error(`no well ${path}`);
  return well;
}

describe("the image that stands for all", () => {
  it("costs as many requests in a plate of forty wells as in one of two", async () => {
    const costs = await Promise.all(
      [2, 40].map(async (count) => {
        const { store, plate } = await plateOf(names(count));
        const found = await openPlateImages(plate);
        expect(found.image.path).toBe("B/01/0");
        expect(found.images).toEqual([{ path: "0", acquisition: 0 }]);
        return store.operations.length;
      }),
    );
    expect(costs[0]).toBe(costs[1]);
    expect(costs[0]).toBeLessThanOrEqual(6);
  });

  it("is that of the first well that can be read, and the first one's fault where none can", async () => {
    const { plate } = await plateOf([
      { path: "B/01", lacks: "image" },
      { path: "B/02", lacks: "image" },
      { path: "B/03" },
    ]);
    expect((await openPlateImages(plate)).well.path).toBe("B/03");
    const bad = await plateOf([
      { path: "B/01", lacks: "image" },
      { path: "B/02", lacks: "image" },
    ]);
    await expect(openPlateImages(bad.plate)).rejects.toMatchObject({
      tag: "missing",
      where: "B/01/0",
    });
  });

  it("is the same as the one that is there, chunk for chunk", async () => {
    const { store, plate } = await plateOf(names(3));
    const { image, name } = await openPlateImages(plate);
    const path = imagePathIn(plate, wellOf(plate, "B/03"), name);
    const assumed = imageAt(image, path);
    const found = await openNode(store, path);
    if (found.kind !== "image") throw new Error("no image");
    expect(assumed.levels.map(({ array }) => array.path)).toEqual(
      found.image.levels.map(({ array }) => array.path),
    );
    expect(differenceOf(assumed, found.image)).toBeUndefined();
  });

  it("says how a well differs from it", async () => {
    const { plate } = await plateOf(names(1));
    const { image } = await openPlateImages(plate);
    const [finest, ...coarser] = image.levels;
    const wide = { ...finest, array: { ...finest.array, shape: [1, 9, 9] } };
    expect(differenceOf(image, { ...image, levels: [wide, ...coarser] })).toBe(
      `its shape is 1 × 9 × 9 and not ${finest.array.shape.join(" × ")} at level 0`,
    );
    expect(
      differenceOf({ ...image, levels: [finest, finest] }, { ...image, levels: [finest] }),
    ).toBe("it has 1 level and not 2");
  });
});

describe("a well of which no chunk was found", () => {
  it("is told to be empty or absent by one request, or to call its image otherwise", async () => {
    const { store, plate } = await plateOf(names(2));
    const [first, second] = [wellOf(plate, "B/01"), wellOf(plate, "B/02")];
    expect(await contentOf(plate, first, "0")).toEqual({ kind: "empty" });
    expect(store.operations).toHaveLength(1);
    expect(await contentOf(plate, first, "raw")).toEqual({ kind: "other", name: "0" });
    for (const file of [".zattrs", ".zgroup"]) await store.delete(keyOf("B/02", file));
    expect(await contentOf(plate, second, "0")).toEqual({ kind: "absent" });
  });

  it("is not taken for absent where the store does not answer", async () => {
    const { store, plate } = await plateOf(names(1));
    store.before = () => {
      throw new Error("no answer");
    };
    await expect(contentOf(plate, wellOf(plate, "B/01"), "0")).rejects.toThrow("no answer");
  });
});
