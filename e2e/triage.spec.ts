/** Finding ROIs in the table and saying what becomes of each, on the demo plate. */
import { expect, test } from "@playwright/test";
import { roiRow, rois, saved } from "./page.ts";

test.beforeEach(async ({ page }) => {
  await page.goto("/?demo");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
});

test("rows are found by text and by expression, sorted, and do not jump while they are edited", async ({
  page,
}) => {
  const find = page.getByRole("searchbox", { name: "Find ROIs" });
  await find.fill("FOV_2");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "2");
  await find.fill('x > 0 and name ~ "fov"');
  await expect(page.getByText(/^2 of 4 ROIs$/)).toBeVisible();
  await find.fill("size > 3");
  await expect(page.getByRole("alert")).toContainText('There is no column "size"');
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "3");
  // A text that was found nowhere, and reads like an expression, was perhaps meant as one.
  await find.fill("not triage");
  await expect(page.getByText("0 of 4 ROIs. No text holds that; to compare")).toBeVisible();
  await find.fill("B77");
  await expect(page.getByText(/^0 of 4 ROIs$/)).toBeVisible();
  await find.fill("");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");

  const names = rois(page).getByRole("row").locator('[role="gridcell"]:first-child');
  const header = rois(page).getByRole("columnheader", { name: "name" });
  const sort = header.getByRole("button", { name: "name", exact: true });
  await sort.click();
  await expect(header).toHaveAttribute("aria-sort", "ascending");
  await header.getByRole("button", { name: /^name/ }).click();
  await expect(header).toHaveAttribute("aria-sort", "descending");
  await expect(names).toHaveText(["FOV_4", "FOV_3", "FOV_2", "FOV_1"]);

  await roiRow(page, /FOV_4/).click();
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "name of FOV_4" }).fill("a_first");
  await page.keyboard.press("Enter");
  await expect(names).toHaveText(["a_first", "FOV_3", "FOV_2", "FOV_1"]);
  await page.keyboard.press("Control+z");
  await expect(names).toHaveText(["FOV_4", "FOV_3", "FOV_2", "FOV_1"]);

  // What is no more is not counted.
  await find.fill("FOV_2");
  await expect(page.getByText(/^1 of 4 ROIs$/)).toBeVisible();
  await roiRow(page, /FOV_2/).click();
  await page.keyboard.press("Delete");
  await expect(page.getByText(/^0 of 3 ROIs/)).toBeVisible();
});

test("ROIs are gone over by keys, noted, saved, and the kept ones become a table", async ({
  page,
}) => {
  const triage = page.getByRole("region", { name: "Triage" });
  await page.keyboard.press("m");
  await expect(roiRow(page, /FOV_1/)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("k");
  await expect(roiRow(page, /FOV_2/)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("d");
  await expect(triage.getByRole("status")).toHaveText("2/4, 1 discarded");
  await page.keyboard.press("Shift+Space");
  await expect(roiRow(page, /FOV_2.*discard/)).toHaveAttribute("aria-selected", "true");
  await expect(triage.getByRole("button", { name: /discard/ })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await page.getByRole("textbox", { name: "Note on FOV_2" }).fill("out of focus");
  await page.keyboard.press("Enter");
  await expect(roiRow(page, /FOV_2.*out of focus/)).toBeVisible();
  await page.keyboard.press("Space");
  await expect(roiRow(page, /FOV_3/)).toHaveAttribute("aria-selected", "true");
  // What is still being typed counts.
  await page.getByRole("textbox", { name: "Note on FOV_3" }).fill("check again");
  await triage.getByRole("button", { name: /keep/ }).click();
  await expect(roiRow(page, /FOV_3.*check again/)).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(triage.getByRole("status")).toHaveText("2/4, 1 discarded");
  await expect(roiRow(page, /FOV_3/)).toHaveAttribute("aria-selected", "true");

  await page.getByRole("textbox", { name: "Note on FOV_3" }).fill("and once more");
  await roiRow(page, /FOV_4/).click({ modifiers: ["Shift"] });
  await expect(roiRow(page, /FOV_4/)).toHaveAttribute("aria-selected", "true");
  await expect(roiRow(page, /FOV_3.*and once more/)).toBeVisible();
  await expect(roiRow(page, /FOV_4.*and once more/)).toHaveCount(0);
  await page.keyboard.press("Control+z");

  await triage.getByRole("button", { name: "Categories" }).click();
  await expect(page.getByRole("textbox", { name: "Categories" })).toBeFocused();
  await page.keyboard.press("Escape");

  await page.keyboard.press("Control+s");
  await expect(saved(page)).toBeVisible();
  await page.getByRole("combobox", { name: "On", exact: true }).selectOption("kept");
  await expect(page.getByRole("region", { name: "Plan", exact: true })).toContainText("ROI1chunk");
  await triage.getByRole("button", { name: "Kept as new table" }).click();
  await expect(page.getByRole("combobox", { name: "ROI table" })).toHaveValue("FOV_ROI_table_kept");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "2");
  await expect(roiRow(page, /FOV_1.*keep/)).toBeVisible();
});
