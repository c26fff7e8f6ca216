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
