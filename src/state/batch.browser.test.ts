/** A recipe over wells in a real folder, on real workers: what happens when leave to write is taken away in between. */
import { expect, test } from "vitest";
import { openImage } from "../ome/open-image.ts";
import { thresholdSegmentation } from "../tasks/kinds/threshold-segmentation.ts";
import { CHANNEL, makeNucleiPlate, TABLE } from "../testing/nuclei-plate.ts";
import { privateFolderPerTest } from "../testing/private-folder.ts";
import { testServices } from "../testing/services.ts";
import { openStore } from "../zarr/open-store.ts";
import { resumeWells, runOnWells, takeWellsBack } from "./batch.ts";
import { openFolder, openInside } from "./open.ts";
import { createSession } from "./session.ts";

const folder = privateFolderPerTest();
const WELLS = ["B/03", "B/04"] as const;

test("permission withdrawn in mid-run pauses it, naming the well; given again, it goes on", async () => {
  const plate = await folder().getDirectoryHandle("plate", { create: true });
  const store = openStore({ kind: "directory", handle: plate });
  await makeNucleiPlate(
    store,
    WELLS.map((path) => ({ path })),
  );
  let isAllowed = true;
  const services = testServices({
    permitted: async (_handle, mode) => mode === "read" || isAllowed,
    runFolder: async (name) => ({
      kind: "directory",
      handle: await folder().getDirectoryHandle(name, { create: true }),
    }),
  });
  const session = createSession(services);
  await openFolder(session, plate);
  const opened = session.opened.getState();
  if (opened.kind !== "open") throw new Error(`not open but ${JSON.stringify(opened)}`);
  await openInside(session, opened.place, "B/03");
  const leave = session.batch.subscribe(({ status }) => {
    if (status.kind === "running" && status.batch.wells[0]?.state === "done") isAllowed = false;
  });
  const recipe = {
    task: "threshold-segmentation",
    level: "0",
    t: 0,
    params: {
      ...thresholdSegmentation.defaults,
      channel: { mode: "label", identifier: CHANNEL },
    },
    outputName: "nuclei",
    roiTable: TABLE,
    rois: [],
  } as const;
  await runOnWells(session, recipe, WELLS);
  leave();
  expect(session.batch.getState().status).toMatchObject({
    kind: "paused",
    why: 'B04: The browser was not allowed to write to "plate". Nothing was written; allow it when asked, or in the settings of this page beside its address',
    batch: { wells: [{ state: "done" }, { state: "running" }] },
  });

  await resumeWells(session);
  expect(session.batch.getState().status).toMatchObject({ kind: "paused" });
  isAllowed = true;
  await resumeWells(session);
  expect(session.batch.getState().status).toMatchObject({
    kind: "ended",
    sentence: "288 nuclei in 8 FOVs of 2 wells; 18 chunks, each written once",
  });
  await takeWellsBack(session);
  for (const well of WELLS) expect((await openImage(store, `${well}/0`)).labels).toEqual([]);
});
