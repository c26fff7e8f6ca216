/** What stops a recipe over wells of a plate, and what brings it back. */
import { beforeEach, expect, test, vi } from "vitest";
import { Fault } from "../base/fault.ts";
import { BatchPage, recipe, WELLS } from "../testing/batch-page.ts";
import { makeNucleiPlate } from "../testing/nuclei-plate.ts";
import { sourceOver } from "../testing/services.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { resumeWells, runOnWells, takeWellsBack } from "./batch.ts";
import { openSource } from "./open.ts";
import { createSession } from "./session.ts";

vi.setConfig({ testTimeout: 60_000 });

let page: BatchPage;

beforeEach(() => {
  page = new BatchPage();
});

test("paused in the midst of a well, it goes on after a reload and ends as if it had never stopped", async () => {
  await makeNucleiPlate(
    page.store,
    WELLS.map((path) => ({ path })),
  );
  await page.open();
  const before = new Map(page.entries);
  let begun = 0;
  page.onEvent = (path, event) => {
    const now = page.status();
    if (path === "B/04/0" && event.kind === "started" && now.kind === "running") {
      begun++;
      now.pause?.();
    }
  };
  await runOnWells(page.session, recipe, WELLS);
  expect(page.status()).toMatchObject({ kind: "paused", why: "" });
  expect(page.wells()).toEqual(["B03 done", "B04 running", "C03 waiting"]);
  expect(begun).toBeLessThan(4);
  expect(await page.labelled()).toEqual([["nuclei"], [], []]);

  await page.open();
  expect(page.status()).toMatchObject({ kind: "paused", why: expect.stringContaining("cut off") });
  expect(page.wells()).toEqual(["B03 done", "B04 running", "C03 waiting"]);
  page.onEvent = () => undefined;
  page.started = [];
  await resumeWells(page.session);
  expect(page.started).toEqual(["B/04/0 resume", "C/03/0 run"]);
  expect(page.ended().sentence).toBe(
    "432 nuclei in 12 FOVs of 3 wells; 27 chunks, each written once",
  );
  for (const well of WELLS) expect(await page.pixelsIn(well)).toEqual(await page.pixelsIn("B/03"));

  await page.open();
  expect(page.ended().sentence).toBe(
    "432 nuclei in 12 FOVs of 3 wells; 27 chunks, each written once",
  );
  await takeWellsBack(page.session);
  expect(new Map(page.entries)).toEqual(before);
  await page.open();
  expect(page.status()).toEqual({ kind: "idle" });
});

test("a disk that fills up pauses it with the well and the cause; with room again it goes on", async () => {
  await makeNucleiPlate(
    page.store,
    WELLS.map((path) => ({ path })),
  );
  await page.open();
  page.entries.refuse = (key) =>
    key.startsWith("/B/04/0/labels/nuclei/0/0/0")
      ? new Fault("quota", `There is no room left to write ${key}`)
      : undefined;
  await runOnWells(page.session, recipe, WELLS);
  expect(page.status()).toMatchObject({
    kind: "paused",
    why: expect.stringMatching(/^B04: There is no room left to write .*"FOV_/),
  });
  expect(page.wells()).toEqual(["B03 done", "B04 running", "C03 waiting"]);
  page.entries.refuse = () => undefined;
  await resumeWells(page.session);
  expect(page.ended().sentence).toContain("432 nuclei in 12 FOVs of 3 wells");
  expect(await page.pixelsIn("B/04")).toEqual(await page.pixelsIn("B/03"));
});

test("a store that is gone pauses it, and the wells to come do not count as failed", async () => {
  await makeNucleiPlate(
    page.store,
    WELLS.map((path) => ({ path })),
  );
  await page.open();
  const kept = new Map(page.entries);
  page.onEvent = (path, { kind }) => {
    if (path === "B/03/0" && kind === "done") page.entries.clear();
  };
  await runOnWells(page.session, recipe, WELLS);
  expect(page.status()).toMatchObject({ kind: "paused", why: expect.stringMatching(/^B04: /) });
  expect(page.wells()).toEqual(["B03 done", "B04 running", "C03 waiting"]);
  page.onEvent = () => undefined;
  for (const [key, bytes] of kept) page.entries.set(key, bytes);
  await resumeWells(page.session);
  expect(page.wells()).toEqual(["B03 done", "B04 done", "C03 done"]);
});

test("cancelled, it takes back the well under way and keeps those that are done; Undo takes them back too", async () => {
  await makeNucleiPlate(
    page.store,
    WELLS.map((path) => ({ path })),
  );
  await page.open();
  const before = new Map(page.entries);
  page.onEvent = (path, { kind }) => {
    const now = page.status();
    if (path === "B/04/0" && kind === "retired" && now.kind === "running") now.cancel();
  };
  await runOnWells(page.session, recipe, WELLS);
  expect(page.ended().sentence).toBe(
    "Cancelled. 144 nuclei in 4 FOVs of 1 well; 9 chunks, each written once; 2 wells not begun",
  );
  expect(await page.labelled()).toEqual([["nuclei"], [], []]);
  await takeWellsBack(page.session);
  expect(new Map(page.entries)).toEqual(before);
});

test("two pages do not run the same wells at once, and a closed plate pauses its run", async () => {
  await makeNucleiPlate(
    page.store,
    WELLS.map((path) => ({ path })),
  );
  await page.open();
  const others: Promise<void>[] = [];
  const first = page.session;
  page.onEvent = (path, { kind }) => {
    if (path !== "B/03/0" || kind !== "retired" || others.length > 0) return;
    const second = createSession(page.services);
    const opened = openSource(second, sourceOver(page.store, page.services));
    others.push(opened.then(() => resumeWells(second)));
    page.session = second;
  };
  await runOnWells(first, recipe, WELLS);
  await Promise.all(others);
  expect(first.batch.getState().status.kind).toBe("ended");
  expect(page.status()).toMatchObject({
    kind: "paused",
    why: expect.stringContaining("Another tab"),
  });

  page.onEvent = () => undefined;
  page.session = first;
  await takeWellsBack(page.session);
  page.onEvent = (path, { kind }) => {
    if (path === "B/04/0" && kind === "started") void openSource(page.session, emptySource());
  };
  await runOnWells(page.session, recipe, WELLS);
  expect(page.status()).toEqual({ kind: "idle" });
  expect(await page.labelled()).toEqual([["nuclei"], [], []]);
});

test("a private file system that cannot be used pauses it with the cause, before a well is touched", async () => {
  await makeNucleiPlate(
    page.store,
    WELLS.map((path) => ({ path })),
  );
  await page.open();
  page.isFolderGone = true;
  await runOnWells(page.session, recipe, WELLS);
  expect(page.status()).toMatchObject({ kind: "paused", why: "It cannot be used" });
  expect(page.wells()).toEqual(["B03 waiting", "B04 waiting", "C03 waiting"]);
  page.isFolderGone = false;
  await resumeWells(page.session);
  expect(page.wells()).toEqual(["B03 done", "B04 done", "C03 done"]);
});

function emptySource() {
  return sourceOver(new MemoryStore(), page.services);
}
