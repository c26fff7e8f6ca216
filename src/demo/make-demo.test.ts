/** Making the demo plate: what is there when, what a well holds, and going on after a stop. */
import { beforeAll, describe, expect, test } from "vitest";
import { createWell } from "../ome/create-plate.ts";
import type { Image } from "../ome/multiscale.ts";
import { openImage } from "../ome/open-image.ts";
import { openNode } from "../ome/open-node.ts";
import { roisFromTable } from "../roi/roi-table.ts";
import { idsOf, roiAt } from "../roi/rois.ts";
import { readTable } from "../table/read-table.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { readNode } from "../zarr/node.ts";
import { readRegion } from "../zarr/region.ts";
import { placeCells } from "./cells.ts";
import { DEMO_WELLS, type DemoWell } from "./layout.ts";
import { demoState, makeDemo, type WellMaker } from "./make-demo.ts";
import { demoTruth } from "./truth.ts";
import { writeWell } from "./write-well.ts";

const emptyStore = () => new MemoryStore();

/** Wells without an image: what is tested with them is the plate. */
class BareWells implements WellMaker {
  readonly atOnce = 1;
  readonly made: string[] = [];
  before: (well: DemoWell) => void = () => {};
  async make(store: MemoryStore, well: DemoWell): Promise<void> {
    this.before(well);
    await createWell(store, well.path, 2, ["0"]);
    this.made.push(well.path);
  }
}

const paths = DEMO_WELLS.map(({ path }) => path);

describe("the plate", () => {
  test("lists all wells before the first is made, and is complete only after the last", async () => {
    const store = emptyStore();
    const maker = new BareWells();
    const progress: unknown[] = [];
    const seen: Promise<unknown>[] = [];
    maker.before = () => seen.push(openNode(store, ""), demoState(store));
    expect(await demoState(store)).toBe("absent");
    await makeDemo(store, { maker, onProgress: (news) => progress.push(news) });
    expect(await seen[0]).toMatchObject({
      kind: "plate",
      plate: { wells: paths.map((path) => ({ path })) },
    });
    expect(
      new Set((await Promise.all(seen)).slice(1).filter((s) => typeof s === "string")),
    ).toEqual(new Set(["partial"]));
    expect(await demoState(store)).toBe("complete");
    expect(maker.made).toEqual(paths);
    expect(progress).toEqual(paths.map((well, i) => ({ done: i + 1, total: 6, well })));
  });

  test("that was stopped is gone on with, well by well", async () => {
    const store = emptyStore();
    const stopped = new BareWells();
    const controller = new AbortController();
    stopped.before = (well) => {
      if (well.path === "B/05") controller.abort();
    };
    await expect(
      makeDemo(store, { maker: stopped, signal: controller.signal }),
    ).rejects.toMatchObject({ tag: "aborted" });
    expect(await demoState(store)).toBe("partial");
    const rest = new BareWells();
    await makeDemo(store, { maker: rest });
    expect([...stopped.made, ...rest.made]).toEqual(paths);
    expect(await demoState(store)).toBe("complete");
    const again = new BareWells();
    await makeDemo(store, { maker: again });
    expect(again.made).toEqual([]);
  });

  test("leaves alone what is no demo, and replaces a demo of another seed", async () => {
    const other = emptyStore();
    await createWell(other, "", 2, ["0"]);
    await expect(makeDemo(other, { maker: new BareWells() })).rejects.toMatchObject({
      tag: "conflict",
    });
    const store = emptyStore();
    await makeDemo(store, { maker: new BareWells() });
    const plate = await readNode(store, "");
    const text = JSON.stringify(plate?.attributes).replace(/"seed":\d+/, '"seed":1');
    await store.set("/.zattrs", new TextEncoder().encode(text));
    await store.set("/stale", new Uint8Array(1));
    expect(await demoState(store)).toBe("absent");
    const maker = new BareWells();
    await makeDemo(store, { maker });
    expect(maker.made).toEqual(paths);
    expect(await store.get("/stale")).toBeUndefined();
  });
});

describe("the first well", () => {
  const [well] = DEMO_WELLS as readonly [DemoWell];
  const store = emptyStore();
  let image: Image;
  const leftover = "/B/03/0/tables/FOV_ROI_table/half";
  beforeAll(async () => {
    await store.set(leftover, new Uint8Array(1));
    await writeWell(store, well);
    image = await openImage(store, "B/03/0");
  }, 60_000);

  test("is B/03, and opens with four levels and three channels", async () => {
    expect(well.path).toBe("B/03");
    expect(await openNode(store, "B/03")).toMatchObject({
      kind: "well",
      well: { images: [{ path: "0" }] },
    });
    expect(image.problems).toEqual([]);
    expect(image.levels.map(({ grid }) => grid.shape)).toEqual([
      [3, 1080, 1280],
      [3, 540, 640],
      [3, 270, 320],
      [3, 135, 160],
    ]);
    expect(image.channels.map(({ label }) => label)).toEqual(["DAPI", "Tubulin", "Lamin B1"]);
  });

  test("is free of what a making that was cut off left of its tables", async () => {
    expect(await store.get(leftover)).toBeUndefined();
  });

  test("has these pixels, and their means below", async () => {
    const reader = new ChunkReader();
    const dnaOf = (level: number, min: readonly number[], max: readonly number[]) => {
      const { array } = image.levels[level] ?? image.levels[0];
      return readRegion(reader, array, [0, 1, ...min], [1, 2, ...max]);
    };
    // The third field, its middle plane.
    const fine = await dnaOf(0, [540, 0], [1080, 640]);
    const at = (y: number, x: number) => Number(fine[y * 640 + x]);
    expect([at(0, 0), at(270, 320), at(539, 639), at(101, 57)]).toMatchInlineSnapshot(`
      [
        162,
        207,
        173,
        1088,
      ]
    `);
    let sum = 0;
    for (const value of fine) sum += Number(value);
    expect(sum).toMatchInlineSnapshot(`132033186`);
    const [coarse] = await dnaOf(1, [270, 0], [271, 1]);
    expect(coarse).toBe(Math.round((at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4));
  });

  test("knows its truth", async () => {
    const node = await readNode(store, "B/03/0");
    const truth = demoTruth(node?.attributes ?? {});
    const cells = placeCells(well.seed, well.condition);
    expect([...(truth ?? [])]).toEqual(
      [0, 1, 2, 3].map((fov) => [
        `FOV_${fov + 1}`,
        cells.filter((cell) => cell.fov === fov).length,
      ]),
    );
  });

  test("has tables that open, its fields covering it without a gap", async () => {
    const fovs = await readTable(store, "B/03/0/tables/FOV_ROI_table", 2);
    expect([...fovs.columns.keys()]).toEqual([
      "x_micrometer",
      "y_micrometer",
      "z_micrometer",
      "len_x_micrometer",
      "len_y_micrometer",
      "len_z_micrometer",
      "x_micrometer_original",
      "y_micrometer_original",
    ]);
    const { rois } = roisFromTable(fovs);
    const fields = idsOf(rois).map((id) => roiAt(rois, id));
    expect(fields.map((roi) => roi?.name)).toEqual(["FOV_1", "FOV_2", "FOV_3", "FOV_4"]);
    expect(fields[3]?.box).toEqual({
      space: "world",
      min: [0, 175.5, 208],
      max: [3, 351, 416],
    });
    const whole = await readTable(store, "B/03/0/tables/well_ROI_table", 2);
    expect(roiAt(roisFromTable(whole).rois, 0)).toMatchObject({
      name: "well_1",
      box: { max: [3, 351, 416] },
    });
  });
});
