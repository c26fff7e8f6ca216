/** Where journeys look on the page, and what they wait for. */
import { expect, type Locator, type Page } from "@playwright/test";

/** The table of ROIs; its rows count with the header. */
export function rois(page: Page): Locator {
  return page.getByRole("grid", { name: "ROIs" });
}

export function roiRow(page: Page, name: string | RegExp): Locator {
  return rois(page).getByRole("row", { name });
}

/** The image. */
export function viewer(page: Page): Locator {
  return page.getByRole("region", { name: "Viewer", exact: true });
}

/** What says which pixels, labels and ROIs are under the pointer. */
export function readout(page: Page): Locator {
  return page.getByRole("region", { name: "Under the pointer" });
}

/** What says that all changes are on disk. */
export function saved(page: Page): Locator {
  return page.getByText(/^Saved \d\d:\d\d$/);
}

/** Waits until all that is in view has its pixels. */
export async function settled(page: Page): Promise<void> {
  await expect(viewer(page)).toHaveAttribute("aria-busy", "false");
}

/** Opens the demo plate at its first well, with its four FOVs and their pixels. */
export async function openDemo(page: Page): Promise<void> {
  await page.goto("/?demo");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
  await settled(page);
}

/** Adds a hundred ROIs to the four of the demo. */
export async function makeGrid(page: Page): Promise<void> {
  await page.getByRole("button", { name: "New ROIs" }).click();
  await page.locator("#new-rois").getByRole("button", { name: "Grid…" }).click();
  const form = page.getByRole("form", { name: "Grid" });
  await form.getByLabel("Rows").fill("10");
  await form.getByLabel("Columns").fill("10");
  await form.getByRole("button", { name: "Make" }).click();
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "105");
}
