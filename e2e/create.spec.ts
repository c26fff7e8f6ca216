/** ROIs that come from data: a grid, numbers, the clipboard, a microscope's metadata. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { nucleiImage } from "./fixtures.ts";
import { rois } from "./page.ts";
import { dropFiles } from "./real-folder.ts";
import { serveEntries } from "./server.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "New ROIs" }).click();
  await page.locator("#new-rois").getByRole("button", { name }).click();
}

test.beforeEach(async ({ page }) => {
  await page.goto("/?demo");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
});

test("a grid is one step, and is copied and pasted with the keys", async ({ page }) => {
  await choose(page, "Grid…");
  const form = page.getByRole("form", { name: "Grid" });
  await form.getByLabel("Rows").fill("0");
  await expect(form.getByRole("status")).toContainText("A grid needs whole numbers from 1 on");
  await form.getByLabel("Rows").fill("3");
  await expect(form.getByRole("status")).toHaveText("6 ROIs at level 0");
  await form.getByRole("button", { name: "Make" }).click();
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "11");
  await page.keyboard.press("Control+C");
  await expect(page.getByText("6 ROIs are on the clipboard")).toBeVisible();
  await page.keyboard.press("Control+V");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "17");
  await expect(page.getByRole("region", { name: "Selected ROI" })).toContainText("6 ROIs selected");
  await page.keyboard.press("Control+Z");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "11");
  await page.keyboard.press("Control+Z");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
});

test("numbers make an ROI, and pasted nonsense makes none and says where it is wrong", async ({
  page,
}) => {
  await choose(page, "By numbers…");
  const form = page.getByRole("form", { name: "ROI by numbers" });
  await expect(form.getByLabel("Name")).toBeFocused();
  await form.getByLabel("len_x").fill("40 furlongs");
  await expect(form.getByRole("button", { name: "Make" })).toBeDisabled();
  await form.getByLabel("len_x").fill("40 px");
  await form.getByLabel("Name").fill("mitosis");
  await form.getByRole("button", { name: "Make" }).click();
  await expect(rois(page).getByRole("row", { name: /mitosis/ })).toContainText("13");
  const csv = "name,x,y,width,height\na,1,2,3,4\nb,1,2,hello,4";
  await page.evaluate((text) => navigator.clipboard.writeText(text), csv);
  await choose(page, "Paste");
  await expect(page.getByText('Row 3: "hello" is no number')).toBeVisible();
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "6");
});

test("ROIs are split in two and merged into one, by keys, and a locked one stays whole", async ({
  page,
}) => {
  await rois(page).getByText("FOV_2", { exact: true }).click();
  await page.keyboard.press("Shift+S");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "6");
  const half = rois(page).getByRole("row", { name: /FOV_2-2/ });
  await expect(half).toContainText("312");
  await page.keyboard.press("Shift+M");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
  await page.keyboard.press("l");
  await page.keyboard.press("Shift+S");
  await expect(page.getByText("A selected ROI is locked")).toBeVisible();
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
  await page.keyboard.press("Control+z");
  await expect(half).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(page.getByText("not saved")).toHaveCount(0);
});

/** A pair of files that say where the stage was for two fields of view of well B03, which overlap by 10. */
function microscopeFiles(): { readonly name: string; readonly text: string }[] {
  const camera =
    '<MeasurementChannel HorizontalPixelDimension="0.5" VerticalPixelDimension="0.5" HorizontalPixels="400" VerticalPixels="300"/>';
  const images = [-100, 90].map(
    (x, i) =>
      `<MeasurementRecord Type="IMG" Row="2" Column="3" FieldIndex="${i + 1}" X="${x}" Y="40" Z="0"/>`,
  );
  return [
    { name: "a.mlf", text: `<MeasurementData>${images.join("")}</MeasurementData>` },
    {
      name: "a.mrf",
      text: `<MeasurementDetail RowCount="8" ColumnCount="12">${camera}</MeasurementDetail>`,
    },
  ];
}

/** The second FOV overlapped the first and was moved; where it was is told. */
async function expectFovs(page: Page): Promise<void> {
  await expect(page.getByRole("combobox", { name: "ROI table" })).toHaveValue("FOV_ROI_table_2");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "3");
  const second = rois(page).getByRole("row", { name: /FOV_2/ });
  await expect(second.getByRole("gridcell").nth(1)).toHaveText("200");
  await expect(second).toContainText(/90\s*-40$/);
}

test("metadata of the well's microscope is a new table, with where the stage was", async ({
  page,
}) => {
  const picked = microscopeFiles().map(({ name, text }) => ({
    name,
    mimeType: "application/xml",
    buffer: Buffer.from(text),
  }));
  await page.getByLabel("Yokogawa metadata").setInputFiles(picked);
  await expectFovs(page);
});

test("metadata of another microscope is refused, and nothing changes", async ({ page }) => {
  await page.getByLabel("Yokogawa metadata").setInputFiles({
    name: "image.companion.ome",
    mimeType: "application/xml",
    buffer: Buffer.from("<OME><Image/></OME>"),
  });
  await expect(page.getByText(/no metadata of a Yokogawa CellVoyager/)).toBeVisible();
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
});

test("metadata that is dropped on the page is read as if it were picked", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "fovea-data-"));
  const foreign = join(folder, "MeasurementDetail.mrf");
  writeFileSync(foreign, "<other/>");
  await dropFiles(page, [foreign]);
  await expect(page.getByText(/Yokogawa CellVoyager|MeasurementDetail/)).toBeVisible();
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");

  const pair = microscopeFiles().map(({ name, text }) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
  await dropFiles(page, pair);
  await expectFovs(page);
});

test("files of ROIs are dropped or picked, as others export them; one that is none is told", async ({
  page,
}) => {
  const corners = [
    [10, 20],
    [40, 20],
    [40, 60],
    [10, 60],
    [10, 20],
  ];
  const feature = {
    type: "Feature",
    geometry: { type: "Polygon", coordinates: [corners] },
    properties: { objectType: "annotation", name: "Tumour" },
  };
  const folder = mkdtempSync(join(tmpdir(), "fovea-data-"));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  await dropFiles(page, [file("slide.geojson", JSON.stringify([feature]))]);
  await expect(rois(page).getByRole("row", { name: /Tumour/ })).toBeVisible();
  await page
    .getByLabel("File of ROIs")
    .setInputFiles(file("cells.csv", "name,x,y,width,height\nmitosis,1,2,3,4\n"));
  await expect(rois(page).getByRole("row", { name: /mitosis/ })).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "6");
  await dropFiles(page, [file("notes.csv", "Dear colleague,\nplease find\n")]);
  await expect(page.getByText("No column says where an ROI begins along y")).toBeVisible();
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "6");
});

test("an empty table says how to begin, and a low window reaches the fields below the rows", async ({
  page,
}) => {
  await page.getByRole("button", { name: "New", exact: true }).click();
  const how = page.getByText("This table has no ROIs. Press R and drag over the image");
  await expect(how).toBeVisible();
  await choose(page, "Whole image");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "2");
  await expect(how).toBeHidden();

  await page.setViewportSize({ width: 1024, height: 560 });
  const length = page.getByRole("textbox", { name: "len_z" });
  await expect(length).not.toBeInViewport({ ratio: 1 });
  await page.getByRole("button", { name: "Draw ROI" }).hover();
  await page.mouse.wheel(0, 1000);
  await expect(length).toBeInViewport({ ratio: 1 });
});

test("a long name of a value breaks after its underscores, never inside a word", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 800 });
  await rois(page).getByText("FOV_2", { exact: true }).click();
  const fields = page.getByRole("region", { name: "Selected ROI" }).locator("label");
  const field = fields.filter({ hasText: "x_micrometer_original" });
  await expect(field).toBeVisible();
  const lines = await field.locator("span").evaluate((name) =>
    [...name.childNodes].flatMap((word) => {
      const range = document.createRange();
      range.selectNodeContents(word);
      return word.textContent === "" ? [] : [range.getClientRects().length];
    }),
  );
  expect(lines).toEqual([1, 1, 1]);
});

test("a paste while the table is still being read says so, and does nothing", async ({ page }) => {
  const silent = { kind: "silent" } as const;
  const troubles = new Map([["tables/FOV_ROI_table/table.csv", silent]]);
  await using server = await serveEntries(await nucleiImage(), { troubles });
  await page.goto(`/?source=${server.url}/`);
  await expect(page.getByText("Reading FOV_ROI_table…")).toBeVisible();
  await page.keyboard.press("Control+V");
  await expect(page.getByText("The ROI table is still being read")).toBeVisible();
});
