/** The keyboard and the ways out: keys act on what has the focus, and nothing unsaved is left without a question. */
import { expect, test } from "@playwright/test";
import { nucleiImage } from "./fixtures.ts";
import { rois, saved } from "./page.ts";
import { dropFolder, folderOf, withFolderBrowser } from "./real-folder.ts";

test("keys stay in a dialog, Ctrl+S saves what is half typed, a drop asks before it loses edits", async ({
  baseURL,
}) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  await withFolderBrowser(async (page) => {
    await page.goto(baseURL ?? "/");
    await dropFolder(page, folder);
    await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
    await page.getByRole("row", { name: /FOV_2/ }).click();

    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Shortcuts" });
    await expect(help).toBeVisible();
    await page.keyboard.press("Delete");
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();
    await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");

    await page.keyboard.press("Delete");
    await expect(rois(page)).toHaveAttribute("aria-rowcount", "4");
    await page.keyboard.press("Control+z");
    await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
    await expect(page.getByRole("button", { name: "Undo" })).toBeDisabled();

    await page.getByRole("textbox", { name: "y", exact: true }).fill("30 px");
    await page.keyboard.press("Control+s");
    await expect(saved(page)).toBeVisible();

    await page.getByRole("textbox", { name: "y", exact: true }).fill("40");
    await page.keyboard.press("Enter");
    await expect(page.getByText("1 change not saved")).toBeVisible();
    const asked = page.waitForEvent("dialog");
    const dropped = dropFolder(page, folder);
    const dialog = await asked;
    expect(dialog.message()).toContain("not saved");
    await dialog.dismiss();
    await dropped;
    await expect(page.getByText("1 change not saved")).toBeVisible();
  });
});

test("Back leads from a well to its plate, and a reload to the same well", async ({ page }) => {
  await page.goto("/?demo");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
  await page.getByRole("button", { name: "Demo plate" }).click();
  const wells = page.getByRole("grid", { name: "Wells" });
  await expect(wells.getByRole("button", { name: "Well B03" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(page).toHaveTitle(/B03/);
  await page.reload();
  await expect(page).toHaveTitle(/B03/);
  await page.goBack();
  await expect(wells).toBeVisible();
});
