/** ROIs made from data: pasted, from a microscope, from a label; and what is refused leaves everything as it was. */
import { beforeEach, expect, test } from "vitest";
import { worldBox } from "../geometry/box.ts";
import { createLabel, labelLevels } from "../ome/create-label.ts";
import type { Image } from "../ome/multiscale.ts";
import { idsOf, roiAt } from "../roi/rois.ts";
import { cellOf } from "../roi/values.ts";
import { messages, sourceOver, testSession } from "../testing/services.ts";
import { numbers, putMasks, putRois, smallImage } from "../testing/tables.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { ChunkAccumulator } from "../zarr/chunk-accumulator.ts";
import { foundFovs, foundObjects, pasteText } from "./create-rois.ts";
import { openSource } from "./open.ts";
import { canUndo, undo } from "./rois.ts";
import type { Session } from "./session.ts";

let session: Session;
let store: WatchedStore;
let image: Image;

beforeEach(async () => {
  session = testSession();
  store = new WatchedStore();
  image = await smallImage(store);
});

const state = () => session.rois.getState();
const rois = () => state().document.rois;
const names = () => idsOf(rois()).map((id) => roiAt(rois(), id)?.name);

async function opened(table: string): Promise<void> {
  await openSource(session, sourceOver(store, session.services), { table });
}

test("what is pasted is one step, selected, and what lies outside is told", async () => {
  await putRois(store, "FOV_ROI_table");
  await opened("FOV_ROI_table");
  const before = names();
  await pasteText(session, `name,x,y,width,height\n${before[0]},0,0,2,2\nfar,1e6,0,2,2`);
  expect(names()).toEqual([...before, `${before[0]}-2`]);
  expect([...state().document.selection]).toEqual([before.length]);
  expect(messages(session).join()).toMatch(
    /^1 of 2 ROIs lies outside this image, which is .* was left out$/,
  );
  undo(session);
  expect(names()).toEqual(before);
});

test("nonsense and ROIs of another image change nothing", async () => {
  await putRois(store, "FOV_ROI_table");
  await opened("FOV_ROI_table");
  const before = state();
  await expect(pasteText(session, "hello")).rejects.toThrow("No column says");
  await expect(pasteText(session, "a,1e6,0,2,2")).rejects.toThrow(
    "The ROI does not lie in this image",
  );
  expect(state()).toBe(before);
});

test("values that the table cannot hold are left out, and told", async () => {
  await putRois(store, "FOV_ROI_table", { columns: { area: numbers([1, 2]) } });
  await opened("FOV_ROI_table");
  const header = "name,x,y,width,height,area,note,a,b,c,d";
  await pasteText(session, `${header}\nn,0,0,2,2,3,,1,,,\nm,0,0,2,2,big,,,1,1,1`);
  expect(messages(session)).toEqual([
    'The table cannot hold the values of "a", "area", "b", "c" and 1 more: they were left out',
  ]);
  const { table, document } = state();
  expect(table && [2, 3].map((id) => cellOf(table, document.rois, id, "area"))).toEqual([
    3,
    undefined,
  ]);
});

test("nothing is pasted among the rows of a masking table: a copy is on offer", async () => {
  await putMasks(store, "masks");
  await opened("masks");
  await pasteText(session, "a,0,0,2,2");
  expect(state().offersCopy).toBe("add");
  expect(canUndo(state())).toBeUndefined();
});

const mrf = {
  name: "a.mrf",
  text: '<MeasurementDetail RowCount="8" ColumnCount="12"><MeasurementChannel HorizontalPixelDimension="1" VerticalPixelDimension="1" HorizontalPixels="2" VerticalPixels="2"/></MeasurementDetail>',
};
const record = (row: number, field: number, x: number): string =>
  `<MeasurementRecord Type="IMG" Row="${row}" Column="3" FieldIndex="${field}" X="${x}" Y="0" Z="0"/>`;
const mlf = (...records: readonly string[]) => ({
  name: "a.mlf",
  text: `<MeasurementData>${records.join("")}</MeasurementData>`,
});

test("the FOVs of a microscope's metadata are a new table with where they were on the stage", async () => {
  await opened("none");
  await foundFovs(session, [mlf(record(2, 1, 5), record(2, 2, 7)), mrf]);
  expect(names()).toEqual(["FOV_1", "FOV_2"]);
  expect(state()).toMatchObject({ tableName: "FOV_ROI_table", onDisk: undefined, masking: false });
  expect(roiAt(rois(), 1)?.cells?.get("x_micrometer_original")).toBe(7);
  // Seen, sorted and coloured by before it is saved.
  expect(state().table?.columns.get("y_micrometer_original")).toMatchObject({ kind: "number" });
});

test("metadata of several wells is refused for an image that is in none", async () => {
  await opened("none");
  const before = state();
  await expect(foundFovs(session, [mlf(record(1, 1, 5), record(2, 1, 7)), mrf])).rejects.toThrow(
    "The metadata is about A03, B03, and this image is in no well",
  );
  expect(state()).toBe(before);
});

async function putLabel(): Promise<void> {
  const levels = labelLevels(image.axes, image.levels[0]);
  const { array } = (await createLabel(image, { name: "cells", levels, dtype: "uint32" }))
    .levels[0];
  const spec = { array, touches: () => 1, merge: "overwrite", existing: "fill" } as const;
  const writer = new ChunkAccumulator(spec);
  await writer.put({ min: [48, 10], shape: [4, 1], data: Uint32Array.of(9, 9, 9, 4) });
  await writer.finish();
}

test("the objects of a label are a new masking table, found chunk by chunk", async () => {
  await putLabel();
  await opened("none");
  const told: string[] = [];
  const onProgress = (done: number, of: number): void => void told.push(`${done}/${of}`);
  await foundObjects(session, "cells", { onProgress });
  expect(told).toEqual(["1/4", "2/4", "3/4", "4/4"]);
  expect(names()).toEqual(["4", "9"]);
  expect(state()).toMatchObject({ tableName: "cells_ROI_table", onDisk: undefined, masking: true });
  expect(roiAt(rois(), 1)).toMatchObject({ label: 9, box: worldBox([0, 48, 10], [1, 51, 11]) });
});

test("a search that is cancelled leaves the table that was open", async () => {
  await putLabel();
  await opened("none");
  const before = state();
  const controller = new AbortController();
  const onProgress = (): void => controller.abort();
  await expect(
    foundObjects(session, "cells", { signal: controller.signal, onProgress }),
  ).rejects.toThrow();
  expect(state()).toBe(before);
});
