/** A recipe over wells of a plate, run whole in Node: what each well gets, and how it is taken back. */
import { beforeEach, expect, test, vi } from "vitest";
import { Fault } from "../base/fault.ts";
import { worldBox } from "../geometry/box.ts";
import { BatchPage, placeIn, recipe, WELLS } from "../testing/batch-page.ts";
import { nucleiPerField } from "../testing/nuclei.ts";
import { CHANNEL, makeNucleiPlate, TABLE } from "../testing/nuclei-plate.ts";
import { runsHere } from "../testing/run-here.ts";
import { messages, sourceOver, testServices } from "../testing/services.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { replaceInWells, retryWells, runOnWells, takeWellsBack } from "./batch.ts";
import { fitRecipe } from "./fit-recipe.ts";
import { openInside, openSource } from "./open.ts";
import { runRecipe } from "./run.ts";
import { createSession } from "./session.ts";

vi.setConfig({ testTimeout: 60_000 });

let page: BatchPage;

beforeEach(() => {
  page = new BatchPage();
});

test("each well gets what a run of its own would make, and all are taken back together", async () => {
  await makeNucleiPlate(
    page.store,
    WELLS.map((path) => ({ path })),
  );
  await page.open();
  const before = new Map(page.entries);
  await runOnWells(page.session, recipe, WELLS);
  expect(page.ended().sentence).toBe(
    "432 nuclei in 12 FOVs of 3 wells; 27 chunks, each written once",
  );
  expect(page.wells()).toEqual(["B03 done", "B04 done", "C03 done"]);
  expect(Array.from(page.ended().rois.values(), (rois) => rois.map(({ note }) => note))).toEqual(
    WELLS.map(() => Array(4).fill(`${nucleiPerField} found`)),
  );
  expect(page.session.view.getState()).toMatchObject({
    labels: ["nuclei"],
    labelViews: [{ visible: true }],
  });
  expect(page.session.run.getState().undoable).toBe("nuclei");

  // The same well on its own, in another browser.
  const alone = new MemoryStore({ kind: "memory", entries: new Map(before) });
  const other = createSession(testServices(runsHere()));
  await openSource(other, sourceOver(alone, other.services));
  await openInside(other, placeIn(other), "B/04");
  const { image } = placeIn(other);
  if (image) await runRecipe(other, await fitRecipe(recipe, image), false);
  const chunks = (from: ReadonlyMap<string, unknown>) =>
    [...from].filter(([key]) => key.startsWith("/B/04/0/labels/nuclei/0/"));
  expect(chunks(alone.spec.entries)).toHaveLength(11);
  expect(chunks(page.entries)).toEqual(chunks(alone.spec.entries));

  await openInside(page.session, page.place(), "C/03");
  expect(page.session.view.getState()).toMatchObject({
    labels: ["nuclei"],
    labelViews: [{ visible: true }],
  });
  await takeWellsBack(page.session);
  expect(page.status()).toEqual({ kind: "idle" });
  expect(page.session.view.getState()).toMatchObject({ labels: [], labelViews: [] });
  expect(page.session.run.getState().undoable).toBeUndefined();
  expect(new Map(page.entries)).toEqual(before);
  expect(messages(page.session)).toEqual([]);
});

test("wells that lack the table, the channel or the image are listed and passed over; one that fails ends nothing", async () => {
  await makeNucleiPlate(page.store, [
    { path: "B/03" },
    { path: "B/04", lacks: "table" },
    { path: "B/05", lacks: "channel" },
    { path: "B/06", lacks: "image" },
    { path: "B/07", lacks: "pixels" },
    { path: "B/08" },
  ]);
  await page.open();
  await runOnWells(page.session, recipe, ["B/03", "B/04", "B/05", "B/06", "B/07", "B/08"]);
  expect(page.wells()).toEqual([
    "B03 done",
    "B04 skipped",
    "B05 skipped",
    "B06 skipped",
    "B07 done",
    "B08 done",
  ]);
  const [, noTable, noChannel, noImage, noPixels] = page.ended().batch.wells;
  expect(noTable?.why).toBe(`The image has no ROI table "${TABLE}"`);
  expect(noChannel?.why).toContain(`no channel labelled "${CHANNEL}"; it has "other"`);
  expect(noImage?.why).toContain("B/06/0");
  expect(noPixels?.failures).toEqual([
    { id: 0, name: "FOV_1", note: expect.stringContaining("B/07/0/0/0/0/0") },
  ]);
  expect(page.ended().sentence).toBe(
    "396 nuclei in 11 FOVs of 3 wells; 26 chunks, each written once; 1 failed; 3 wells skipped",
  );

  // What was missing is put right: one press tries all of it again.
  const whole = new MemoryStore();
  await makeNucleiPlate(whole, [{ path: "B/05" }, { path: "B/07" }]);
  for (const [key, bytes] of whole.spec.entries)
    if (key.includes("/0/")) page.entries.set(key, bytes);
  await retryWells(page.session);
  expect(page.wells()).toEqual([
    "B03 done",
    "B04 skipped",
    "B05 done",
    "B06 skipped",
    "B07 done",
    "B08 done",
  ]);
  expect(page.ended().batch.wells[4]?.failures).toEqual([]);
  expect(Math.max(...(await page.pixelsIn("B/07")))).toBe(144);
});

test("where the whole image of a well fails, the others are done", async () => {
  await makeNucleiPlate(
    page.store,
    WELLS.map((path) => ({ path })),
  );
  await page.open();
  page.entries.refuse = (key) =>
    key.startsWith("/B/04/0/labels/nuclei/0/0/")
      ? new Fault("conflict", `${key} cannot be changed`, { where: key })
      : undefined;
  await runOnWells(page.session, recipe, WELLS);
  expect(page.wells()).toEqual(["B03 done", "B04 failed", "C03 done"]);
  expect(page.ended().batch.wells[1]?.why).toContain("cannot be changed");
  page.entries.refuse = () => undefined;
  await retryWells(page.session);
  expect(page.wells()).toEqual(["B03 done", "B04 done", "C03 done"]);
  expect(await page.pixelsIn("B/04")).toEqual(await page.pixelsIn("B/03"));
});

test("a well that has such a label is left as it is until replacing is allowed; Undo puts it back", async () => {
  await makeNucleiPlate(
    page.store,
    WELLS.map((path) => ({ path })),
  );
  await page.open();
  await runOnWells(page.session, { ...recipe, params: { ...recipe.params, minimumSize: 1e6 } }, [
    "B/04",
  ]);
  const before = new Map(page.entries);
  await runOnWells(page.session, recipe, WELLS);
  expect(page.wells()).toEqual(["B03 done", "B04 taken", "C03 done"]);
  expect(page.ended().sentence).toContain("; 1 well left as before");
  expect(Math.max(...(await page.pixelsIn("B/04")))).toBe(0);
  await replaceInWells(page.session);
  expect(page.wells()).toEqual(["B03 done", "B04 done", "C03 done"]);
  expect(Math.max(...(await page.pixelsIn("B/04")))).toBe(144);
  await takeWellsBack(page.session);
  expect(new Map(page.entries)).toEqual(before);
});

test("a well that was run again by itself since is left out when all are taken back", async () => {
  await makeNucleiPlate(
    page.store,
    WELLS.map((path) => ({ path })),
  );
  await page.open();
  await runOnWells(page.session, recipe, WELLS);
  const rois = [{ id: 0, name: "all", box: worldBox([0, 0, 0], [1, 150, 150]) }];
  await runRecipe(page.session, { ...recipe, rois }, true);
  const own = await page.pixelsIn("B/03");
  await takeWellsBack(page.session);
  expect(await page.labelled()).toEqual([["nuclei"], [], []]);
  expect(await page.pixelsIn("B/03")).toEqual(own);
  expect(Math.max(...own)).toBe(nucleiPerField);
});
