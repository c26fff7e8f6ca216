/** What the eye does when its canvas gets another size. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { lookAt } from "../../state/view.ts";
import { makeImage } from "../../testing/make-image.ts";
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
