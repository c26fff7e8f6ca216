/** What lies over the drawing during a drag comes with the picture that it is of, not a frame before it. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { select } from "../../state/rois.ts";
import { makeImage } from "../../testing/make-image.ts";
import { openedImage, square } from "../../testing/opened-image.ts";
import { testSession } from "../../testing/services.ts";
import { putRois } from "../../testing/tables.ts";
import { writePixels } from "../../testing/write-pixels.ts";
import { MemoryStore } from "../../zarr/memory-store.ts";
import { Stage } from "./stage.ts";

const SIDE = 64;
/** More than two cores need that draw in software. */
const PATIENT = { timeout: 12_000 };

let parent: HTMLElement;
let stage: Stage | undefined;
/** What happened, in order. */
let seen: string[];

beforeEach(() => {
  seen = [];
  const gl = WebGL2RenderingContext.prototype;
  const { drawArraysInstanced } = gl;
  vi.spyOn(gl, "drawArraysInstanced").mockImplementation(function (this: typeof gl, ...args) {
    seen.push("drawn");
    drawArraysInstanced.apply(this, args);
  });
  parent = square(320);
});

afterEach(() => {
  stage?.close();
  parent.remove();
  vi.restoreAllMocks();
});

test("the size of a box is told when the box is drawn so large", { timeout: 60_000 }, async () => {
  const session = testSession();
  const store = new MemoryStore({ kind: "memory", entries: new Map() });
  const shape = [1, SIDE, SIDE];
  const made = await makeImage(store, { axes: ["c", "y", "x"], shape, chunks: shape });
  await writePixels(made.levels[0].array, new Uint16Array(SIDE ** 2).fill(7));
  await putRois(store, "FOV_ROI_table", { names: ["a"] });
  const { source, image } = await openedImage(session, store);
  stage = new Stage(parent, session, source, image);
  const { eye, hand, status } = stage;
  await expect.poll(() => status.getState().busy, PATIENT).toBe(false);
  select(session, new Set([0]));
  const point = (kind: "down" | "move" | "up", x: number): void => {
    const world = { x, y: 5 };
    const modifiers = { shift: false, ctrl: true, alt: false };
    hand.take({ kind, at: { screen: eye.canvas(world), world, modifiers } });
  };
  status.subscribe((now, before) => {
    if (now.marks !== before.marks) seen.push(now.marks?.size?.text.split(" px")[0] ?? "nothing");
  });
  point("move", 10);
  point("down", 10);
  for (const x of [30, 36, 42]) {
    seen = [];
    point("move", x);
    await expect.poll(() => seen, PATIENT).toContain(`${x} × 10`);
    expect(seen[0]).toBe("drawn");
  }
  point("up", 42);
  await expect.poll(() => seen.at(-1), PATIENT).toBe("nothing");
});
