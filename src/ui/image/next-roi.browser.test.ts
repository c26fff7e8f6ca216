/** The pixels of the ROI that a hand goes to next are there before the hand is. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { select } from "../../state/rois.ts";
import type { Session } from "../../state/session.ts";
import { mark, switchTriage } from "../../state/triage.ts";
import { changeChannel } from "../../state/view.ts";
import { makeImage } from "../../testing/make-image.ts";
import { openedImage, square } from "../../testing/opened-image.ts";
import { testSession } from "../../testing/services.ts";
import { putRois } from "../../testing/tables.ts";
import { WatchedStore } from "../../testing/watched-store.ts";
import { writePixels } from "../../testing/write-pixels.ts";
import { going, walk } from "../rois/go-to-roi.ts";
import { Stage } from "./stage.ts";

/** ROIs of 10 × 10, one in each second chunk. */
const [WIDTH, HEIGHT, CHUNK] = [200, 20, 10];
const NAMES = ["a", "b", "c", "d", "e"];
const PATIENT = { timeout: 12_000 };

let store: WatchedStore;
let session: Session;
let parent: HTMLElement;
let stage: Stage;

beforeEach(async () => {
  store = new WatchedStore();
  const { levels } = await makeImage(store, {
    axes: ["y", "x"],
    shape: [HEIGHT, WIDTH],
    chunks: [HEIGHT, CHUNK],
  });
  await writePixels(levels[0].array, new Uint16Array(WIDTH * HEIGHT).fill(7));
  await putRois(store, "FOV_ROI_table", { names: NAMES });
  session = testSession();
  parent = square(96);
  const { source, image } = await openedImage(session, store);
  // The first ROI alone is in view, and no window is looked for: both would ask for other chunks.
  session.view.setState({ camera: { x: 5, y: 5, worldPerPixel: 15 / 96 } });
  changeChannel(session.view, 0, { window: [0, 10] });
  stage = new Stage(parent, session, source, image);
});

afterEach(() => {
  stage.close();
  parent.remove();
});

/** The chunks that were asked for, by their place along x. */
const asked = (): readonly number[] =>
  store.operations
    .flatMap(({ kind, key }) => (kind === "get" ? (/^\/0\/0[./](\d+)$/.exec(key)?.[1] ?? []) : []))
    .map(Number);

/** The chunk in the middle of an ROI. */
const chunkOf = (roi: number): number => (20 * roi) / CHUNK;

const settled = () => expect.poll(() => stage.status.getState().busy, PATIENT).toBe(false);

test("who walks on finds the next one there, forth and back", async () => {
  await settled();
  expect(asked()).not.toContain(chunkOf(1));
  walk(session, stage, 1);
  await expect.poll(asked, PATIENT).toContain(chunkOf(1));
  await settled();
  expect(asked()).not.toContain(chunkOf(2));

  select(session, new Set([4]));
  stage.eye.pan((-80 * 96) / 15, 0);
  await expect.poll(asked, PATIENT).toContain(chunkOf(4));
  await settled();
  expect(asked()).not.toContain(chunkOf(3));
  walk(session, stage, -1);
  await expect.poll(asked, PATIENT).toContain(chunkOf(2));
  expect([...session.rois.getState().document.selection]).toEqual([3]);
});

test("in a triage it is the next one without a mark", async () => {
  await settled();
  select(session, new Set([1, 2]));
  mark(session, "keep");
  select(session, new Set());
  going(session, stage, () => switchTriage(session, true));
  await expect.poll(asked, PATIENT).toContain(chunkOf(3));
  expect([...session.rois.getState().document.selection]).toEqual([0]);
  expect(asked()).not.toContain(chunkOf(1));
});
