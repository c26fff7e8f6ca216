/** A recipe over wells of a plate, run whole in Node: what each well gets, what stops it, and what brings it back. */
import { beforeEach, expect, test, vi } from "vitest";
import { Fault } from "../base/fault.ts";
import { worldBox } from "../geometry/box.ts";
import { openLabel } from "../ome/labels.ts";
import { openImage } from "../ome/open-image.ts";
import type { RunEvent } from "../tasks/events.ts";
import { thresholdSegmentation } from "../tasks/kinds/threshold-segmentation.ts";
import type { Recipe } from "../tasks/recipe.ts";
import { nucleiPerField } from "../testing/nuclei.ts";
import { CHANNEL, makeNucleiPlate, TABLE } from "../testing/nuclei-plate.ts";
import { runsHere } from "../testing/run-here.ts";
import { messages, sourceOver, testServices } from "../testing/services.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { readWhole } from "../zarr/read-whole.ts";
import { replaceInWells, resumeWells, retryWells, runOnWells, takeWellsBack } from "./batch.ts";
import { planWells, type WellsPlan } from "./batch-plan.ts";
import type { BatchStatus } from "./batch-state.ts";
import { fitRecipe } from "./fit-recipe.ts";
import { openInside, openSource } from "./open.ts";
import { runRecipe } from "./run.ts";
import type { Services } from "./services.ts";
import { createSession, type Session } from "./session.ts";
import type { Place } from "./source.ts";

/** Entries that can be made to refuse to be written, as a full disk does. */
class Entries extends Map<string, Uint8Array<ArrayBuffer>> {
  /** What is thrown where a key is to be written. */
  refuse: (key: string) => Fault | undefined = () => undefined;

  override set(key: string, bytes: Uint8Array<ArrayBuffer>): this {
    // Called by Map's own constructor before the field is there.
    const fault = this.refuse?.(key);
    if (fault) throw fault;
    return super.set(key, bytes);
  }
}

vi.setConfig({ testTimeout: 60_000 });

const WELLS = ["B/03", "B/04", "C/03"] as const;

const recipe: Recipe = {
  task: "threshold-segmentation",
  level: "0",
  t: 0,
  params: {
    ...thresholdSegmentation.defaults,
    splitDistance: 0,
    channel: { mode: "label", identifier: CHANNEL },
  },
  outputName: "nuclei",
  roiTable: TABLE,
  rois: [],
};

let entries: Entries;
let store: MemoryStore;
let services: Services;
let session: Session;
/** Called at each news of a run, after the session was told. */
let onEvent: (path: string, event: RunEvent) => void;
/** The jobs in their order: "B/03/0 run". */
let started: string[];

beforeEach(() => {
  entries = new Entries();
  store = new MemoryStore({ kind: "memory", entries });
  onEvent = () => undefined;
  const here = runsHere((path, event) => onEvent(path, event));
  started = [];
  services = testServices({
    ...here,
    startRun: (job, options) => {
      started.push(`${job.path} ${job.kind ?? "run"}`);
      return here.startRun(job, options);
    },
  });
});

/** A page, new or after a reload, with the first well open. */
async function openPage(): Promise<void> {
  session = createSession(services);
  await openSource(session, sourceOver(store, services));
  await openInside(session, placeOf(), "B/03");
}

function placeOf(of = session): Place {
  const opened = of.opened.getState();
  if (opened.kind !== "open") throw new Error(`not open but ${JSON.stringify(opened)}`);
  return opened.place;
}

const status = (): BatchStatus => session.batch.getState().status;

function ended(): Extract<BatchStatus, { kind: "ended" }> {
  const now = status();
  if (now.kind !== "ended") throw new Error(`not ended but ${JSON.stringify(now)}`);
  return now;
}

/** "B03 done", "B04 skipped". */
function wells(): readonly string[] {
  const now = status();
  if (!("batch" in now)) return [];
  return now.batch.wells.map(({ name, state }) => `${name} ${state}`);
}

async function labelsIn(well: string): Promise<readonly string[]> {
  return (await openImage(store, `${well}/0`)).labels;
}

async function pixelsIn(well: string): Promise<readonly number[]> {
  const label = await openLabel(await openImage(store, `${well}/0`), "nuclei");
  return Array.from((await readWhole(label.levels[0].array, {})).data, Number);
}

const labelled = () => Promise.all(WELLS.map(labelsIn));

test("each well gets what a run of its own would make, and all are taken back together", async () => {
  await makeNucleiPlate(
    store,
    WELLS.map((path) => ({ path })),
  );
  await openPage();
  const before = new Map(entries);
  await runOnWells(session, recipe, WELLS);
  expect(ended().sentence).toBe("432 nuclei in 12 FOVs of 3 wells; 27 chunks, each written once");
  expect(wells()).toEqual(["B03 done", "B04 done", "C03 done"]);
  expect(Array.from(ended().rois.values(), (rois) => rois.map(({ note }) => note))).toEqual(
    WELLS.map(() => Array(4).fill(`${nucleiPerField} found`)),
  );
  expect(session.view.getState()).toMatchObject({
    labels: ["nuclei"],
    labelViews: [{ visible: true }],
  });
  expect(session.run.getState().undoable).toBe("nuclei");

  // The same well on its own, in another browser.
  const alone = new MemoryStore({ kind: "memory", entries: new Map(before) });
  const other = createSession(testServices(runsHere()));
  await openSource(other, sourceOver(alone, other.services));
  await openInside(other, placeOf(other), "B/04");
  const { image } = placeOf(other);
  if (image) await runRecipe(other, await fitRecipe(recipe, image), false);
  const chunks = (from: ReadonlyMap<string, unknown>) =>
    [...from].filter(([key]) => key.startsWith("/B/04/0/labels/nuclei/0/"));
  expect(chunks(alone.spec.entries)).toHaveLength(11);
  expect(chunks(entries)).toEqual(chunks(alone.spec.entries));

  await openInside(session, placeOf(), "C/03");
  expect(session.view.getState()).toMatchObject({
    labels: ["nuclei"],
    labelViews: [{ visible: true }],
  });
  await takeWellsBack(session);
  expect(status()).toEqual({ kind: "idle" });
  expect(session.view.getState()).toMatchObject({ labels: [], labelViews: [] });
  expect(session.run.getState().undoable).toBeUndefined();
  expect(new Map(entries)).toEqual(before);
  expect(messages(session)).toEqual([]);
});

test("wells that lack the table, the channel or the image are listed and passed over; one that fails ends nothing", async () => {
  await makeNucleiPlate(store, [
    { path: "B/03" },
    { path: "B/04", lacks: "table" },
    { path: "B/05", lacks: "channel" },
    { path: "B/06", lacks: "image" },
    { path: "B/07", lacks: "pixels" },
    { path: "B/08" },
  ]);
  await openPage();
  await runOnWells(session, recipe, ["B/03", "B/04", "B/05", "B/06", "B/07", "B/08"]);
  expect(wells()).toEqual([
    "B03 done",
    "B04 skipped",
    "B05 skipped",
    "B06 skipped",
    "B07 done",
    "B08 done",
  ]);
  const [, noTable, noChannel, noImage, noPixels] = ended().batch.wells;
  expect(noTable?.why).toBe(`The image has no ROI table "${TABLE}"`);
  expect(noChannel?.why).toContain(`no channel labelled "${CHANNEL}"; it has "other"`);
  expect(noImage?.why).toContain("B/06/0");
  expect(noPixels?.failures).toEqual([
    { id: 0, name: "FOV_1", note: expect.stringContaining("B/07/0/0/0/0/0") },
  ]);
  expect(ended().sentence).toBe(
    "396 nuclei in 11 FOVs of 3 wells; 26 chunks, each written once; 1 failed; 3 wells skipped",
  );

  // What was missing is put right: one press tries all of it again.
  const whole = new MemoryStore({ kind: "memory", entries: new Map() });
  await makeNucleiPlate(whole, [{ path: "B/05" }, { path: "B/07" }]);
  for (const [key, bytes] of whole.spec.entries) if (key.includes("/0/")) entries.set(key, bytes);
  await retryWells(session);
  expect(wells()).toEqual([
    "B03 done",
    "B04 skipped",
    "B05 done",
    "B06 skipped",
    "B07 done",
    "B08 done",
  ]);
  expect(ended().batch.wells[4]?.failures).toEqual([]);
  expect(Math.max(...(await pixelsIn("B/07")))).toBe(144);
});

test("where the whole image of a well fails, the others are done", async () => {
  await makeNucleiPlate(
    store,
    WELLS.map((path) => ({ path })),
  );
  await openPage();
  entries.refuse = (key) =>
    key.startsWith("/B/04/0/labels/nuclei/0/0/")
      ? new Fault("conflict", `${key} cannot be changed`, { where: key })
      : undefined;
  await runOnWells(session, recipe, WELLS);
  expect(wells()).toEqual(["B03 done", "B04 failed", "C03 done"]);
  expect(ended().batch.wells[1]?.why).toContain("cannot be changed");
  entries.refuse = () => undefined;
  await retryWells(session);
  expect(wells()).toEqual(["B03 done", "B04 done", "C03 done"]);
  expect(await pixelsIn("B/04")).toEqual(await pixelsIn("B/03"));
});

test("paused in the midst of a well, it goes on after a reload and ends as if it had never stopped", async () => {
  await makeNucleiPlate(
    store,
    WELLS.map((path) => ({ path })),
  );
  await openPage();
  const before = new Map(entries);
  let begun = 0;
  onEvent = (path, event) => {
    const now = status();
    if (path === "B/04/0" && event.kind === "started" && now.kind === "running") {
      begun++;
      now.pause?.();
    }
  };
  await runOnWells(session, recipe, WELLS);
  expect(status()).toMatchObject({ kind: "paused", why: "" });
  expect(wells()).toEqual(["B03 done", "B04 running", "C03 waiting"]);
  expect(begun).toBeLessThan(4);
  expect(await labelled()).toEqual([["nuclei"], [], []]);

  await openPage();
  expect(status()).toMatchObject({ kind: "paused", why: expect.stringContaining("cut off") });
  expect(wells()).toEqual(["B03 done", "B04 running", "C03 waiting"]);
  onEvent = () => undefined;
  started = [];
  await resumeWells(session);
  expect(started).toEqual(["B/04/0 resume", "C/03/0 run"]);
  expect(ended().sentence).toBe("432 nuclei in 12 FOVs of 3 wells; 27 chunks, each written once");
  for (const well of WELLS) expect(await pixelsIn(well)).toEqual(await pixelsIn("B/03"));

  await openPage();
  expect(ended().sentence).toBe("432 nuclei in 12 FOVs of 3 wells; 27 chunks, each written once");
  await takeWellsBack(session);
  expect(new Map(entries)).toEqual(before);
  await openPage();
  expect(status()).toEqual({ kind: "idle" });
});

test("a disk that fills up pauses it with the well and the cause; with room again it goes on", async () => {
  await makeNucleiPlate(
    store,
    WELLS.map((path) => ({ path })),
  );
  await openPage();
  entries.refuse = (key) =>
    key.startsWith("/B/04/0/labels/nuclei/0/0/0")
      ? new Fault("quota", `There is no room left to write ${key}`)
      : undefined;
  await runOnWells(session, recipe, WELLS);
  expect(status()).toMatchObject({
    kind: "paused",
    why: expect.stringMatching(/^B04: There is no room left to write .*"FOV_/),
  });
  expect(wells()).toEqual(["B03 done", "B04 running", "C03 waiting"]);
  entries.refuse = () => undefined;
  await resumeWells(session);
  expect(ended().sentence).toContain("432 nuclei in 12 FOVs of 3 wells");
  expect(await pixelsIn("B/04")).toEqual(await pixelsIn("B/03"));
});

test("a store that is gone pauses it, and the wells to come do not count as failed", async () => {
  await makeNucleiPlate(
    store,
    WELLS.map((path) => ({ path })),
  );
  await openPage();
  const kept = new Map(entries);
  onEvent = (path, { kind }) => {
    if (path === "B/03/0" && kind === "done") entries.clear();
  };
  await runOnWells(session, recipe, WELLS);
  expect(status()).toMatchObject({ kind: "paused", why: expect.stringMatching(/^B04: /) });
  expect(wells()).toEqual(["B03 done", "B04 running", "C03 waiting"]);
  onEvent = () => undefined;
  for (const [key, bytes] of kept) entries.set(key, bytes);
  await resumeWells(session);
  expect(wells()).toEqual(["B03 done", "B04 done", "C03 done"]);
});

test("cancelled, it takes back the well under way and keeps those that are done; Undo takes them back too", async () => {
  await makeNucleiPlate(
    store,
    WELLS.map((path) => ({ path })),
  );
  await openPage();
  const before = new Map(entries);
  onEvent = (path, { kind }) => {
    const now = status();
    if (path === "B/04/0" && kind === "retired" && now.kind === "running") now.cancel();
  };
  await runOnWells(session, recipe, WELLS);
  expect(ended().sentence).toBe(
    "Cancelled. 144 nuclei in 4 FOVs of 1 well; 9 chunks, each written once; 2 wells not begun",
  );
  expect(await labelled()).toEqual([["nuclei"], [], []]);
  await takeWellsBack(session);
  expect(new Map(entries)).toEqual(before);
});

test("a well that has such a label is left as it is until replacing is allowed; Undo puts it back", async () => {
  await makeNucleiPlate(
    store,
    WELLS.map((path) => ({ path })),
  );
  await openPage();
  await runOnWells(session, { ...recipe, params: { ...recipe.params, minimumSize: 1e6 } }, [
    "B/04",
  ]);
  const before = new Map(entries);
  await runOnWells(session, recipe, WELLS);
  expect(wells()).toEqual(["B03 done", "B04 taken", "C03 done"]);
  expect(ended().sentence).toContain("; 1 well left as before");
  expect(Math.max(...(await pixelsIn("B/04")))).toBe(0);
  await replaceInWells(session);
  expect(wells()).toEqual(["B03 done", "B04 done", "C03 done"]);
  expect(Math.max(...(await pixelsIn("B/04")))).toBe(144);
  await takeWellsBack(session);
  expect(new Map(entries)).toEqual(before);
});

test("a well that was run again by itself since is left out when all are taken back", async () => {
  await makeNucleiPlate(
    store,
    WELLS.map((path) => ({ path })),
  );
  await openPage();
  await runOnWells(session, recipe, WELLS);
  const rois = [{ id: 0, name: "all", box: worldBox([0, 0, 0], [1, 150, 150]) }];
  await runRecipe(session, { ...recipe, rois }, true);
  const own = await pixelsIn("B/03");
  await takeWellsBack(session);
  expect(await labelled()).toEqual([["nuclei"], [], []]);
  expect(await pixelsIn("B/03")).toEqual(own);
  expect(Math.max(...own)).toBe(nucleiPerField);
});

test("two pages do not run the same wells at once, and a closed plate pauses its run", async () => {
  await makeNucleiPlate(
    store,
    WELLS.map((path) => ({ path })),
  );
  await openPage();
  const others: Promise<void>[] = [];
  const first = session;
  onEvent = (path, { kind }) => {
    if (path !== "B/03/0" || kind !== "retired" || others.length > 0) return;
    const second = createSession(services);
    const opened = openSource(second, sourceOver(store, services));
    others.push(opened.then(() => resumeWells(second)));
    session = second;
  };
  await runOnWells(first, recipe, WELLS);
  await Promise.all(others);
  expect(first.batch.getState().status.kind).toBe("ended");
  expect(status()).toMatchObject({ kind: "paused", why: expect.stringContaining("Another tab") });

  onEvent = () => undefined;
  session = first;
  await takeWellsBack(session);
  onEvent = (path, { kind }) => {
    if (path === "B/04/0" && kind === "started") void openSource(session, emptySource());
  };
  await runOnWells(session, recipe, WELLS);
  expect(status()).toEqual({ kind: "idle" });
  expect(await labelled()).toEqual([["nuclei"], [], []]);
});

function emptySource() {
  return sourceOver(new MemoryStore({ kind: "memory", entries: new Map() }), services);
}

test("the plan is told from the first wells, and says which lack something or have such a label", async () => {
  const paths = Array.from({ length: 14 }, (_, i) => `B/${String(i + 1).padStart(2, "0")}`);
  const lacking = (path: string) => (path === "B/02" ? ({ lacks: "table" } as const) : {});
  await makeNucleiPlate(
    store,
    paths.map((path) => ({ path, ...lacking(path) })),
  );
  session = createSession(services);
  await openSource(session, sourceOver(store, services));
  await openInside(session, placeOf(), "B/01");
  await runOnWells(session, recipe, ["B/03"]);
  const { plate, image } = placeOf();
  if (!plate || !image) throw new Error("There is no plate");
  const plans: WellsPlan[] = [];
  for await (const plan of planWells({ plate, image }, recipe, paths)) plans.push(plan);
  expect(plans.map(({ read }) => read)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  expect(plans[0]).toMatchObject({ wells: 14, rois: 56, writes: 182, unfit: [], taken: [] });
  // 11 of 12 have four ROIs.
  expect(plans.at(-1)).toMatchObject({
    rois: Math.round((14 * 44) / 12),
    unfit: [{ name: "B02", why: `The image has no ROI table "${TABLE}"` }],
    taken: ["B03"],
  });
});
