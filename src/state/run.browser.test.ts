/** A run as the page follows it, on real workers: progress, the live label, and how it ends. */
import { beforeEach, expect, test } from "vitest";
import { openLabel } from "../ome/labels.ts";
import type { Image } from "../ome/multiscale.ts";
import { gate } from "../testing/gate.ts";
import { recipeFor } from "../testing/label-runs.ts";
import { fields, makeNuclei, nucleiPerField } from "../testing/nuclei.ts";
import { messages, sourceOver, testSession } from "../testing/services.ts";
import { putRois } from "../testing/tables.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { writeAttributes } from "../zarr/hierarchy.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { readNode } from "../zarr/node.ts";
import { readWhole } from "../zarr/read-whole.ts";
import { topLabel } from "./labels.ts";
import { openSource } from "./open.ts";
import { runRecipe } from "./run.ts";
import type { LiveLabel, RunState } from "./run-state.ts";
import type { Session } from "./session.ts";

const recipe = {
  ...recipeFor(fields),
  rois: recipeFor(fields).rois.map((roi, i) => ({ ...roi, name: `FOV_${i + 1}` })),
};

let store: MemoryStore;
let session: Session;
let image: Image;

beforeEach(async () => {
  store = new MemoryStore();
  session = testSession();
  image = await makeNuclei(store);
  await openSource(session, sourceOver(store, session.services));
});

/** Calls back at each change of the run until it says that it is done. */
function watch(see: (state: RunState) => boolean): void {
  const leave = session.run.subscribe((state) => {
    if (see(state)) leave();
  });
}

/** The labels that are listed, and the one that lies on top. */
const shown = () => {
  const view = session.view.getState();
  return { labels: view.labels, label: topLabel(view) };
};
const status = () => session.run.getState().status;

/** Says of the image what the demo says of its own, FOV by FOV. */
async function keepTruth(): Promise<void> {
  const nuclei = { FOV_1: 36, FOV_2: 36, FOV_3: 36, FOV_4: 40 };
  const node = await readNode(store, "", { format: 2 });
  const attributes = { ...node?.attributes, fovea: { demo: { seed: 1, nuclei } } };
  await writeAttributes(store, "", 2, attributes);
}

async function labelsListed(): Promise<unknown> {
  return (await readNode(store, "labels", { format: 2 }))?.attributes["labels"];
}

async function stored(name = "nuclei"): Promise<number[]> {
  const { data } = await readWhole((await openLabel(image, name)).levels[0].array, {});
  return Array.from(data, Number);
}

test("each ROI tells how far it is, and the label grows before it is stored", async () => {
  const seen = recipe.rois.map(() => [] as string[]);
  let live: LiveLabel | undefined;
  let chosen: string | undefined;
  let grown = false;
  watch(({ status, live: now }) => {
    if (status.kind !== "running") return true;
    live = now ?? live;
    if (now) chosen = shown().label;
    grown ||= now?.chunks.peek(now.multiscale.levels[0].array, [0, 0]) !== "missing" && !!now;
    for (const [i, { state, note }] of status.rois.entries())
      if (seen[i]?.at(-1) !== `${state} ${note}`) seen[i]?.push(`${state} ${note}`);
    return false;
  });
  await runRecipe(session, recipe, false);

  const whole = ["waiting ", "computing ", `done ${nucleiPerField} found`];
  expect(seen).toEqual(recipe.rois.map(() => whole));
  expect(status()).toMatchObject({ kind: "done", rois: [{ state: "done" }, {}, {}, {}] });
  expect(session.run.getState().live).toBeUndefined();
  expect(shown()).toMatchObject({ labels: ["nuclei"], label: "nuclei" });

  expect(live?.name).toBe("nuclei");
  const array = live?.multiscale.levels[0].array;
  const first = array && (await live?.chunks.read(array, [0, 0]));
  const row = (await stored()).slice(300 * 8, 300 * 8 + 128);
  expect(Array.from(first?.data.slice(128 * 8, 128 * 9) ?? [], Number)).toEqual(row);
  expect(new Set(row).size).toBeGreaterThan(2);
  expect([chosen, grown]).toEqual(["nuclei", true]);
});

test("the summary tells the demo's truth", async () => {
  await keepTruth();
  await runRecipe(session, recipe, false);
  expect(status()).toMatchObject({
    sentence: "144 nuclei in 4 FOVs (truth 148); 9 chunks, each written once",
  });
});

test("the truth is not told of ROIs it does not know", async () => {
  await keepTruth();
  await runRecipe(session, recipeFor(fields), false);
  expect(status()).toMatchObject({
    sentence: "144 nuclei in 4 ROIs; 9 chunks, each written once",
  });
});

test("a name that is taken is left as it is, until replacing it is allowed", async () => {
  await runRecipe(session, recipe, false);
  const before = new Map(store.spec.entries);
  const fewer = { ...recipe, rois: recipe.rois.slice(0, 1) };
  await runRecipe(session, fewer, false);
  expect(status()).toEqual({
    kind: "taken",
    recipe: fewer,
    sentence: 'The image has a label "nuclei" already',
    free: "nuclei_2",
  });
  expect(store.spec.entries).toEqual(before);
  expect(shown()).toMatchObject({ labels: ["nuclei"], label: "nuclei" });
  await runRecipe(session, fewer, true);
  expect(status()).toMatchObject({ kind: "done", sentence: expect.stringContaining("36 nuclei") });
  expect(Math.max(...(await stored()))).toBe(nucleiPerField);
});

test("a run that is cancelled leaves nothing, and the label shown before is shown again", async () => {
  await runRecipe(session, { ...recipe, outputName: "first" }, false);
  watch(({ status }) => {
    if (status.kind !== "running" || status.rois.every(({ state }) => state !== "done"))
      return false;
    status.cancel();
    return true;
  });
  await runRecipe(session, recipe, false);
  expect(session.run.getState()).toEqual({ status: { kind: "cancelled" }, live: undefined });
  expect(shown()).toMatchObject({ labels: ["first"], label: "first" });
  expect(await labelsListed()).toEqual(["first"]);
  expect(await store.list("/labels/nuclei")).toEqual([]);
});

test("a label that was being replaced is gone when the run is cancelled", async () => {
  await runRecipe(session, recipe, false);
  watch(({ status }) => {
    if (status.kind !== "running" || status.rois.every(({ state }) => state === "waiting"))
      return false;
    status.cancel();
    return true;
  });
  await runRecipe(session, recipe, true);
  expect(status()).toEqual({ kind: "cancelled" });
  expect(shown()).toMatchObject({ labels: [], label: undefined });
  expect(await labelsListed()).toEqual([]);
});

test("leaving the image while its label is being opened again changes nothing on the next", async () => {
  const watched = new WatchedStore();
  await makeNuclei(watched);
  await openSource(session, sourceOver(watched, session.services));
  const [reached, held] = [gate(), gate()];
  watched.before = ({ kind, key }) => {
    // The run has a store of its own over these entries; what is asked of this one comes after it.
    if (kind !== "get" || key !== "/.zattrs") return;
    reached.open();
    return held.passed;
  };
  const run = runRecipe(session, recipe, false);
  await reached.passed;
  await openSource(session, sourceOver(store, session.services));
  held.open();
  await run;
  expect(status()).toEqual({ kind: "idle" });
  expect(shown()).toMatchObject({ labels: [], label: undefined });
});

test("leaving the image ends its run, and nothing of it is seen on the next", async () => {
  const other = new MemoryStore();
  await makeNuclei(other);
  await putRois(other, "FOV_ROI_table");
  const left = new Promise<void>((resolve, reject) => {
    watch(({ status }) => {
      if (status.kind !== "running" || status.rois.every(({ state }) => state !== "done"))
        return false;
      openSource(session, sourceOver(other, session.services)).then(resolve, reject);
      return true;
    });
  });
  await runRecipe(session, recipe, false);
  await left;
  expect(session.run.getState()).toEqual({ status: { kind: "idle" }, live: undefined });
  expect(shown()).toMatchObject({ labels: [], label: undefined });
  expect(messages(session)).toEqual([]);
  expect(await store.list("/labels/nuclei")).toEqual([]);
});

test("a run that fails says why, and can be tried again", async () => {
  await runRecipe(session, { ...recipe, outputName: "a/b" }, false);
  expect(status()).toMatchObject({ kind: "failed", sentence: expect.stringContaining('"/"') });
  await runRecipe(session, recipe, false);
  expect(status()).toMatchObject({ kind: "done" });
});
