/** A masking table beside the objects that its label has now. */
import { beforeEach, expect, test } from "vitest";
import { createLabel, labelLevels } from "../ome/create-label.ts";
import type { Image } from "../ome/multiscale.ts";
import { nameAt } from "../roi/rois.ts";
import { messages, sourceOver, testSession } from "../testing/services.ts";
import { putMasks, putRois, smallImage } from "../testing/tables.ts";
import { writePixels } from "../testing/write-pixels.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { comparedObjects } from "./compare-objects.ts";
import { deleteSelected } from "./delete-rois.ts";
import { openSource } from "./open.ts";
import { openTable } from "./open-table.ts";
import { select } from "./rois.ts";
import type { Session } from "./session.ts";

let session: Session;
let store: MemoryStore;
let image: Image;

beforeEach(async () => {
  session = testSession();
  store = new MemoryStore({ kind: "memory", entries: new Map() });
  image = await smallImage(store);
  await putMasks(store, "nuclei_ROI_table");
});

async function openedBeside(...objects: readonly number[]): Promise<void> {
  const levels = labelLevels(image.axes, image.levels[0]);
  const made = await createLabel(image, { name: "nuclei", levels, dtype: "uint32" });
  const { array } = made.levels[0];
  const [height = 0, width = 0] = array.shape;
  const pixels = new Uint32Array(height * width);
  for (const [i, object] of objects.entries()) pixels[20 * i] = object;
  await writePixels(array, pixels);
  await openSource(session, sourceOver(store, session.services), { table: "nuclei_ROI_table" });
}

const selected = () => {
  const { rois, selection } = session.rois.getState().document;
  return [...selection].map((id) => nameAt(rois, id));
};

test("what has gone is selected, and both are counted", async () => {
  await openedBeside(3, 8, 9);
  await comparedObjects(session, "nuclei", {});
  expect(selected()).toEqual(["7"]);
  expect(messages(session)).toEqual([
    '1 ROI has no object in "nuclei"; selected. 2 objects have no ROI',
  ]);
});

test("where all fit, nothing is selected; of an ROI that was deleted the object is left", async () => {
  await openedBeside(3, 7);
  await comparedObjects(session, "nuclei", {});
  expect([selected(), messages(session)]).toEqual([
    [],
    ['Each ROI has its object in "nuclei", and each object its ROI'],
  ]);
  select(session, new Set([0]));
  deleteSelected(session);
  await comparedObjects(session, "nuclei", {});
  expect(messages(session).at(-1)).toBe("1 object has no ROI");
});

test("another table that was opened meanwhile is left alone", async () => {
  await putRois(store, "FOV_ROI_table");
  await openedBeside(8);
  const comparing = comparedObjects(session, "nuclei", {});
  await openTable(session, "FOV_ROI_table");
  await comparing;
  expect([selected(), messages(session)]).toEqual([[], []]);
});
