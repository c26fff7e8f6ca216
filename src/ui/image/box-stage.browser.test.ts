/** The drawing in space: a hand that turns it during a flight goes on from where that leads; slices tell what they lack. */
import { afterEach, expect, test } from "vitest";
import { makeImage } from "../../testing/make-image.ts";
import { openedImage, square } from "../../testing/opened-image.ts";
import { testSession } from "../../testing/services.ts";
import { putRois } from "../../testing/tables.ts";
import { WatchedStore } from "../../testing/watched-store.ts";
import { writePixels } from "../../testing/write-pixels.ts";
import { MemoryStore } from "../../zarr/memory-store.ts";
import type { WritableStore } from "../../zarr/store.ts";
import { BoxStage } from "./box-stage.ts";

/** More than two cores need that draw in software. */
const PATIENT = { timeout: 12_000 };

let parent: HTMLElement | undefined;
let stage: BoxStage | undefined;

afterEach(() => {
  stage?.close();
  parent?.remove();
});

/** Opens the image of a store that holds a stack of so many planes and two ROIs. */
async function open(store: WritableStore, depth: number) {
  const session = testSession();
  const shape = [depth, 64, 64];
  const image = await makeImage(store, { axes: ["z", "y", "x"], shape, chunks: [1, 64, 64] });
  await writePixels(image.levels[0].array, new Uint16Array(depth * 64 ** 2).fill(9));
  await putRois(store, "FOV_ROI_table");
  const opened = await openedImage(session, store);
  parent = square(320);
  stage = new BoxStage(parent, session, opened.source, opened.image);
  return { session, stage };
}

test("a turn during the flight to the top turns the view from the top", {
  timeout: 60_000,
}, async () => {
  const { session, stage: made } = await open(new MemoryStore(), 4);
  await expect.poll(() => made.status.getState().count, PATIENT).toBe(2);
  made.eye.fit({ tilt: 90, turn: 0 });
  made.eye.turn(20, 0);
  await expect.poll(() => session.view.getState().orbit?.tilt, PATIENT).toBe(90);
  expect(session.view.getState().orbit?.turn).not.toBe(0);
});

test("what a slice could not read is counted, and comes when it is asked for again", {
  timeout: 60_000,
}, async () => {
  const store = new WatchedStore();
  store.before = ({ kind, key }) => {
    if (kind === "get" && key === "/0/2/0/0") throw new Error("The network went away");
  };
  const { stage: made } = await open(store, 8);
  const failed = () => made.status.getState().failed;
  // Of the two that stand across the planes.
  await expect.poll(failed, PATIENT).toBe(2);
  store.before = () => undefined;
  made.slices.retry();
  await expect.poll(failed, PATIENT).toBe(0);
});
