/** A newcomer's way: the demo opens, is looked at, its nuclei are labelled, an ROI is drawn and saved. */
import { expect, type Page, test } from "@playwright/test";
import { readout, rois, saved, settled } from "./page.ts";

async function openDemo(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: "Open demo plate" }).click();
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
  await settled(page);
}

test("the demo shows its first well with channels, planes and FOVs", async ({ page }) => {
  await openDemo(page);
  await expect(page).toHaveTitle(/Demo plate B03/);
  for (const channel of ["DAPI", "Tubulin", "Lamin B1"])
    await expect(page.getByRole("checkbox", { name: channel })).toBeChecked();
  const z = page.getByRole("slider", { name: "z" });
  await z.focus();
  await page.keyboard.press("ArrowRight");
  await expect(z).toHaveValue("2");
  await settled(page);
  await page.mouse.move(400, 300);
  await expect(readout(page)).toContainText(/DAPI \d+/);
});

test("one press labels the nuclei, and the summary tells the truth", async ({ page }) => {
  await openDemo(page);
  const form = page.getByRole("form", { name: "Threshold segmentation" });
  const viewer = page.getByRole("region", { name: "Viewer" });
  const unlabelled = await viewer.screenshot();
  await form.getByRole("button", { name: "Run", exact: true }).click();
  const summary = form.getByText(/nuclei in 4 FOVs/);
  await expect(summary).toHaveText(/^\d+ nuclei in 4 FOVs \(truth \d+\); 1 chunk, written once$/);
  const [found = 0, , truth = 0] = (await summary.textContent())?.match(/\d+/g)?.map(Number) ?? [];
  expect(Math.abs(found - truth) / truth).toBeLessThan(0.1);
  await expect(
    page.getByRole("checkbox", { name: "Show label nuclei", exact: true }),
  ).toBeChecked();

  await expect(viewer).toHaveAttribute("aria-busy", "false");
  await expect.poll(async () => (await viewer.screenshot()).equals(unlabelled)).toBe(false);

  // A name that is taken is not written over without a word.
  await form.getByRole("button", { name: "Run", exact: true }).click();
  await expect(form.getByRole("alert")).toContainText("already");
  await form.getByRole("button", { name: /nuclei_2/ }).click();
  await expect(summary).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Show label nuclei_2" })).toBeChecked();

  // Every channel can be chosen, and the page says where the measurements went.
  await form.getByRole("combobox", { name: "Task" }).selectOption("Measure features");
  const measuring = page.getByRole("form", { name: "Measure features" });
  for (const channel of ["DAPI", "Tubulin", "Lamin B1"])
    await expect(measuring.getByRole("checkbox", { name: channel })).toBeInViewport({ ratio: 1 });
  await measuring.getByRole("button", { name: "Run", exact: true }).click();
  await expect(measuring.getByText(/^\d+ objects measured in 4 FOVs$/)).toBeVisible();
  await expect(measuring.getByText(/^Point at an object/)).toBeVisible();
});

test("without a private file system the demo lives in memory, and says so", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator.storage, "getDirectory", { value: undefined });
  });
  await openDemo(page);
  await expect(page.getByRole("log", { name: "Messages" })).toContainText("a reload loses it");
  const form = page.getByRole("form", { name: "Threshold segmentation" });
  await form.getByRole("button", { name: "Run", exact: true }).click();
  await expect(form.getByText(/nuclei in 4 FOVs .* written once/)).toBeVisible();
  // What cannot be taken back is told of all the same.
  await form.getByRole("combobox", { name: "Task" }).selectOption("Measure features");
  const measuring = page.getByRole("form", { name: "Measure features" });
  await measuring.getByRole("button", { name: "Run", exact: true }).click();
  await expect(measuring.getByText(/^Point at an object/)).toBeVisible();
  await expect(measuring.getByRole("button", { name: "Undo run" })).toHaveCount(0);
});

test("an ROI is drawn, moved by the keyboard, undone, redone, saved, and there after a reload", async ({
  page,
}) => {
  await openDemo(page);
  const viewer = page.getByRole("region", { name: "Viewer" });
  const rois = page.getByRole("grid", { name: "ROIs" });
  const area = await viewer.boundingBox();
  if (!area) throw new Error("The viewer has no place on the page");
  const at = (x: number, y: number) => [area.x + area.width * x, area.y + area.height * y] as const;

  await page.getByRole("button", { name: "Draw ROI" }).click();
  await page.mouse.move(...at(0.4, 0.4));
  await page.mouse.down();
  await page.mouse.move(...at(0.5, 0.5));
  await page.mouse.move(...at(0.6, 0.6));
  await page.mouse.up();
  await expect(rois.getByRole("row", { name: /roi/i }).last()).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await expect(rois).toHaveAttribute("aria-rowcount", "6");
  await expect(page.getByText("1 change not saved")).toBeVisible();

  await page.keyboard.press("ArrowRight");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rois).toHaveAttribute("aria-rowcount", "5");
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(rois).toHaveAttribute("aria-rowcount", "6");

  await page.getByRole("textbox", { name: "Name", exact: true }).fill("two cells");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+s");
  await expect(saved(page)).toBeVisible();

  await page.reload();
  await expect(rois.getByRole("row", { name: /two cells/ })).toBeVisible();
  await expect(rois).toHaveAttribute("aria-rowcount", "6");
});
