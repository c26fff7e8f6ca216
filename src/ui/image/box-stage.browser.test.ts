/** The camera in space: a hand that turns it during a flight goes on from where the flight leads. */
import { afterEach, expect, test } from "vitest";
import { makeImage } from "../../testing/make-image.ts";
import { openedImage, square } from "../../testing/opened-image.ts";
import { testSession } from "../../testing/services.ts";
import { putRois } from "../../testing/tables.ts";
import { MemoryStore } from "../../zarr/memory-store.ts";
import { BoxStage } from "./box-stage.ts";

/** More than two cores need that draw in software. */
const PATIENT = { timeout: 12_000 };

let parent: HTMLElement | undefined;
let stage: BoxStage | undefined;

afterEach(() => {
  stage?.close();
  parent?.remove();
});

test("a turn during the flight to the top turns the view from the top", {
  timeout: 60_000,
}, async () => {
  const session = testSession();
  const store = new MemoryStore({ kind: "memory", entries: new Map() });
  const shape = [4, 64, 64];
  await makeImage(store, { axes: ["z", "y", "x"], shape, chunks: shape });
  await putRois(store, "FOV_ROI_table");
  const { source, image } = await openedImage(session, store);
  parent = square(320);
  const made = new BoxStage(parent, session, source, image);
  stage = made;
  await expect.poll(() => made.status.getState().count, PATIENT).toBe(2);
  made.eye.fit({ tilt: 90, turn: 0 });
  made.eye.turn(20, 0);
  await expect.poll(() => session.view.getState().orbit?.tilt, PATIENT).toBe(90);
  expect(session.view.getState().orbit?.turn).not.toBe(0);
});
