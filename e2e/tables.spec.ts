/** Tables as files of a real folder: saved as, renamed, copied, deleted and put back; what a save writes; the history. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { openImage } from "../src/ome/open-image.ts";
import { addEmptyLabel } from "../src/testing/write-pixels.ts";
import { MemoryStore } from "../src/zarr/memory-store.ts";
import { nucleiImage } from "./fixtures.ts";
import { saved } from "./page.ts";
import { folderOf, openDropped, setX, withFolderBrowser } from "./real-folder.ts";

async function choose(page: Page, action: RegExp): Promise<void> {
  await page.getByRole("button", { name: "Table actions" }).click();
  await page.getByRole("button", { name: action }).click();
}

async function name(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Table name" }).fill(text);
  await page.keyboard.press("Enter");
}

const picked = (page: Page) => page.getByRole("combobox", { name: "ROI table" });
const listed = (folder: string): unknown =>
  JSON.parse(readFileSync(join(folder, "tables/.zattrs"), "utf8"));
const bytes = (folder: string, table: string): string =>
  readFileSync(join(folder, "tables", table, "table.csv"), "utf8");

test("a table is saved as another, renamed, copied, deleted and put back", async ({ baseURL }) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  const before = bytes(folder, "FOV_ROI_table");
  const others = ["AnnData_ROI_table", "nuclei_ROI_table"];
  await withFolderBrowser(async (page) => {
    await openDropped(page, folder, baseURL);
    await setX(page, "FOV_2", "140 px");
    await choose(page, /^Save as/);
    await name(page, "fov_roi_table");
    await expect(page.getByRole("alert").getByText("differ in case alone")).toBeVisible();
    await name(page, "mine");
    await expect(saved(page)).toBeVisible();
    await expect(picked(page)).toHaveValue("mine");
    expect(bytes(folder, "FOV_ROI_table")).toBe(before);
    expect(bytes(folder, "mine")).not.toBe(before);

    await choose(page, /^Rename/);
    await name(page, "curated");
    await expect(picked(page)).toHaveValue("curated");
    await expect.poll(() => existsSync(join(folder, "tables/mine"))).toBe(false);
    const curated = bytes(folder, "curated");

    await choose(page, /^Duplicate/);
    await expect(picked(page).getByRole("option", { name: "curated_copy" })).toHaveCount(1);
    expect(bytes(folder, "curated_copy")).toBe(curated);

    await choose(page, /^Delete curated/);
    const offer = page.getByRole("region", { name: "Deleted table" });
    await expect(offer.getByText("curated was deleted.")).toBeVisible();
    expect(existsSync(join(folder, "tables/curated"))).toBe(false);
    expect(listed(folder)).toEqual({ tables: ["FOV_ROI_table", ...others, "curated_copy"] });
    await offer.getByRole("button", { name: "Put back" }).click();
    await expect(offer).toHaveCount(0);
    await expect(picked(page)).toHaveValue("curated");
    expect(bytes(folder, "curated")).toBe(curated);
    expect(listed(folder)).toEqual({
      tables: ["FOV_ROI_table", ...others, "curated", "curated_copy"],
    });
    expect(readdirSync(join(folder, "tables")).filter((entry) => !entry.startsWith("."))).toEqual(
      ["FOV_ROI_table", ...others, "curated", "curated_copy"].sort(),
    );
  });
});

test("a masking table of a label that is not there is copied for another, and its values with it", async ({
  baseURL,
}) => {
  const entries = new Map(await nucleiImage());
  const store = new MemoryStore({ kind: "memory", entries });
  await addEmptyLabel(await openImage(store, ""), "cells");
  const folder = folderOf(entries, "well.zarr");
  const file = join(folder, "tables/nuclei_ROI_table/table.csv");
  writeFileSync(file, readFileSync(file, "utf8").replace("2,25,50,", "2,25,290,"));
  const before = bytes(folder, "nuclei_ROI_table");
  await withFolderBrowser(async (page) => {
    await openDropped(page, folder, baseURL);
    await picked(page).selectOption("nuclei_ROI_table");
    await page.getByText("Check this table").click();
    await expect(page.getByText('about the label "nuclei", which this image')).toBeVisible();
    const beyond = page.getByRole("region", { name: "Beyond the image's border" });
    await beyond.getByRole("button", { name: "Clamp" }).click();
    await expect(beyond).toHaveCount(0);
    // Now all is checked, which does not make the table sound.
    await expect(page.getByText("Nothing to mend.")).toHaveCount(0, { timeout: 1 });
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(beyond).toBeVisible();
    await page.getByRole("button", { name: "Copy for cells" }).click();
    await expect(picked(page)).toHaveValue("nuclei_ROI_table_cells");
    await expect(beyond).toBeVisible();
    await page.keyboard.press("Control+s");
    await expect(saved(page)).toBeVisible();
  });
  const written: unknown = JSON.parse(
    readFileSync(join(folder, "tables/nuclei_ROI_table_cells/.zattrs"), "utf8"),
  );
  expect(written).toMatchObject({
    type: "masking_roi_table",
    region: { path: "../labels/cells" },
    instance_key: "label",
  });
  expect(bytes(folder, "nuclei_ROI_table_cells")).toBe(before);
  expect(bytes(folder, "nuclei_ROI_table")).toBe(before);
  expect(listed(folder)).toMatchObject({
    tables: expect.arrayContaining(["nuclei_ROI_table", "nuclei_ROI_table_cells"]),
  });
});

test("a save shows what it is about to write, and writes it at one press", async ({ baseURL }) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  const before = bytes(folder, "FOV_ROI_table");
  await withFolderBrowser(async (page) => {
    await openDropped(page, folder, baseURL);
    await setX(page, "FOV_2", "140 px");
    await page.getByRole("row", { name: /FOV_3/ }).click();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("dim");
    await page.keyboard.press("Enter");
    await page.getByRole("row", { name: /FOV_4/ }).click();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("button", { name: "Save table" }).click();
    const diff = page.getByRole("dialog", { name: "Changes to be saved" });
    await expect(diff.getByRole("region", { name: "Moved or resized" })).toContainText(
      /FOV_2 x [+−]/,
    );
    await expect(diff.getByRole("region", { name: "Renamed" })).toContainText("FOV_3 → dim");
    await expect(diff.getByRole("region", { name: "Deleted" })).toContainText("FOV_4");
    expect(bytes(folder, "FOV_ROI_table")).toBe(before);
    await expect(diff.getByRole("button", { name: "Save", exact: true })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(saved(page)).toBeVisible();
    expect(bytes(folder, "FOV_ROI_table")).toContain("dim");
  });
});

test("the history goes back and forth to any step, and shows what changed", async ({ baseURL }) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  await withFolderBrowser(async (page) => {
    await openDropped(page, folder, baseURL);
    const x = page.getByRole("row", { name: /FOV_2/ }).getByRole("gridcell").nth(1);
    const was = (await x.textContent()) ?? "";
    await setX(page, "FOV_2", "140 px");
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("bright");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "History" }).click();
    const history = page.getByRole("dialog", { name: "History" });
    await history.getByRole("button", { name: /^Opened/ }).click();
    await expect(x).toHaveText(was);
    await expect(page.getByRole("row", { name: /FOV_2/ })).toBeVisible();
    await history.getByRole("button", { name: "Rename FOV_2 to bright" }).click();
    await expect(page.getByRole("row", { name: /bright/ })).toHaveAttribute(
      "aria-selected",
      "true",
    );
    await expect(page.getByText("1 change not saved")).toBeVisible();
  });
});

test("what another tab renames is followed here, and what it deletes can be kept", async ({
  baseURL,
}) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  await withFolderBrowser(async (page, context) => {
    await openDropped(page, folder, baseURL);
    const other = await context.newPage();
    await openDropped(other, folder, baseURL);
    await choose(other, /^Rename/);
    await name(other, "Fields");
    await expect(picked(other)).toHaveValue("Fields");
    // The first tab hears of it without being looked at.
    await expect(picked(page)).toHaveValue("Fields");
    const before = bytes(folder, "Fields");
    const bar = page.getByRole("region", { name: "Changed on disk" });
    await expect(bar).toHaveCount(0);
    await choose(other, /^Delete Fields/);
    await expect(bar.getByText("it was deleted or renamed elsewhere")).toBeVisible();
    await bar.getByRole("button", { name: "Save as new" }).click();
    await expect(bar).toHaveCount(0);
    expect(bytes(folder, "Fields")).toBe(before);
    await expect(picked(other).getByRole("option", { name: "Fields" })).toHaveCount(1);
  });
});

test("a table changed on disk is left to its changes, and one's own are saved as new", async ({
  baseURL,
}) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  await withFolderBrowser(async (page) => {
    await openDropped(page, folder, baseURL);
    await setX(page, "FOV_2", "140 px");
    const theirs = bytes(folder, "FOV_ROI_table").replace("FOV_3", "Theirs");
    writeFileSync(join(folder, "tables/FOV_ROI_table/table.csv"), theirs);
    await page.keyboard.press("Control+s");
    const bar = page.getByRole("region", { name: "Changed on disk" });
    await bar.getByRole("button", { name: "Save as new" }).click();
    await expect(picked(page)).toHaveValue("FOV_ROI_table_2");
    expect(bytes(folder, "FOV_ROI_table")).toBe(theirs);
    expect(bytes(folder, "FOV_ROI_table_2")).toContain("FOV_3");
  });
});
