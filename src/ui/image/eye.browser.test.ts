/** What the eye does when its canvas gets another size, and when a hand moves it, also on its way. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { lookAt } from "../../state/view.ts";
import { makeImage } from "../../testing/make-image.ts";
import { flatBox } from "../../testing/roi-builder.ts";
import { testSession } from "../../testing/services.ts";
import { MemoryStore } from "../../zarr/memory-store.ts";
import { Eye } from "./eye.ts";

let parent: HTMLElement;
let eye: Eye;

beforeEach(async () => {
  const store = new MemoryStore();
  const image = await makeImage(store, { axes: ["y", "x"], shape: [64, 64], chunks: [64, 64] });
  const session = testSession();
  lookAt(session.view, image);
  const outer = document.body.appendChild(document.createElement("div"));
  parent = outer.appendChild(document.createElement("div"));
  resize(400);
  eye = new Eye(parent, session, image, () => undefined);
});

afterEach(() => {
  eye.close();
  parent.parentElement?.remove();
});

function resize(side: number): void {
  parent.style.width = `${side}px`;
  parent.style.height = `${side}px`;
}

const zoomAt = (side: number): number | undefined => {
  resize(side);
  return eye.frame()?.zoom;
};

test("who looks at the whole image goes on doing so", () => {
  const before = zoomAt(400);
  expect(zoomAt(200)).toBeLessThan(before ?? 0);
  expect(zoomAt(400)).toBe(before);
});

test("who has moved stays where they are, until they fit the image again", () => {
  const before = zoomAt(400);
  eye.pan(10, 0);
  expect(zoomAt(200)).toBe(before);
  eye.fitImage();
  const fitted = zoomAt(200);
  expect(fitted).toBeLessThan(before ?? 0);
  expect(zoomAt(400)).toBe(before);
});

test("the camera pans by whole pixels of the device, and loses nothing of what a hand moved", () => {
  const before = eye.frame();
  const scale = 2 ** (before?.zoom ?? 0) * devicePixelRatio;
  const moved = (): number => ((before?.target[0] ?? 0) - (eye.frame()?.target[0] ?? 0)) * scale;
  const found = Array.from({ length: 5 }, () => {
    eye.pan(0.4 / devicePixelRatio, 0);
    return moved();
  });
  for (const [i, whole] of [0, 1, 1, 2, 2].entries()) expect(found[i]).toBeCloseTo(whole, 9);
});

test("a hand that drags or turns the wheel during a flight goes on from where the flight leads", () => {
  const box = flatBox([10, 10, 20, 20]);
  const cameraAfter = (fly: () => void, move: () => void) => {
    eye.fitImage();
    fly();
    move();
    return eye.frame();
  };
  eye.frame();
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = eye.lookOn(box)?.bounds ?? [];
  const panned = cameraAfter(
    () => eye.fitBox(box),
    () => eye.pan(40, 0),
  );
  const scale = 400 / (x1 - x0);
  expect(panned?.zoom).toBeCloseTo(Math.log2(scale), 9);
  expect(panned?.target[0]).toBeCloseTo((x0 + x1) / 2 - 40 / scale, 9);
  expect(panned?.target[1]).toBeCloseTo((y0 + y1) / 2, 9);
  const zoomed = cameraAfter(
    () => eye.fitBox(box),
    () => eye.zoom({ x: 200, y: 200 }, 0.5),
  );
  expect(zoomed?.zoom).toBeCloseTo(Math.log2(scale / 2), 9);
  expect(zoomed?.target[0]).toBeCloseTo((x0 + x1) / 2, 9);
});
