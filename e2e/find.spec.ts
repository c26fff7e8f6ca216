/** Colours, picked values, hiding, locking, going from ROI to ROI, and values of several, on the demo plate. */
import { expect, type Page, test } from "@playwright/test";
import { makeGrid, roiRow, rois, viewer } from "./page.ts";

const legend = (page: Page) => page.getByRole("group", { name: "Colours of the ROIs" });

test.beforeEach(async ({ page }) => {
  await page.goto("/?demo");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
});

/** FOV_1 kept, FOV_2 and FOV_3 discarded, FOV_4 without a mark. */
async function review(page: Page): Promise<void> {
  await page.keyboard.press("m");
  await expect(roiRow(page, /FOV_1/)).toHaveAttribute("aria-selected", "true");
  for (const key of ["k", "d", "d", "m"]) await page.keyboard.press(key);
  await expect(page.getByText("3/4, 2 discarded")).toBeVisible();
}

test("colours of a column follow edits, and a category selects and lists its ROIs", async ({
  page,
}) => {
  await review(page);
  await page.getByRole("combobox", { name: "Colour by" }).selectOption("triage");
  await expect(legend(page).getByRole("listitem")).toHaveText([
    /^discard2/,
    /^keep1/,
    /^no value1/,
  ]);
  await legend(page)
    .getByRole("button", { name: /^discard/ })
    .click();
  await expect(roiRow(page, /FOV_[23]/).and(page.locator("[aria-selected=true]"))).toHaveCount(2);
  await page.keyboard.press("Control+z");
  await expect(legend(page).getByRole("listitem").first()).toHaveText(/^discard1/);
  await legend(page).getByRole("button", { name: "List only keep" }).click();
  await expect(page.getByRole("searchbox", { name: "Find ROIs" })).toHaveValue("triage in (keep)");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "2");

  await page.getByRole("combobox", { name: "Colour by" }).selectOption("x");
  const most = legend(page).getByRole("textbox", { name: "Most of the colours" });
  await expect(most).toHaveValue("208");
  await most.fill("100");
  await most.press("Enter");
  await expect(most).toHaveValue("100");
  await most.fill("");
  await most.press("Enter");
  await expect(most).toHaveValue("208");
  await legend(page).getByRole("button", { name: "Colour by nothing" }).click();
  await expect(legend(page)).toBeHidden();
});

test("values are picked from a column's head and become the filter", async ({ page }) => {
  await review(page);
  const find = page.getByRole("searchbox", { name: "Find ROIs" });
  await rois(page).getByRole("button", { name: "Filter and colour by triage" }).click();
  await page.getByRole("checkbox", { name: /^keep/ }).check();
  await expect(find).toHaveValue("triage in (keep)");
  await page.getByRole("checkbox", { name: /^no value/ }).check();
  await expect(find).toHaveValue('triage in (keep, "")');
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "3");
  await page.keyboard.press("Escape");
  await rois(page)
    .getByRole("button", { name: "Filter and colour by x_micrometer", exact: true })
    .click();
  await page.getByRole("textbox", { name: "From" }).fill("1");
  await page.getByRole("textbox", { name: "From" }).press("Enter");
  await expect(find).toHaveValue('triage in (keep, "") and x >= 1');
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "2");
  await page.getByRole("button", { name: "Show all", exact: true }).click();
  await expect(find).toHaveValue('triage in (keep, "")');
  await page.keyboard.press("Escape");
  await rois(page).focus();
  await page.keyboard.press("/");
  await expect(find).toBeFocused();
});

test("hidden ROIs cannot be hit, and locked ones not be changed, until they are free again", async ({
  page,
}) => {
  const middleOfFov1 = async (): Promise<void> => {
    const box = await viewer(page).boundingBox();
    if (!box) throw new Error("no viewer");
    await page.mouse.click(box.x + 0.3 * box.width, box.y + 0.35 * box.height);
  };
  await middleOfFov1();
  await expect(roiRow(page, /FOV_1/)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Shift+H");
  await expect(roiRow(page, /FOV_1/)).toHaveAttribute("data-hidden", "true");
  await page.keyboard.press("Escape");
  await middleOfFov1();
  await expect(roiRow(page, /FOV_1/)).toHaveAttribute("aria-selected", "false");
  await roiRow(page, /FOV_1/).hover();
  await roiRow(page, /FOV_1/).getByRole("button", { name: "Hide FOV_1" }).click();
  await middleOfFov1();
  await expect(roiRow(page, /FOV_1/)).toHaveAttribute("aria-selected", "true");

  await page.keyboard.press("l");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Delete");
  await expect(page.getByText("FOV_1 is locked and stays as it is").first()).toBeVisible();
  await expect(page.getByRole("textbox", { name: "x", exact: true })).toHaveValue("0");
  await page.keyboard.press("l");
  await page.keyboard.press("Delete");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "4");
});

test("one goes from ROI to ROI, zooming or not, and through those that lie over each other", async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const bar = page.getByRole("img", { name: /^Scale bar/ });
  const whole = await bar.getAttribute("aria-label");
  await page.getByRole("button", { name: "Keep zoom" }).click();
  await page.keyboard.press("n");
  await expect(roiRow(page, /FOV_1/)).toHaveAttribute("aria-selected", "true");
  await expect(bar).toHaveAttribute("aria-label", whole ?? "");
  await page.getByRole("button", { name: "Keep zoom" }).click();
  await page.getByRole("button", { name: "Next ROI" }).click();
  await expect(roiRow(page, /FOV_2/)).toHaveAttribute("aria-selected", "true");
  await expect(bar).not.toHaveAttribute("aria-label", whole ?? "");

  await page.keyboard.press("Control+d");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "6");
  const box = await viewer(page).boundingBox();
  if (!box) throw new Error("no viewer");
  const stack = page.getByRole("list", { name: "ROIs under the pointer" });
  const [x, y] = [box.x + 0.5 * box.width, box.y + 0.5 * box.height];
  await page.keyboard.press("Escape");
  await page.mouse.click(x, y);
  await expect(stack.getByRole("button")).toHaveText(["FOV_2", "FOV_2-2"]);
  await page.mouse.click(x, y);
  await expect(stack.getByRole("button", { name: "FOV_2-2" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await page.keyboard.press("q");
  await expect(roiRow(page, /FOV_2(?!-)/)).toHaveAttribute("aria-selected", "true");
  // Where the names would lie on a handle, they keep clear of it.
  const cell = async (i: number): Promise<number> =>
    Number(
      await roiRow(page, /FOV_2-/)
        .getByRole("gridcell")
        .nth(i)
        .textContent(),
    );
  const [width, height] = [await cell(4), await cell(5)];
  const pixels = 0.65 * Math.min(box.width / width, box.height / height);
  const corner = { x: x + (pixels * width) / 2, y: y + (pixels * height) / 2 };
  await page.keyboard.press("Escape");
  await page.mouse.click(corner.x - 40, corner.y - 30);
  const names = await stack.boundingBox();
  if (!names) throw new Error("The names have no place on the page");
  const isOver =
    Math.abs(corner.x - names.x - names.width / 2) < names.width / 2 + 4 &&
    Math.abs(corner.y - names.y - names.height / 2) < names.height / 2 + 4;
  expect([isOver, names.x < corner.x + 60]).toEqual([false, true]);
  await page.keyboard.press("Shift+A");
  await expect(page.getByRole("region", { name: "Selected ROI" })).toContainText("2 ROIs selected");
});

test("values of several are mixed or the same, and are set or changed together", async ({
  page,
}) => {
  await page.keyboard.press("Control+a");
  const selected = page.getByRole("region", { name: "Selected ROI" });
  await expect(selected).toContainText("4 ROIs selected");
  const origin = selected.getByRole("textbox", { name: "x_micrometer_original" });
  await expect(origin).toHaveValue("");
  await expect(origin).toHaveAttribute("placeholder", "mixed");
  await origin.fill("7");
  await origin.press("Enter");
  await expect(origin).toHaveValue("7");
  await origin.fill("+0.5");
  await origin.press("Enter");
  await expect(origin).toHaveValue("7.5");
  await origin.fill("far");
  await expect(origin).toHaveAttribute("aria-invalid", "true");
  await origin.press("Escape");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(origin).toHaveValue("7");
});

test("several are named by a pattern, a number is dragged, and a name that is taken says so", async ({
  page,
}) => {
  await page.keyboard.press("Control+a");
  const field = page.getByRole("textbox", { name: "Names" });
  await field.fill("field_{x}");
  await field.press("Enter");
  await expect(page.getByRole("alert")).toContainText("In braces, only");
  await field.fill("field_{n:03}");
  await field.press("Enter");
  await expect(roiRow(page, /field_004/)).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(roiRow(page, /FOV_4/)).toBeVisible();

  await roiRow(page, /FOV_1/).click();
  const x = page.getByRole("textbox", { name: "x", exact: true });
  const [was, label] = [
    Number(await x.inputValue()),
    await page.locator(".scrub").first().boundingBox(),
  ];
  if (!label) throw new Error("The field has no name");
  await page.mouse.move(label.x + 5, label.y + label.height / 2);
  await page.mouse.down();
  await page.mouse.move(label.x + 45, label.y + label.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => Number(await x.inputValue())).toBeGreaterThan(was);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(x).toHaveValue(String(was));

  await rois(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "name of FOV_1" }).fill("FOV_2");
  await expect(page.getByRole("alert")).toHaveText('Another ROI is named "FOV_2"; "FOV_5" is free');
  await page.keyboard.press("Escape");
  await expect(roiRow(page, /FOV_1/)).toBeVisible();
});

test("cells are gone over and edited by keys alone", async ({ page }) => {
  await rois(page).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(roiRow(page, /FOV_2/)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "name of FOV_2" }).fill("second");
  await page.keyboard.press("Enter");
  await expect(roiRow(page, /second/)).toBeVisible();
  await page.keyboard.press("End");
  const active = await rois(page).getAttribute("aria-activedescendant");
  await expect(page.locator(`[id="${active}"]`)).toHaveAttribute("aria-colindex", /^\d+$/);
  await expect(page.locator(`[id="${active}"]`)).toHaveAttribute("data-active", "true");
  await page.keyboard.press("Control+End");
  await expect(roiRow(page, /FOV_4/)).toHaveAttribute("aria-selected", "true");
});

test("the row that is gone to stays in sight, also where the fields below grow", async ({
  page,
}) => {
  await makeGrid(page);
  const selected = rois(page).locator('[role="row"][aria-selected="true"]');
  const name = selected.getByRole("gridcell").first();
  await rois(page).focus();
  await page.keyboard.press("Control+Home");
  await expect(selected).toHaveAttribute("aria-rowindex", "2");
  for (let i = 0; i < 30; i++) await page.keyboard.press("ArrowDown");
  await expect(selected).toHaveAttribute("aria-rowindex", "32");
  await expect(name).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("m");
  await expect(page.getByRole("region", { name: "Triage" }).getByText("keep")).toBeVisible();
  await expect(name).toBeInViewport({ ratio: 1 });
  await rois(page).focus();
  for (let i = 0; i < 20; i++) await page.keyboard.press("ArrowUp");
  await expect(selected).toHaveAttribute("aria-rowindex", "12");
  await expect(name).toBeInViewport({ ratio: 1 });
});
