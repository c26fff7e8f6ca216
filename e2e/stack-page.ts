/** A stack on the page, and a hand on it: where its pane shows a place, and the numbers of the selected ROI. */
import { expect, type Locator, type Page } from "@playwright/test";
import { type Camera, fitRect } from "../src/scene/camera.ts";
import { canvasFromWorld } from "../src/scene/camera-moves.ts";
import { rois, viewer } from "./page.ts";
import { serveEntries } from "./server.ts";
import { STACK, stackImage } from "./stack-image.ts";

/** The numbers of the selected ROI. */
export async function numbers(page: Page, ...names: readonly string[]): Promise<string[]> {
  const fields = names.map((name) => page.getByRole("textbox", { name, exact: true }));
  return Promise.all(fields.map((field) => field.inputValue()));
}

/** Holds the button from one place to another, and does not let go. */
export async function drag(page: Page, from: Place, to: Place): Promise<void> {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  await page.mouse.move(...to);
}

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

/** Of the stack, in world units. */
export const [DEPTH, HEIGHT, WIDTH] = [STACK[0], STACK[1] / 2, STACK[2] / 2];

/** Opens the stack in its main pane. */
export async function withStack(page: Page, run: (main: Placed) => Promise<void>): Promise<void> {
  const server = await serveEntries(await stackImage());
  try {
    await page.goto(`/?source=${server.url}`);
    await expect(rois(page)).toHaveAttribute("aria-rowcount", "4");
    await expect(viewer(page)).toHaveAttribute("aria-busy", "false");
    await run(await fitted(viewer(page).locator(".hand").first(), WIDTH, HEIGHT));
  } finally {
    await server.close();
  }
}
