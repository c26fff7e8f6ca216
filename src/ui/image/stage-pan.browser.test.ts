/** Panning over an image with ROIs shifts what is drawn: in nothing that the page draws is there another object at each frame. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openSource } from "../../state/open.ts";
import type { Session } from "../../state/session.ts";
import { makeImage } from "../../testing/make-image.ts";
import { sourceOver, testSession } from "../../testing/services.ts";
import { putRois } from "../../testing/tables.ts";
import { writePixels } from "../../testing/write-pixels.ts";
import { MemoryStore } from "../../zarr/memory-store.ts";
import { Stage } from "./stage.ts";

const SIDE = 64;

let session: Session;
let parent: HTMLElement;
let stage: Stage | undefined;
/** How often the last frame was taken up to be shifted. */
let shifts: number;

beforeEach(() => {
  shifts = 0;
  const gl = WebGL2RenderingContext.prototype;
  const { copyTexSubImage2D } = gl;
  vi.spyOn(gl, "copyTexSubImage2D").mockImplementation(function (this: typeof gl, ...args) {
    shifts++;
    copyTexSubImage2D.apply(this, args);
  });
  session = testSession();
  parent = document.createElement("div");
  Object.assign(parent.style, { width: "96px", height: "96px", position: "relative" });
  document.body.append(parent);
});

afterEach(() => {
  stage?.close();
  parent.remove();
  vi.restoreAllMocks();
});

async function open(): Promise<Stage> {
  const store = new MemoryStore();
  const chunks = [1, SIDE / 2, SIDE / 2];
  const made = await makeImage(store, { axes: ["c", "y", "x"], shape: [1, SIDE, SIDE], chunks });
  await writePixels(
    made.levels[0].array,
    Uint16Array.from({ length: SIDE ** 2 }, (_, i) => i % 251),
  );
  await putRois(store, "FOV_ROI_table");
  const source = sourceOver(store, session.services);
  await openSource(session, source);
  const opened = session.opened.getState();
  if (opened.kind !== "open" || !opened.place.image) throw new Error("No image is open");
  expect(session.rois.getState().tableName).toBe("FOV_ROI_table");
  stage = new Stage(parent, session, source, opened.place.image);
  return stage;
}

test("of frames in which only the view moves, most are the one before, shifted", {
  timeout: 60_000,
}, async () => {
  const { eye, status } = await open();
  await expect.poll(() => status.getState().busy, { timeout: 20_000 }).toBe(false);
  // One after a rest, or in which something is made ready, is drawn anew: how many are, is a matter of how busy the machine is.
  let way = 3;
  await expect
    .poll(
      async () => {
        const before = shifts;
        for (let i = 0; i < 5; i++) {
          eye.pan(way, 0);
          await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
        }
        way = -way;
        return shifts - before;
      },
      { timeout: 25_000 },
    )
    .toBeGreaterThan(2);
});
