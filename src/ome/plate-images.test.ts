/** What a plate costs before its first chunk, and what a well of which nothing was found turns out to be. */
import { describe, expect, it } from "vitest";
import { Fault } from "../base/fault.ts";
import { makeNucleiPlate } from "../testing/nuclei-plate.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { jsonBytes } from "../zarr/json-file.ts";
import { keyOf, type Store } from "../zarr/store.ts";
import type { Image, Plate, WellRef } from "./multiscale.ts";
import { openNode } from "./open-node.ts";
import { contentOf, differenceOf, imageAt, imagePathIn, openPlateImages } from "./plate-images.ts";

async function plateOf(
  wells: Parameters<typeof makeNucleiPlate>[1],
): Promise<{ store: WatchedStore; plate: Plate; entries: Map<string, Uint8Array<ArrayBuffer>> }> {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const store = new WatchedStore(entries);
  await makeNucleiPlate(store, wells);
  const node = await openNode(store, "");
  if (node.kind !== "plate") throw new Error("no plate");
  store.operations.length = 0;
  return { store, plate: node.plate, entries };
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

  it("is found in a plate of which nearly all wells are absent, at one request for each, and says which are", async () => {
    const wells = names(60).map((well, i) =>
      i === 50 ? well : { ...well, lacks: "image" as const },
    );
    const { store, plate } = await plateOf(wells);
    for (const { path } of plate.wells.filter(({ path }) => path !== "B/51"))
      for (const file of [".zattrs", ".zgroup"]) await store.delete(keyOf(path, file));
    store.operations.length = 0;
    const { well, absent } = await openPlateImages(plate);
    expect(well.path).toBe("B/51");
    expect(absent.map(({ path }) => path)).toEqual(names(50).map(({ path }) => path));
    const asked = store.operations.filter(({ key }) => /^\/B\/\d+\/\.z/.test(key));
    expect(new Set(asked.map(({ key }) => key)).size).toBe(asked.length);
    expect(asked.length).toBeLessThanOrEqual(60);
  });

  it("is the one of a name where any well that is tried has it, else the first there is", async () => {
    const { store, plate, entries } = await plateOf(names(3));
    const listing = { well: { images: [{ path: "0" }, { path: "1" }] } };
    await store.set(keyOf("B/02", ".zattrs"), jsonBytes(listing));
    for (const [key, bytes] of [...entries]) entries.set(key.replace("B/02/0/", "B/02/1/"), bytes);
    expect(await openPlateImages(plate, { name: "1" })).toMatchObject({
      well: { path: "B/02" },
      name: "1",
    });
    expect(await openPlateImages(plate, { name: "2" })).toMatchObject({
      well: { path: "B/01" },
      name: "0",
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
    const old = { ...finest.array.stored, dimension_separator: "." };
    const dots = { ...finest, array: { ...finest.array, stored: old } };
    const images: readonly (readonly [Image, string])[] = [
      [{ ...image, version: "0.5" }, "it is OME-Zarr 0.5 and not 0.4"],
      [{ ...image, axes: image.axes.slice(1) }, "its axes are y, x and not c, y, x"],
      [
        { ...image, levels: [{ ...finest, name: "s0" }, ...coarser] },
        "its array is called s0 and not 0 at level 0",
      ],
      [{ ...image, levels: [dots, ...coarser] }, "its chunks are stored otherwise at level 0"],
      [
        { ...image, channels: image.channels.map((channel) => ({ ...channel, label: "DAPI" })) },
        "its channels are “DAPI” and not “channel 0”",
      ],
    ];
    for (const [found, why] of images) expect(differenceOf(image, found)).toBe(why);
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
    store.operations.length = 0;
    expect(await contentOf(plate, second, "0")).toEqual({ kind: "absent" });
    expect(store.operations).toHaveLength(1);
  });

  it.each(["denied", "html"] as const)(
    "is absent where a server answers so for what is not there: %s",
    async (tag) => {
      const { plate } = await plateOf(names(1));
      const store: Store = {
        spec: { kind: "url", url: "https://example.org" },
        get: async () => {
          throw new Fault(tag, "not there");
        },
        getRange: async () => undefined,
      };
      const there = { ...plate, store };
      expect(await contentOf(there, wellOf(plate, "B/01"), "0")).toEqual({ kind: "absent" });
    },
  );

  it("is not taken for absent where the store does not answer", async () => {
    const { store, plate } = await plateOf(names(1));
    store.before = () => {
      throw new Error("no answer");
    };
    await expect(contentOf(plate, wellOf(plate, "B/01"), "0")).rejects.toThrow("no answer");
  });
});
