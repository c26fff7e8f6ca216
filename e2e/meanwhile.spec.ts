/** A table on disk that another program changes while it is edited, and edits that outlive the page. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { nucleiImage } from "./fixtures.ts";
import { folderOf, openDropped, setX, withFolderBrowser } from "./real-folder.ts";

const CSV = "tables/FOV_ROI_table/table.csv";

/** Another program gives a ROI another name. */
function renamedBy(folder: string, from: string, to: string): void {
  const file = join(folder, CSV);
  writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
}

const rows = (folder: string): string[] =>
  readFileSync(join(folder, CSV), "utf8").trim().split("\n").slice(1);

test("changes made meanwhile by another program are noticed, and merged with one's own", async ({
  baseURL,
}) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  const before = rows(folder);
  await withFolderBrowser(async (page) => {
    await openDropped(page, folder, baseURL);
    await setX(page, "FOV_2", "140 px");
    await expect(page.getByText("1 change not saved")).toBeVisible();
    renamedBy(folder, "FOV_3", "Theirs");
    await page.keyboard.press("Control+s");
    const bar = page.getByRole("region", { name: "Changed on disk" });
    await expect(bar.getByText("None of your 1 change touches")).toBeVisible();
    await bar.getByRole("button", { name: "Merge" }).click();
    await expect(bar).toHaveCount(0);
    await expect(page.getByRole("row", { name: /Theirs/ })).toBeVisible();
    await page.keyboard.press("Control+s");
    await expect(page.getByText(/^Saved \d\d:\d\d$/)).toBeVisible();
    const after = rows(folder);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    expect(after[2]).toBe(before[2]?.replace("FOV_3", "Theirs"));
  });
});

test("edits outlive the page that made them, and are offered, not put back", async ({
  baseURL,
}) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  await withFolderBrowser(async (page, context) => {
    await openDropped(page, folder, baseURL);
    const x = page.getByRole("row", { name: /FOV_2/ }).getByRole("gridcell").nth(1);
    const was = await x.textContent();
    await setX(page, "FOV_2", "140 px");
    await expect(page.getByText("1 change not saved")).toBeVisible();
    await expect
      .poll(() => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)))
      .toContain("fovea-drafts");
    await page.close({ runBeforeUnload: false });

    const again = await context.newPage();
    await openDropped(again, folder, baseURL);
    const moved = again.getByRole("row", { name: /FOV_2/ }).getByRole("gridcell").nth(1);
    await expect(moved).toHaveText(was ?? "");
    await again
      .getByRole("region", { name: "Draft" })
      .getByRole("button", { name: "Restore" })
      .click();
    await expect(moved).toHaveText("140");
    await expect(again.getByText("1 change not saved")).toBeVisible();
    await again.keyboard.press("Control+z");
    await expect(moved).toHaveText(was ?? "");
  });
});

test("what a careful reader would point out is listed, and mended in one step", async ({
  baseURL,
}) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  renamedBy(folder, "FOV_3", "FOV_2");
  await withFolderBrowser(async (page) => {
    await openDropped(page, folder, baseURL);
    await page.getByText("Check this table").click();
    const twice = page.getByRole("region", { name: "Names given twice" });
    await twice.getByRole("button", { name: "Rename" }).click();
    await expect(page.getByText("1 change not saved")).toBeVisible();
    await expect(twice).toHaveCount(0);
    await page.keyboard.press("Control+z");
    await expect(twice).toBeVisible();
  });
});
