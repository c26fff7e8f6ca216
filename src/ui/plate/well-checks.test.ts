/** What is found out about wells: which are unlike the first one, lack the image that is seen, or are stored in another format. */
import { expect, it } from "vitest";
import { openNode } from "../../ome/open-node.ts";
import { openPlateImages } from "../../ome/plate-images.ts";
import { makeNucleiPlate } from "../../testing/nuclei-plate.ts";
import { jsonBytes } from "../../zarr/json-file.ts";
import { MemoryStore } from "../../zarr/memory-store.ts";
import { WellChecks } from "./well-checks.ts";

type Entries = Map<string, Uint8Array<ArrayBuffer>>;

/** Checks of three wells, of which the second was changed. */
async function checksOf(change: (entries: Entries) => void, images: readonly string[] = ["0"]) {
  const entries: Entries = new Map();
  const store = new MemoryStore({ kind: "memory", entries });
  await makeNucleiPlate(store, [{ path: "B/01" }, { path: "B/02" }, { path: "B/03" }]);
  const listing = jsonBytes({ well: { images: images.map((path) => ({ path })) } });
  entries.set("/B/01/.zattrs", listing);
  change(entries);
  const node = await openNode(store, "");
  if (node.kind !== "plate") throw new Error("no plate");
  const found: [well: number, isOther: boolean][] = [];
  const opened = await openPlateImages(node.plate, { name: images.at(-1) });
  const checks = new WellChecks(node.plate, opened, new Map(), (...what) => found.push(what));
  return { checks, found, entries };
}

const json = (entries: Entries, key: string): Record<string, unknown> =>
  JSON.parse(new TextDecoder().decode(entries.get(key)));

it("a well of other chunks is read by its own metadata, until it is forgotten", async () => {
  const key = "/B/02/0/0/.zarray";
  const { checks, found } = await checksOf((entries) =>
    entries.set(key, jsonBytes({ ...json(entries, key), chunks: [1, 100, 100] })),
  );
  expect(checks.imageOf(1).levels[0].array.chunks).toEqual([1, 128, 128]);
  for (const well of [1, 2]) checks.look(well);
  expect(checks.busy).toBe(true);
  await expect.poll(() => checks.busy).toBe(false);
  expect(found.toSorted()).toEqual([
    [1, true],
    [2, false],
  ]);
  expect([...checks.marks]).toEqual([
    [1, { kind: "other", why: expect.stringContaining("1 × 100 × 100 and not 1 × 128 × 128") }],
  ]);
  expect(checks.imageOf(1).levels[0].array.chunks).toEqual([1, 100, 100]);
  expect([1, 2].map((well) => [checks.isUnlike(well), checks.isBeside(well)])).toEqual([
    [true, true],
    [false, false],
  ]);

  checks.forget(1);
  expect(checks.isUnlike(1)).toBe(false);
  checks.look(1);
  await expect.poll(() => checks.isUnlike(1)).toBe(true);
});

it("a well without the image that is seen lacks it: its other ones are not shown instead", async () => {
  const { checks, found } = await checksOf(
    (entries) => {
      for (const [key, bytes] of [...entries])
        entries.set(key.replace("B/01/0/", "B/01/1/"), bytes);
    },
    ["0", "1"],
  );
  checks.ask(1);
  await expect.poll(() => found).toEqual([[1, false]]);
  expect(checks.marks.get(1)).toEqual({ kind: "lacking", why: "it has no image “1”" });
  expect([checks.isBeside(1), checks.imageOf(1).path]).toEqual([true, "B/02/1"]);
});

it("an empty well stays that where its image is not there, and an absent one is found in Zarr v3", async () => {
  const { checks } = await checksOf((entries) => {
    for (const key of [...entries.keys()])
      if (key.startsWith("/B/02/0/") || key.startsWith("/B/03/")) entries.delete(key);
    const array = {
      zarr_format: 3,
      node_type: "array",
      shape: [1, 300, 300],
      data_type: "uint16",
      chunk_grid: { name: "regular", configuration: { chunk_shape: [1, 128, 128] } },
      chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
      fill_value: 0,
      codecs: [{ name: "bytes", configuration: { endian: "little" } }],
      attributes: {},
    };
    const { multiscales } = json(entries, "/B/01/0/.zattrs");
    const ome = { version: "0.5", multiscales };
    const group = { zarr_format: 3, node_type: "group", attributes: { ome } };
    entries.set("/B/03/0/zarr.json", jsonBytes(group));
    entries.set("/B/03/0/0/zarr.json", jsonBytes(array));
  });
  for (const well of [1, 2]) checks.ask(well);
  await expect.poll(() => checks.busy).toBe(false);
  expect([1, 2].map((well) => checks.marks.get(well)?.kind)).toEqual(["empty", "absent"]);
  for (const well of [1, 2]) checks.look(well);
  await expect.poll(() => checks.busy).toBe(false);
  expect([1, 2].map((well) => checks.marks.get(well))).toEqual([
    { kind: "empty" },
    { kind: "other", why: "it is OME-Zarr 0.5 and not 0.4" },
  ]);
});
