/** Labels over an image: coloured by a feature, several at once, what is under the pointer, and what a click picks. */
import { expect, type Page, test } from "@playwright/test";
import { decode } from "fast-png";
import { pixelBox } from "../src/geometry/box.ts";
import { worldFromPixel } from "../src/geometry/pixel-grid.ts";
import { openImage } from "../src/ome/open-image.ts";
import { newRoiTable } from "../src/roi/new-roi-table.ts";
import { labelColor } from "../src/scene/label-color.ts";
import { createTable } from "../src/table/create-table.ts";
import { newFeatureTable } from "../src/table/feature-table.ts";
import { makeImage } from "../src/testing/make-image.ts";
import { numbers } from "../src/testing/tables.ts";
import { addLabel } from "../src/testing/write-pixels.ts";
import { writeAttributes } from "../src/zarr/hierarchy.ts";
import { MemoryStore } from "../src/zarr/memory-store.ts";
import { DENSE_COUNT, DENSE_SIDE, denseIdAt, denseLabel } from "./dense-label.ts";
import { differing } from "./differing.ts";
import { readout, rois, settled, viewer } from "./page.ts";
import { serveEntries, type TestServer } from "./server.ts";

const SIDE = 160;
const HUGE = 2n ** 60n;

/** Four square nuclei, one in each quarter, measured but for the last; cells are coarser and have ids beyond 2^53. */
async function labelledImage(): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const store = new MemoryStore({ kind: "memory", entries });
  const shape = [SIDE, SIDE];
  const axes = ["y", "x"] as const;
  const image = await makeImage(store, { axes, shape, chunks: shape, dtype: "uint8" });
  const idAt = (i: number, side: number): number => {
    const [y, x] = [Math.floor(i / side) / side, (i % side) / side];
    const isInside = [y, x].every((at) => (at % 0.5) * SIDE >= 20 && (at % 0.5) * SIDE < 60);
    return isInside ? 1 + 2 * Number(y >= 0.5) + Number(x >= 0.5) : 0;
  };
  await addLabel(image, {
    name: "nuclei",
    axes,
    shape,
    scale: [1, 1],
    dtype: "uint16",
    data: Uint16Array.from({ length: SIDE ** 2 }, (_, i) => idAt(i, SIDE)),
  });
  const coarse = SIDE / 4;
  await addLabel(image, {
    name: "cells",
    axes,
    shape: [coarse, coarse],
    scale: [4, 4],
    dtype: "uint64",
    data: BigUint64Array.from({ length: coarse ** 2 }, (_, i) =>
      idAt(i, coarse) === 0 ? 0n : HUGE + BigInt(idAt(i, coarse)),
    ),
  });
  const common = { zarrFormat: 2, backend: "csv", region: "nuclei" } as const;
  const measured = newFeatureTable({
    ...common,
    path: "tables/nuclei_features",
    labels: [1, 2, 3],
    columns: new Map([["area", numbers([100, 150, 200])]]),
  });
  const rois = [1, 2, 3, 4].map((label) => {
    const [y, x] = [20 + 80 * Number(label > 2), 20 + 80 * Number(label % 2 === 0)];
    const box = worldFromPixel(image.levels[0].grid, pixelBox([0, y, x], [1, y + 40, x + 40]));
    return { name: String(label), label, box };
  });
  const masking = newRoiTable({ ...common, path: "tables/nuclei_ROI_table", rois });
  for (const table of [measured, masking]) await createTable({ store, table });
  return entries;
}

let server: TestServer;
test.beforeAll(async () => {
  server = await serveEntries(await labelledImage());
});
test.afterAll(() => server.close());

const labels = (page: Page) => page.getByRole("region", { name: "Labels" });

async function open(
  page: Page,
  query = "",
  { url }: { readonly url: string } = server,
): Promise<void> {
  await page.goto(`/?source=${url}${query}`);
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
  await settled(page);
}

/** In the middle of a nucleus, in pixels of the viewer. */
async function placeOf(
  page: Page,
  id: number,
): Promise<{ readonly x: number; readonly y: number }> {
  const { width = 0, height = 0 } = (await viewer(page).boundingBox()) ?? {};
  return {
    x: width / 2 + (id % 2 === 0 ? 100 : -100),
    y: height / 2 + (id > 2 ? 100 : -100),
  };
}

async function point(page: Page, id: number): Promise<void> {
  await viewer(page).hover({ position: await placeOf(page, id), force: true });
}

/** The colours of the four nuclei on the screen. */
async function colorsOf(page: Page): Promise<readonly string[]> {
  const { data, width, channels } = decode(await viewer(page).screenshot());
  const places = await Promise.all([1, 2, 3, 4].map((id) => placeOf(page, id)));
  return places.map(({ x, y }) => {
    const at = channels * (Math.round(y) * width + Math.round(x));
    return data.slice(at, at + 3).join();
  });
}

test("a label is coloured by a feature, with a legend, and the link says so", async ({ page }) => {
  await open(page);
  await point(page, 2);
  await expect(readout(page)).toContainText("nuclei 2");
  await labels(page).getByRole("button", { name: "nuclei" }).click();
  await labels(page).getByRole("slider", { name: "Opacity of nuclei" }).fill("1");
  await labels(page).getByLabel("Colour nuclei by").selectOption({ label: "nuclei_features …" });
  const legend = page.getByRole("group", { name: "Colours of nuclei" });
  await expect(legend.getByLabel("Least of the colours")).toHaveValue("100");
  await expect(legend.getByLabel("Most of the colours")).toHaveValue("200");
  await expect(legend).toContainText("area");
  await point(page, 3);
  await expect(readout(page)).toContainText("nuclei 3 area 200");
  await page.mouse.move(0, 0);
  // Viridis without its darkest third, from end to end; what is not measured is grey.
  const [first, , third, fourth] = ["53,95,141", "", "253,231,37", "154,165,174"];
  await expect
    .poll(async () => (await colorsOf(page)).toSpliced(1, 1))
    .toEqual([first, third, fourth]);

  await legend.getByLabel("Most of the colours").fill("150");
  await legend.getByLabel("Most of the colours").press("Enter");
  await expect.poll(async () => (await colorsOf(page))[1]).toBe(third);
  await expect(page).toHaveURL(/label=nuclei:o1:cnuclei_features\/area:r100\.\.150/);

  const seen = await colorsOf(page);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await expect(legend.getByLabel("Most of the colours")).toHaveValue("150");
  await settled(page);
  await expect.poll(() => colorsOf(page)).toEqual(seen);
});

test("the colours that a label gives to its objects are seen until a feature is chosen", async ({
  page,
}) => {
  const entries = await labelledImage();
  const attributes = JSON.parse(new TextDecoder().decode(entries.get("/labels/nuclei/.zattrs")));
  const colors = [
    { "label-value": 1, rgba: [255, 0, 0, 255] },
    { "label-value": 3, rgba: [0, 128, 255, 255] },
  ];
  const store = new MemoryStore({ kind: "memory", entries });
  const given = { ...attributes, "image-label": { version: "0.4", colors } };
  await writeAttributes(store, "labels/nuclei", 2, given);
  await using there = await serveEntries(entries);
  await open(page, "&label=nuclei:o1", there);
  const own = ["255,0,0", labelColor(2).join(), "0,128,255", labelColor(4).join()];
  await expect.poll(() => colorsOf(page)).toEqual(own);
  await labels(page).getByRole("button", { name: "nuclei" }).click();
  const by = labels(page).getByLabel("Colour nuclei by");
  await by.selectOption({ label: "nuclei_features …" });
  await expect.poll(async () => (await colorsOf(page))[2]).toBe("253,231,37");
  await by.selectOption({ label: "object" });
  await expect.poll(() => colorsOf(page)).toEqual(own);
});

test("of a label whose ids are stored as fractions it is told what is drawn", async ({ page }) => {
  const entries = await labelledImage();
  const image = await openImage(new MemoryStore({ kind: "memory", entries }), "");
  await addLabel(image, {
    name: "halves",
    axes: ["y", "x"],
    shape: [SIDE, SIDE],
    scale: [1, 1],
    dtype: "float32",
    data: new Float32Array(SIDE ** 2).fill(2.5),
  });
  await using there = await serveEntries(entries);
  await open(page, "&label=halves:o1", there);
  await expect(page.getByText('"halves" is stored as float32')).toBeVisible();
  await point(page, 3);
  await expect(readout(page)).toContainText("halves 2");
  await page.mouse.move(0, 0);
  const two = labelColor(2).join();
  await expect.poll(() => colorsOf(page)).toEqual([two, two, two, two]);
});

test("3D boxes are drawn without labels, which the panel says", async ({ page }) => {
  await open(page);
  const said = labels(page).getByText("3D boxes are drawn without them.");
  await expect(said).toHaveCount(0);
  await page.getByRole("button", { name: "3D", exact: true }).click();
  await expect(said).toBeVisible();
  await page.getByRole("button", { name: "Close 3D" }).click();
  await expect(said).toHaveCount(0);
});

test("in a narrow window details are not cut off, and messages are read", async ({ page }) => {
  await page.setViewportSize({ width: 400, height: 800 });
  await open(page, "&table=lost");
  const message = page.getByText('The image has no table "lost"');
  await expect(message).toBeVisible();
  expect((await message.boundingBox())?.width).toBeGreaterThan(150);
  const left = page.locator(".side.left");
  for (const name of ["Labels", "Channels"]) {
    const panel = left.getByRole("region", { name });
    await panel.getByRole("button", { expanded: false }).first().click();
    await expect(panel.locator(".channel-details")).toBeVisible();
    const over = await left.evaluate((all) => all.scrollWidth - all.clientWidth);
    expect(over).toBe(0);
  }
});

test("two labels lie over each other, ids of any size are told, and the source remembers", async ({
  page,
}) => {
  await open(page);
  await labels(page).getByRole("checkbox", { name: "Show label cells" }).check();
  await settled(page);
  await point(page, 4);
  await expect(readout(page)).toContainText("nuclei 4");
  await expect(readout(page)).toContainText(`cells ${HUGE + 4n}`);
  await labels(page).getByRole("button", { name: "cells" }).click();
  await labels(page).getByRole("button", { name: "Outline" }).click();
  await labels(page).getByLabel("Outline width of cells").fill("3");
  await labels(page).getByRole("button", { name: "Higher" }).click();
  await expect(page).toHaveURL(/label=nuclei,cells:soutline:w3/);
  await open(page);
  await expect(labels(page).getByRole("checkbox", { name: "Show label cells" })).toBeChecked();
  await expect(page).toHaveURL(/label=nuclei,cells:soutline:w3/);
});

test("a click on an object selects its ROI, and Escape lets it go", async ({ page }) => {
  await open(page, "&label=nuclei:o1,cells:o1");
  const selected = page.getByRole("row", { selected: true });
  await viewer(page).click({ position: await placeOf(page, 3), force: true });
  await expect(selected).toContainText("3");
  await page.keyboard.press("Escape");
  await expect(selected).toHaveCount(0);
});

test("a masking table is compared with the objects that its label has", async ({ page }) => {
  await open(page);
  await page.getByText("Check this table").click();
  const compare = page.getByRole("button", { name: "Compare with the label’s objects" });
  await compare.click();
  await expect(page.getByText('Each ROI has its object in "nuclei"')).toBeVisible();
  await rois(page).getByText("3", { exact: true }).first().click();
  await page.keyboard.press("Delete");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "4");
  await compare.click();
  await expect(page.getByText("1 object has no ROI")).toBeVisible();
});

test("each of a hundred thousand objects is coloured by what was measured of it, told, picked and linked", async ({
  page,
  browser,
}) => {
  expect(DENSE_COUNT).toBeGreaterThan(100_000);
  await using dense = await serveEntries(await denseLabel());
  const middle = DENSE_SIDE / 2 + 6;
  const camera = `&at=${middle},${middle}&scale=0.5`;
  await page.goto(`/?source=${dense.url}${camera}&label=nuclei:o1:cnuclei_features/area:r0..0.1`);
  await expect(page.getByRole("group", { name: "Colours of nuclei" })).toContainText("area");
  await settled(page);
  const { width = 0, height = 0 } = (await viewer(page).boundingBox()) ?? {};
  const position = { x: width / 2, y: height / 2 };
  const colorThere = async (): Promise<string> => {
    const { data, width: row, channels } = decode(await viewer(page).screenshot());
    const at = channels * (Math.round(position.y) * row + Math.round(position.x));
    return data.slice(at, at + 3).join();
  };
  await expect.poll(colorThere).toBe("253,231,37");
  await viewer(page).click({ position, force: true });
  await expect(readout(page)).toContainText(`nuclei ${denseIdAt(middle, middle)} area 0.5`);
  await page.mouse.wheel(0, -200);
  await expect.poll(() => page.url()).toMatch(/scale=0\.[0-4].*object=nuclei/);
  await page.mouse.move(0, 0);
  await expect(readout(page)).not.toContainText("nuclei");
  const ringed = await viewer(page).screenshot();

  await using other = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const there = await other.newPage();
  await there.goto(page.url());
  await expect.poll(async () => differing(ringed, await viewer(there).screenshot())).toBe(0);
  await there.goto(page.url().replace(/&object=[^&]*/, ""));
  await expect(viewer(there)).toHaveAttribute("aria-busy", "false");
  // What a ring takes on the screen.
  await expect
    .poll(async () => differing(ringed, await viewer(there).screenshot()))
    .toBeLessThan(2000);
  expect(differing(ringed, await viewer(there).screenshot())).toBeGreaterThan(50);
});
