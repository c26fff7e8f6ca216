/** Panning over an image with ROIs shifts what is drawn: in nothing that the page draws is there another object at each frame. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Session } from "../../state/session.ts";
import { makeImage } from "../../testing/make-image.ts";
import { openedImage, square } from "../../testing/opened-image.ts";
import { testSession } from "../../testing/services.ts";
import { putRois } from "../../testing/tables.ts";
import { writePixels } from "../../testing/write-pixels.ts";
import { MemoryStore } from "../../zarr/memory-store.ts";
import { PointerTracker } from "./pointer-tracker.ts";
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
  parent = square(96);
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
  const { source, image } = await openedImage(session, store);
  expect(session.rois.getState().tableName).toBe("FOV_ROI_table");
  stage = new Stage(parent, session, source, image);
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

test("a box that all of the view lies in, and its name, are shifted however far one pans in it", {
  timeout: 60_000,
}, async () => {
  const { eye, status } = await open();
  await expect.poll(() => status.getState().busy, { timeout: 20_000 }).toBe(false);
  // FOV_1 is 10 wide, and 1000 on screen.
  eye.zoom(eye.canvas({ x: 5, y: 5 }), 100 / eye.look().pixelsPerUnit);
  let way = 8;
  await expect
    .poll(
      async () => {
        const before = shifts;
        // From where boxes and names were looked for to where they are looked for anew, and further.
        for (let i = 0; i < 16; i++) {
          eye.pan(way, 0);
          await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
        }
        way = -way;
        return shifts - before;
      },
      { timeout: 35_000 },
    )
    .toBeGreaterThan(14);
});

test("what is under a pointer that pans goes with it, and is not told anew", async () => {
  const { eye, hand, status } = await open();
  await expect.poll(() => status.getState().busy, { timeout: 20_000 }).toBe(false);
  const tracker = new PointerTracker(hand, eye);
  // No device has the pointer that is pressed here.
  parent.setPointerCapture = () => undefined;
  parent.addEventListener("pointerdown", (event) => tracker.down(event, parent));
  parent.addEventListener("pointermove", (event) => tracker.move(event, parent));
  const { left, top } = parent.getBoundingClientRect();
  const at = (type: string, x: number, buttons: number) =>
    parent.dispatchEvent(
      new PointerEvent(type, { clientX: left + x, clientY: top + 50, buttons, pointerId: 1 }),
    );
  at("pointermove", 30, 0);
  at("pointerdown", 30, 1);
  const { under } = status.getState();
  expect(under?.values.size).toBe(1);
  const told: unknown[] = [];
  status.subscribe((now, before) => {
    if (now.under !== before.under) told.push(now.under);
  });
  for (const x of [40, 47, 55, 66]) {
    at("pointermove", x, 1);
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
  }
  expect(eye.canvas({ x: under?.at[0]?.[1] ?? 0, y: 0 }).x).toBeCloseTo(66);
  expect(told).toEqual([]);
});
