/** Objects and their ROIs: found by label, ringed, picked. */
import { beforeEach, expect, test } from "vitest";
import { makeImage } from "../testing/make-image.ts";
import { sourceOver, testServices, testSession } from "../testing/services.ts";
import { putMasks } from "../testing/tables.ts";
import { addLabel } from "../testing/write-pixels.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import {
  changeLabel,
  drawnLabels,
  keepLabelLooks,
  moveLabel,
  setLabels,
  topLabel,
} from "./labels.ts";
import { pick, roiOfObject, selectedObjects } from "./objects.ts";
import { openSource } from "./open.ts";
import { select } from "./rois.ts";
import type { Session } from "./session.ts";

let store: MemoryStore;
let session: Session;
beforeEach(async () => {
  store = new MemoryStore({ kind: "memory", entries: new Map() });
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

test("how labels are drawn, and in which order, is kept with the source", async () => {
  const services = testServices();
  const names = ["nuclei", "cells"];
  const there = testSession(services);
  keepLabelLooks(there);
  await openSource(there, sourceOver(store, services));
  setLabels(there.view, names);
  expect(drawnLabels(there.view.getState())).toEqual([]);
  changeLabel(there, "cells", { visible: true, style: "both", width: 3 });
  changeLabel(there, "nuclei", {
    visible: true,
    color: { table: "f", column: "area", ends: [1, 2] },
  });
  moveLabel(there, "nuclei", 1);
  expect(topLabel(there.view.getState())).toBe("nuclei");
  const seen = there.view.getState().labelViews;
  expect(seen.map(({ name }) => name)).toEqual(["cells", "nuclei"]);

  for (const name of names)
    await makeImage(store, { axes: ["y", "x"], shape: [9, 9], chunks: [9, 9] }).then((image) =>
      addLabel(image, {
        name,
        axes: ["y", "x"],
        shape: [9, 9],
        scale: [1, 1],
        dtype: "uint8",
        data: new Uint8Array(81),
      }),
    );
  const again = testSession(services);
  keepLabelLooks(again);
  await openSource(again, sourceOver(store, services));
  expect(again.view.getState().labelViews).toEqual(seen);
});
