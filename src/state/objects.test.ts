/** Objects and their ROIs: found by label, ringed, picked. */
import { beforeEach, expect, test } from "vitest";
import { makeImage } from "../testing/make-image.ts";
import { sourceOver, testServices, testSession } from "../testing/services.ts";
import { putMasks } from "../testing/tables.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { pick, roiOfObject, selectedObjects } from "./objects.ts";
import { openSource } from "./open.ts";
import { openTable } from "./open-table.ts";
import { select } from "./rois.ts";
import type { Session } from "./session.ts";

let store: MemoryStore;
let session: Session;
beforeEach(async () => {
  store = new MemoryStore();
  await makeImage(store, { axes: ["y", "x"], shape: [100, 100], chunks: [100, 100] });
  await putMasks(store, "nuclei_ROI_table");
  session = testSession();
  await openSource(session, sourceOver(store, testServices()));
});

test("an object is the ROI of its number, in the masking table of its own label", () => {
  expect(session.rois.getState().masking).toBe(true);
  expect(roiOfObject(session, { label: "nuclei", id: 7 })).toBe(1);
  expect(roiOfObject(session, { label: "nuclei", id: 8 })).toBeUndefined();
  expect(roiOfObject(session, { label: "cells", id: 7 })).toBeUndefined();
});

test("beyond 2^53, where a number stands for its neighbours too, no object is taken for another", async () => {
  const [even, odd] = [2n ** 60n, 2n ** 60n + 1n];
  await putMasks(store, "huge_ROI_table", { labels: [Number(even)], region: "huge" });
  session = testSession();
  await openSource(session, sourceOver(store, testServices()));
  await openTable(session, "huge_ROI_table");
  for (const id of [even, odd]) expect(roiOfObject(session, { label: "huge", id })).toBeUndefined();
  select(session, new Set([0]));
  expect(selectedObjects(session)).toEqual([]);
});

test("the object of the selected ROI is ringed, and one that was picked in another label", () => {
  const cell = { label: "cells", id: 2n ** 60n };
  expect(selectedObjects(session)).toEqual([]);
  pick(session, [cell]);
  expect(selectedObjects(session)).toEqual([cell]);
  select(session, new Set([0]));
  expect(selectedObjects(session)).toEqual([{ label: "nuclei", id: 3 }, cell]);
  pick(session, [{ label: "nuclei", id: 7 }, cell]);
  expect(session.view.getState().picked).toBeUndefined();
  pick(session, [cell]);
  pick(session, []);
  expect(session.view.getState().picked).toBeUndefined();
});
