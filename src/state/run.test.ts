/** What runs of each kind of output leave on the screen, and what is left when they are taken back. */
import { beforeEach, expect, test, vi } from "vitest";
import { Fault } from "../base/fault.ts";
import { openImage } from "../ome/open-image.ts";
import { illuminationCorrection } from "../tasks/kinds/illumination-correction.ts";
import { measureFeatures } from "../tasks/kinds/measure-features.ts";
import { thresholdSegmentation } from "../tasks/kinds/threshold-segmentation.ts";
import type { Recipe } from "../tasks/recipe.ts";
import { CHANNEL, makeNucleiPlate, TABLE } from "../testing/nuclei-plate.ts";
import { runsHere } from "../testing/run-here.ts";
import { messages, sourceOver, testServices } from "../testing/services.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { readWhole } from "../zarr/read-whole.ts";
import { fitRecipe } from "./fit-recipe.ts";
import { openBeside, openInside, openSource } from "./open.ts";
import { openTable } from "./open-table.ts";
import { runRecipe, takeRunBack } from "./run.ts";
import type { Services } from "./services.ts";
import { createSession, type Session } from "./session.ts";
import type { Place } from "./source.ts";

vi.setConfig({ testTimeout: 60_000 });

const channel = { mode: "label", identifier: CHANNEL } as const;
const onFovs = { level: "0", t: 0, roiTable: TABLE, rois: [] };

const labelling: Recipe = {
  ...onFovs,
  task: "threshold-segmentation",
  params: { ...thresholdSegmentation.defaults, channel, splitDistance: 0, maskingTable: true },
  outputName: "nuclei",
};
const measuring: Recipe = {
  ...onFovs,
  task: "measure-features",
  params: { ...measureFeatures.defaults, label: "nuclei", shape: "none" },
  outputName: "features",
};
const correcting: Recipe<"illumination-correction"> = {
  ...onFovs,
  task: "illumination-correction",
  params: {
    ...illuminationCorrection.defaults,
    profiles: [{ channel, flat: { kind: "estimated" }, background: 0 }],
  },
  outputName: "0_illum_corr",
};

let store: MemoryStore;
let services: Services;
let session: Session;

beforeEach(async () => {
  store = new MemoryStore();
  await makeNucleiPlate(store, [{ path: "B/03" }]);
  services = testServices(runsHere());
  session = createSession(services);
  await openSource(session, sourceOver(store, services));
  await openInside(session, placeOf(), "B/03");
});

function placeOf(): Place {
  const opened = session.opened.getState();
  if (opened.kind !== "open") throw new Error(`not open but ${JSON.stringify(opened)}`);
  return opened.place;
}

async function run(recipe: Recipe, replace = false): Promise<void> {
  const image = await openImage(store, "B/03/0");
  await runRecipe(session, await fitRecipe(recipe, image), replace);
}

const status = () => session.run.getState().status;
const sentenceNow = () => ("sentence" in status() ? status() : undefined);
const tables = () => session.rois.getState().names;

test("objects that were labelled can be measured at once, and their features are joined", async () => {
  await run(labelling);
  expect(tables()).toEqual([TABLE, "nuclei_masking_ROI_table"]);
  await run(measuring);
  expect(sentenceNow()).toMatchObject({
    kind: "done",
    sentence: "144 objects measured in 4 FOVs",
    rois: Array.from({ length: 4 }, () => ({ state: "done", note: "36 measured" })),
    image: undefined,
  });
  const { names, chosen } = session.features.getState();
  expect([names, chosen?.name, chosen?.rows.labels.length]).toEqual([
    ["features"],
    "features",
    144,
  ]);
  expect(tables()).toEqual([TABLE, "nuclei_masking_ROI_table"]);
  expect(session.run.getState().undoable).toBe("features");

  await run(measuring);
  expect(status()).toMatchObject({ kind: "taken", free: "features_2" });
  await takeRunBack(session);
  expect(session.features.getState()).toMatchObject({
    names: [],
    tables: new Map(),
    chosen: undefined,
  });
  expect(session.view.getState()).toMatchObject({
    labels: ["nuclei"],
    labelViews: [{ visible: true }],
  });
});

test("a masking table that is open is closed when the run that made it is taken back", async () => {
  await run(labelling);
  await openTable(session, "nuclei_masking_ROI_table");
  expect(session.rois.getState()).toMatchObject({ masking: true, loading: false });
  await takeRunBack(session);
  expect(session.rois.getState()).toMatchObject({ names: [TABLE], tableName: TABLE });
  expect(session.view.getState()).toMatchObject({ labels: [], labelViews: [] });
});

test("an image that was made is on offer, opens beside the old one, and is gone when taken back", async () => {
  const before = new Map(store.spec.entries);
  await run(correcting);
  const image = { name: "0_illum_corr", path: "B/03/0_illum_corr" };
  expect(status()).toMatchObject({
    kind: "done",
    sentence: expect.stringMatching(/^4 FOVs corrected; 9 chunks, each written once$/),
    image,
  });
  await openBeside(session, image.path);
  expect(placeOf().image?.path).toBe(image.path);
  expect(placeOf().well?.images.map(({ path }) => path)).toEqual(["0", "0_illum_corr"]);

  await openBeside(session, "B/03/0");
  await run(correcting);
  expect(status()).toMatchObject({ kind: "taken", free: "0_illum_corr_2" });
  await takeRunBack(session);
  expect(new Map(store.spec.entries)).toEqual(before);
  expect(messages(session)).toEqual([]);
});

test("pixels that are replaced in place are read anew, and so are those that are put back", async () => {
  const { source, image } = placeOf();
  const array = image?.levels[0].array;
  if (!array) throw new Error("There is no image");
  const shown = async () => [...((await source.reader.read(array, [0, 0, 0]))?.data ?? [])];
  const stored = async () => {
    const { data } = await readWhole(array, {});
    return [...data.slice(0, 128)];
  };
  const before = await shown();
  await run({ ...correcting, params: { ...correcting.params, inPlace: true } });
  expect(status()).toMatchObject({ kind: "done", image: undefined });
  const after = await shown();
  expect(after).not.toEqual(before);
  expect(after.slice(0, 128)).toEqual(await stored());
  await takeRunBack(session);
  expect(await shown()).toEqual(before);
});

test("where the browser cannot keep a run, it fails with the cause and can be begun again", async () => {
  const fault = new Fault("quota", "The browser's private file system cannot be used");
  const { runFolder } = services;
  let isGone = true;
  const folderOf = (name: string) => (isGone ? Promise.reject(fault) : runFolder(name));
  session = createSession({ ...services, runFolder: folderOf });
  await openSource(session, sourceOver(store, services));
  await openInside(session, placeOf(), "B/03");
  await run(labelling);
  expect(status()).toEqual({ kind: "failed", sentence: fault.message });
  isGone = false;
  await run(labelling);
  expect(status().kind).toBe("done");
});
