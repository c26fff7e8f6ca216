/** Where a place of the image is on the page. */
import type { Locator, Page } from "@playwright/test";
import { type Camera, fitRect } from "../src/scene/camera.ts";
import { canvasFromWorld } from "../src/scene/camera-moves.ts";
import { viewer } from "./page.ts";

/** On the page, in CSS pixels. */
export type Place = readonly [x: number, y: number];

export interface Placed {
  readonly camera: Camera;
  readonly left: number;
  readonly top: number;
  readonly size: { readonly width: number; readonly height: number };
}

/** Where the main pane is, and how it shows a whole image of so many world units. */
export async function fitted(hand: Locator, width: number, height: number): Promise<Placed> {
  const box = await hand.boundingBox();
  if (!box) throw new Error("The pane is not there");
  const size = { width: box.width, height: box.height };
  return { camera: fitRect([0, 0, width, height], size), left: box.x, top: box.y, size };
}

/** Where a place of the world is on the page. */
export function onScreen({ camera, left, top, size }: Placed, x: number, y: number): Place {
  const at = canvasFromWorld(camera, size, { x, y });
  return [left + at.x, top + at.y];
}

/** Where a world point of an image of so many world units is, which is shown whole. */
export async function placeOf(
  page: Page,
  [width, height]: readonly [width: number, height: number],
  [x, y]: readonly [x: number, y: number],
): Promise<Place> {
  return onScreen(await fitted(viewer(page).locator(".hand").first(), width, height), x, y);
}
