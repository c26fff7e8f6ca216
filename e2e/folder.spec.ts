/** A real folder on disk: dropped, edited, saved, labelled; what was not edited stays as it was to the byte. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { openLabel } from "../src/ome/labels.ts";
import { openImage } from "../src/ome/open-image.ts";
import { MemoryStore } from "../src/zarr/memory-store.ts";
import { readWhole } from "../src/zarr/read-whole.ts";
import { nucleiImage } from "./fixtures.ts";
import { rois, saved } from "./page.ts";
import { dropFolder, folderOf, withFolderBrowser } from "./real-folder.ts";

/** Every file below a folder with a hash of its bytes. */
function hashes(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    files
      .filter((file) => file.isFile())
      .map((file) => {
        const path = join(file.parentPath, file.name);
        const hash = createHash("sha256").update(readFileSync(path)).digest("hex");
        return [relative(folder, path), hash];
      }),
  );
}

function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].filter((path) => before.get(path) !== after.get(path)).sort();
}

async function openDropped(page: Page, folder: string, baseURL: string | undefined): Promise<void> {
  await page.goto(baseURL ?? "/");
  await expect(page.getByRole("button", { name: "Open folder" })).toBeVisible();
  await dropFolder(page, folder);
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
}

async function setField(page: Page, name: string, value: string): Promise<void> {
  await page.getByRole("textbox", { name, exact: true }).fill(value);
  await page.keyboard.press("Enter");
}

test("a FOV is edited, saved and read again; every other file stays as it was", async ({
  baseURL,
}) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  const before = hashes(folder);
  await withFolderBrowser(async (page) => {
    await openDropped(page, folder, baseURL);
    await page.getByRole("row", { name: /FOV_2/ }).click();
    await setField(page, "x", "140 px");
    await page.keyboard.press("Control+s");
    await expect(saved(page)).toBeVisible();
    expect(changed(before, hashes(folder))).toEqual(["tables/FOV_ROI_table/table.csv"]);

    await page.getByRole("combobox", { name: "ROI table" }).selectOption("AnnData_ROI_table");
    await page.getByRole("row", { name: /FOV_3/ }).click();
    await setField(page, "y", "-5");
    await page.keyboard.press("Control+s");
    await expect(saved(page)).toBeVisible();
    expect(changed(before, hashes(folder))).toEqual([
      "tables/AnnData_ROI_table/X/0.0",
      "tables/FOV_ROI_table/table.csv",
    ]);

    await openDropped(page, folder, baseURL);
    const moved = page.getByRole("row", { name: /FOV_2/ });
    await expect(moved.getByRole("gridcell").nth(1)).toHaveText("140");
    await page.getByRole("combobox", { name: "ROI table" }).selectOption("AnnData_ROI_table");
    await expect(page.getByRole("row", { name: /FOV_3/ }).getByRole("gridcell").nth(2)).toHaveText(
      "145",
    );
  });
});

test("nuclei are labelled in the folder, and a masking table is copied to draw in", async ({
  baseURL,
}) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  const before = hashes(folder);
  await withFolderBrowser(async (page) => {
    await openDropped(page, folder, baseURL);
    const form = page.getByRole("form", { name: "Threshold segmentation" });
    await form.getByRole("button", { name: "Run", exact: true }).click();
    await expect(form.getByText("144 nuclei in 4 FOVs; 9 chunks, each written once")).toBeVisible();
    const made = changed(before, hashes(folder));
    expect(made.filter((path) => !path.startsWith("labels/"))).toEqual([]);
    const list: unknown = JSON.parse(readFileSync(join(folder, "labels/.zattrs"), "utf8"));
    expect(list).toEqual({ labels: ["nuclei"] });
    expect(made.some((path) => path.endsWith(".crswap"))).toBe(false);

    const labelled = hashes(folder);
    await form.getByRole("textbox", { name: "Sigma" }).fill("0");
    await form.getByRole("button", { name: "Run", exact: true }).click();
    await form.getByRole("button", { name: "Replace" }).click();
    await expect(form.getByText(/nuclei in 4 FOVs; 9 chunks, each written once/)).toBeVisible();
    expect(changed(labelled, hashes(folder)).length).toBeGreaterThan(0);
    await form.getByRole("button", { name: "Undo run" }).click();
    await expect(form.getByRole("button", { name: "Undo run" })).toBeHidden();
    expect(changed(labelled, hashes(folder))).toEqual([]);

    await page.getByRole("combobox", { name: "ROI table" }).selectOption("nuclei_ROI_table");
    await page.getByRole("button", { name: "Draw ROI" }).click();
    await page.getByRole("button", { name: "Copy as ROI table" }).click();
    await expect(page.getByRole("row", { name: /ROI_2/ })).toBeVisible();
    await page.keyboard.press("Control+s");
    await expect(saved(page)).toBeVisible();
    const tables: unknown = JSON.parse(readFileSync(join(folder, "tables/.zattrs"), "utf8"));
    expect(tables).toEqual({
      tables: ["FOV_ROI_table", "AnnData_ROI_table", "nuclei_ROI_table", "nuclei_ROI_table_copy"],
    });
  });
});

test("a task on the ROIs that were kept labels them and no other", async ({ baseURL }) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  await withFolderBrowser(async (page) => {
    await openDropped(page, folder, baseURL);
    await page.keyboard.press("m");
    for (const key of ["d", "k", "d", "k"]) await page.keyboard.press(key);
    await expect(page.getByText("4/4, 2 discarded")).toBeVisible();
    const form = page.getByRole("form", { name: "Threshold segmentation" });
    await form.getByRole("combobox", { name: "On", exact: true }).selectOption("kept");
    await form.getByRole("button", { name: "Run", exact: true }).click();
    await expect(form.getByText(/^72 nuclei in 2 FOVs/)).toBeVisible();
    expect(await labelsPerField(folder)).toEqual([0, 36, 0, 36]);
  });
});

/** How many objects of the label begin in each field of view. */
async function labelsPerField(folder: string): Promise<number[]> {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const path of hashes(folder).keys())
    entries.set(`/${path}`, new Uint8Array(readFileSync(join(folder, path))));
  const image = await openImage(new MemoryStore({ kind: "memory", entries }), "");
  const { array } = (await openLabel(image, "nuclei")).levels[0];
  const { data } = await readWhole(array, {});
  const [height = 0, width = 0] = array.shape.slice(-2);
  const seen = new Set<unknown>([0]);
  const found = [0, 0, 0, 0];
  for (const [i, id] of data.entries()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const field = 2 * Number(i / width >= height / 2) + Number(i % width >= width / 2);
    found[field] = (found[field] ?? 0) + 1;
  }
  return found;
}
