/** Tables that are started: empty, copied, or of what is kept; on disk once they are saved. */
import { beforeEach, expect, test } from "vitest";
import { addRoi, newRoi } from "../editor/commands.ts";
import { type Rois, roiAt } from "../roi/rois.ts";
import { labelOf } from "../table/feature-table.ts";
import { flatBox } from "../testing/roi-builder.ts";
import { messages, sourceOver, testServices } from "../testing/services.ts";
import { numbers, putMasks, putRois, smallImage } from "../testing/tables.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { startAbout, startCopy, startKept, startTable } from "./new-table.ts";
import { openSource } from "./open.ts";
import { openTable } from "./open-table.ts";
import { edit, saveText, select } from "./rois.ts";
import { saveRois } from "./save.ts";
import type { Services } from "./services.ts";
import { createSession, type Session } from "./session.ts";
import { mark } from "./triage.ts";

let store: MemoryStore;
let services: Services;
let session: Session;

beforeEach(async () => {
  store = new MemoryStore();
  await smallImage(store);
  services = testServices();
  session = createSession(services);
});

async function open(): Promise<void> {
  await openSource(session, sourceOver(store, services));
}

/** The table as someone who opens the data now sees it. */
async function reopened(table: string): Promise<Session> {
  const other = createSession(services);
  await openSource(other, sourceOver(new MemoryStore(store.spec), services), { table });
  return other;
}

const rois = (tab: Session = session): Rois => tab.rois.getState().document.rois;
const namesIn = (tab: Session) => [...rois(tab).base.names];
const draw = (at: readonly [number, number, number, number] = [40, 40, 50, 50]): void =>
  edit(session, addRoi(rois(), newRoi(rois(), flatBox(at))));

test("is listed once it is saved, and gone where it never was", async () => {
  await putRois(store, "FOV_ROI_table");
  await open();
  startTable(session);
  expect(session.rois.getState()).toMatchObject({ tableName: "ROI_table" });
  expect(session.rois.getState().names).toEqual(["FOV_ROI_table", "ROI_table"]);
  startTable(session);
  expect(session.rois.getState().names).toEqual(["FOV_ROI_table", "ROI_table"]);
  await openTable(session, "FOV_ROI_table");
  expect(session.rois.getState().names).toEqual(["FOV_ROI_table"]);

  startTable(session);
  draw();
  await saveRois(session);
  draw();
  await saveRois(session);
  const other = await reopened("ROI_table");
  expect(other.rois.getState().names).toEqual(["FOV_ROI_table", "ROI_table"]);
  expect(namesIn(other)).toEqual(["roi", "roi_2"]);
});

test("tells of an ROI outside the image, as any table does", async () => {
  await open();
  startTable(session);
  draw([200, 200, 210, 210]);
  expect([...session.rois.getState().problems.values()].map(({ kind }) => kind)).toEqual([
    "outside",
  ]);
});

test("copied from a masking table has names that ngio keeps as names", async () => {
  await putMasks(store, "nuclei_ROI_table");
  await open();
  startCopy(session);
  expect(saveText(session.rois.getState())).toBe("2 changes not saved");
  expect(session.rois.getState()).toMatchObject({ masking: false, offersCopy: undefined });
  await saveRois(session);
  const other = await reopened("nuclei_ROI_table_copy");
  expect(namesIn(other)).toEqual(["ROI_3", "ROI_7"]);
  expect([...(other.rois.getState().table?.columns.keys() ?? [])]).not.toContain("label");
  expect(roiAt(rois(other), 1)?.box).toEqual(flatBox([7, 0, 12, 5]));
});

test("of what is kept of a masking table is one of the same label", async () => {
  await putMasks(store, "nuclei_ROI_table");
  await open();
  select(session, new Set([1]));
  mark(session, "keep");
  startKept(session);
  expect(session.rois.getState()).toMatchObject({ masking: true, onDisk: undefined });
  await saveRois(session);
  const other = await reopened("nuclei_ROI_table_kept");
  const { table, masking } = other.rois.getState();
  expect([masking, table && labelOf(table), namesIn(other)]).toEqual([true, "nuclei", ["7"]]);
  expect(roiAt(rois(other), 0)).toMatchObject({ label: 7, box: flatBox([7, 0, 12, 5]) });
  expect(table?.columns.get("triage")?.values).toEqual(["keep"]);
});

test("copied for another label is about its objects, with all ROIs and their values", async () => {
  await putMasks(store, "nuclei_ROI_table", { region: "gone" });
  await open();
  select(session, new Set([1]));
  mark(session, "keep");
  startAbout(session, "cells");
  expect(session.rois.getState()).toMatchObject({ masking: true, onDisk: undefined });
  await saveRois(session);
  const other = await reopened("nuclei_ROI_table_cells");
  const { table, masking } = other.rois.getState();
  expect([masking, table && labelOf(table), namesIn(other)]).toEqual([true, "cells", ["3", "7"]]);
  expect(roiAt(rois(other), 1)).toMatchObject({ label: 7, box: flatBox([7, 0, 12, 5]) });
  expect(table?.columns.get("triage")?.values).toEqual([undefined, "keep"]);
});

test("copied is checked like any edit", async () => {
  const columns = { len_x_micrometer: numbers([10, -1]) };
  await putRois(store, "FOV_ROI_table", { columns });
  await open();
  startCopy(session);
  await saveRois(session);
  expect(messages(session).at(-1)).toBe('Not saved: "FOV_2" has a negative length along x');
});
