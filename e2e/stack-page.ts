/** A stack on the page, and a hand on it: drags, and the numbers of the selected ROI. */
import { expect, type Page } from "@playwright/test";
import { rois, viewer } from "./page.ts";
import { fitted, type Place, type Placed } from "./place.ts";
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

/** Of the stack, in world units. */
export const [DEPTH, HEIGHT, WIDTH] = [STACK[0], STACK[1] / 2, STACK[2] / 2];

/** Opens the stack in its main pane. */
export async function withStack(page: Page, run: (main: Placed) => Promise<void>): Promise<void> {
  await using server = await serveEntries(await stackImage());
  await page.goto(`/?source=${server.url}`);
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "4");
  await expect(viewer(page)).toHaveAttribute("aria-busy", "false");
  await run(await fitted(viewer(page).locator(".hand").first(), WIDTH, HEIGHT));
}
