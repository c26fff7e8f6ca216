/** Sharing: a link shows another what is seen here; pixels come as files that other tools read. */
import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { decode as decodeTiff } from "tiff";
import { nucleiImage } from "./fixtures.ts";
import { serveEntries, type TestServer } from "./server.ts";

let server: TestServer;
test.beforeAll(async () => {
  server = await serveEntries(await nucleiImage());
});
test.afterAll(() => server.close());

async function settled(page: Page): Promise<void> {
  await expect(page.getByRole("region", { name: "Viewer" })).toHaveAttribute("aria-busy", "false");
}

const rows = (page: Page) => page.getByRole("grid", { name: "ROIs" }).getByRole("row");

/** What of the page's address says how the image is looked at. */
const asked = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("button", { name: item }).click();
}

async function downloaded(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: button, exact: true }).click();
  const file = await coming;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

test("a link opened by another shows the same: place, zoom, contrast, label, table and ROI", async ({
  page,
  context,
  browser,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`/?source=${server.url}&table=AnnData_ROI_table`);
  await settled(page);
  await rows(page).filter({ hasText: "FOV_3" }).click();
  const viewer = page.getByRole("region", { name: "Viewer" });
  await viewer.hover();
  await page.mouse.wheel(0, -400);
  await expect.poll(() => asked(page)["scale"]).toBeDefined();
  await expect.poll(() => asked(page)["roi"]).toBe("FOV_3");
  await expect.poll(() => asked(page)["channels"]).toMatch(/^0:ffffff:/);
  await choose(page, "Copy link to this view");
  await expect(page.getByRole("log", { name: "Messages" })).toContainText("on the clipboard");
  const link = await page.evaluate(() => navigator.clipboard.readText());

  const other = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const there = await other.newPage();
  await there.goto(link);
  await settled(there);
  await expect(there.getByRole("row", { selected: true })).toContainText("FOV_3");
  await expect(there.getByRole("combobox", { name: "ROI table" })).toHaveValue("AnnData_ROI_table");
  await there.mouse.move(640, 400);
  await expect.poll(() => there.url()).toBe(link);
  await other.close();
});

test("a link to what is not there any more says so, and shows the rest", async ({ page }) => {
  await page.goto(`/?source=${server.url}&roi=FOV_77&label=cells&channels=4:ff0000&z=x`);
  await settled(page);
  const messages = page.getByRole("log", { name: "Messages" });
  for (const part of ['ROI "FOV_77"', 'label "cells"', "channel 5", '"z=x"'])
    await expect(messages).toContainText(part);
  await expect(page.getByRole("grid", { name: "ROIs" })).toHaveAttribute("aria-rowcount", "5");
});

test("an ROI's pixels as a TIFF, and as OME-Zarr in a zip", async ({ page }) => {
  await page.goto(`/?source=${server.url}&roi=FOV_2`);
  await settled(page);
  await expect(page.getByRole("row", { selected: true })).toContainText("FOV_2");
  await choose(page, "Export pixels…");
  await expect(page.getByRole("radio", { name: "The ROI FOV_2" })).toBeChecked();
  const tiff = await downloaded(page, "Export");
  expect(tiff.name).toMatch(/FOV_2\.ome\.tif$/);
  const [plane, ...more] = decodeTiff(tiff.bytes);
  expect(more).toEqual([]);
  expect([plane?.width, plane?.height, plane?.bitsPerSample]).toEqual([150, 150, 16]);
  expect(plane?.data[12 * 150 + 12]).toBeGreaterThan(1500);

  await choose(page, "Export pixels…");
  await page.getByRole("combobox", { name: "Format" }).selectOption("zip");
  const zip = await downloaded(page, "Export");
  expect(zip.name).toMatch(/FOV_2\.ome\.zarr\.zip$/);
  const text = zip.bytes.toString("latin1");
  expect(text.startsWith("PK")).toBe(true);
  for (const part of [".zgroup", ".zattrs", "0/.zarray", "0/0/0/0"]) expect(text).toContain(part);
});
