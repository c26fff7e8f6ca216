/** The camera in space: a hand that turns it during a flight goes on from where the flight leads. */
import { afterEach, expect, test } from "vitest";
import { openSource } from "../../state/open.ts";
import { makeImage } from "../../testing/make-image.ts";
import { sourceOver, testSession } from "../../testing/services.ts";
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
  const source = sourceOver(store, session.services);
  await openSource(session, source);
  const opened = session.opened.getState();
  if (opened.kind !== "open" || !opened.place.image) throw new Error("No image is open");
  parent = document.createElement("div");
  Object.assign(parent.style, { width: "320px", height: "320px", position: "relative" });
  document.body.append(parent);
  const made = new BoxStage(parent, session, source, opened.place.image);
  stage = made;
  await expect.poll(() => made.status.getState().count, PATIENT).toBe(2);
  made.fit({ tilt: 90, turn: 0 });
  made.turn(20, 0);
  await expect.poll(() => session.view.getState().orbit?.tilt, PATIENT).toBe(90);
  expect(session.view.getState().orbit?.turn).not.toBe(0);
});
