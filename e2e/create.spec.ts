/** ROIs that come from data: a grid, numbers, the clipboard, a microscope's metadata. */
import { expect, type Page, test } from "@playwright/test";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const rois = (page: Page) => page.getByRole("grid", { name: "ROIs" });

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
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["<other/>"], "MeasurementDetail.mrf"));
    return transfer;
  });
  await page.locator(".app").dispatchEvent("drop", { dataTransfer: dropped });
  await expect(page.getByText(/Yokogawa CellVoyager|MeasurementDetail/)).toBeVisible();
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
});
