/** A whole plate: wells are chosen, run one after the other, opened with their labels, and all taken back together. */
import { expect, type Page, test } from "@playwright/test";
import { rois } from "./page.ts";

async function openDemo(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: "Open demo plate" }).click();
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
  // All wells are made once the demo can be reset.
  await expect(page.getByRole("button", { name: "Reset demo" })).toBeVisible({ timeout: 120_000 });
}

test("a recipe runs on three wells, tells how far each is, and is taken back in all of them", async ({
  page,
}) => {
  test.slow();
  await openDemo(page);
  const form = page.getByRole("form", { name: "Threshold segmentation" });
  await form.getByRole("combobox", { name: "On", exact: true }).selectOption("wells");
  const wells = form.getByRole("grid", { name: "Wells" });
  await expect(form.getByText("6 of 6 wells")).toBeVisible();
  await form.getByRole("button", { name: "None" }).click();
  await expect(form.getByText("Choose a well")).toBeVisible();
  await wells.getByRole("button", { name: "B", exact: true }).click();
  await expect(form.getByText("3 of 6 wells")).toBeVisible();
  await expect(form.getByRole("region", { name: "Plan" })).toContainText("3 wells: 12 ROIs");

  await form.getByRole("button", { name: "Run", exact: true }).click();
  const run = form.getByRole("region", { name: "Run over wells" });
  await expect(run.getByRole("status")).toContainText(/^Well \d of 3/);
  await expect(run.getByRole("status")).toHaveText(
    /^\d+ nuclei in 12 FOVs of 3 wells; 3 chunks, each written once$/,
    { timeout: 60_000 },
  );
  for (const well of ["B03", "B04", "B05"])
    await expect(run.getByRole("listitem").filter({ hasText: well }).first()).toContainText("done");
  const label = page.getByRole("checkbox", { name: "Show label nuclei" });
  await expect(label).toBeChecked();

  // A well that was not on the screen has its label too, and a reload forgets nothing.
  await page.getByRole("button", { name: "Demo plate" }).click();
  await expect(page.getByRole("region", { name: "Run over wells" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Well B04" })).toHaveAttribute(
    "data-state",
    "done",
  );
  await page.getByRole("button", { name: "Well B04" }).click();
  await expect(label).toBeChecked();
  await page.reload();
  await expect(label).toBeChecked();
  await page.getByRole("button", { name: "Undo run in 3 wells" }).click();
  await expect(page.getByRole("region", { name: "Run over wells" })).toBeHidden();
  await expect(label).toHaveCount(0);
  await page.getByRole("button", { name: "Demo plate" }).click();
  await page.getByRole("button", { name: "Well B05" }).click();
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
  await expect(label).toHaveCount(0);
});

test("a page that is closed in mid-run finds it again, and goes on with the wells that are left", async ({
  page,
}) => {
  test.slow();
  await openDemo(page);
  const form = page.getByRole("form", { name: "Threshold segmentation" });
  await form.getByRole("combobox", { name: "On", exact: true }).selectOption("wells");
  await form.getByRole("button", { name: "Run", exact: true }).click();
  const run = page.getByRole("region", { name: "Run over wells" });
  await expect(run.getByRole("status")).toContainText(/^Well [2-5] of 6/, { timeout: 60_000 });
  await page.reload();
  await expect(run.getByRole("status")).toContainText("over 6 wells is paused");
  await run.getByRole("button", { name: "Resume wells" }).click();
  await expect(run.getByRole("status")).toHaveText(
    /^[\d,]+ nuclei in 24 FOVs of 6 wells; 6 chunks, each written (once|up to 2 times)$/,
    { timeout: 60_000 },
  );
});
