/** What a hand does to ROIs with the pointer, on a flat plate and on a stack. */
import { expect, type Page, test } from "@playwright/test";
import { rois, viewer } from "./page.ts";
import { onScreen, type Place } from "./place.ts";
import { drag, numbers, withStack } from "./stack-page.ts";

const undo = (page: Page) => page.getByRole("button", { name: "Undo" });

test("an ROI is drawn by a drag and nudged by keys, and undo takes all of it back", async ({
  page,
}) => {
  await page.goto("/?demo");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
  const box = await viewer(page).locator(".hand").first().boundingBox();
  if (!box) throw new Error("The viewer is not there");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.keyboard.press("r");
  await drag(page, [x - 40, y - 30], [x + 31, y + 47]);
  await page.mouse.up();
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "6");
  const number = async (name: string): Promise<number> => Number((await numbers(page, name))[0]);
  const [x0, length] = [await number("x"), await number("len_x")];
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => number("x")).toBeGreaterThan(x0);
  const voxel = (await number("x")) - x0;
  await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(() => number("x")).toBeCloseTo(x0 + 11 * voxel);
  await page.keyboard.press("Control+ArrowRight");
  await page.keyboard.press("Control+Shift+ArrowRight");
  await expect.poll(() => number("len_x")).toBeCloseTo(length + 11 * voxel);
  await page.keyboard.press("Alt+ArrowRight");
  await expect.poll(() => number("x")).toBeCloseTo(x0 + 12 * voxel);
  expect(await number("len_x")).toBeCloseTo(length + 10 * voxel);
  while (await undo(page).isEnabled()) await undo(page).click();
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
  await expect(page.getByText("not saved")).toHaveCount(0);
});

test("Shift and a drag select what lies whole in a box, and Escape lets go of it", async ({
  page,
}) => {
  await withStack(page, async (main) => {
    const rectangle = page.locator(".drag-marks .rectangle");
    const around = async (x: number, y: number): Promise<void> => {
      await page.keyboard.down("Shift");
      await drag(page, onScreen(main, 40, 20), onScreen(main, x, y));
      await expect(rectangle).toBeVisible();
    };
    await around(90, 90);
    await page.keyboard.press("Escape");
    await page.mouse.up();
    await page.keyboard.up("Shift");
    await expect(rectangle).toHaveCount(0);
    await expect(rois(page).locator('[aria-selected="true"]')).toHaveCount(0);

    await around(90, 90);
    await page.mouse.up();
    await page.keyboard.up("Shift");
    const selected = rois(page).locator('[role="row"][aria-selected="true"]');
    await expect(selected).toHaveCount(1);
    await expect(selected).toContainText("cell_1");
    await expect(undo(page)).toBeDisabled();
  });
});

test("two clicks with the wheel between them make a box through planes; Escape leaves none", async ({
  page,
}) => {
  await withStack(page, async (main) => {
    await page.keyboard.press("r");
    await page.mouse.click(...onScreen(main, 150, 20));
    await page.mouse.move(...onScreen(main, 170, 50));
    await page.mouse.wheel(0, -100);
    await page.mouse.wheel(0, -100);
    await expect(page.getByRole("slider", { name: "z" })).toHaveValue("11");
    await expect(page.getByText("z 10–12 (3 planes")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(rois(page)).toHaveAttribute("aria-rowcount", "4");

    await page.mouse.click(...onScreen(main, 150, 20));
    await page.mouse.move(...onScreen(main, 170, 50));
    await page.mouse.wheel(0, 100);
    await page.mouse.click(...onScreen(main, 170, 50));
    await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
    await expect
      .poll(() => numbers(page, "z", "len_z", "x", "len_y"))
      .toEqual(["10", "2", "150", "30"]);
  });
});

test("the middle button pans, and does not paste what another program has marked", async ({
  page,
}) => {
  await withStack(page, async (main) => {
    const [x, y] = onScreen(main, 150, 20);
    await page.mouse.move(x, y);
    await page.mouse.down({ button: "middle" });
    await page.mouse.move(x + 30, y + 20);
    await page.mouse.move(x + 60, y + 40);
    await page.mouse.up({ button: "middle" });
    const [toX, toY] = onScreen(main, 65, 50);
    await page.mouse.click(toX + 60, toY + 40);
    const selected = rois(page).locator('[role="row"][aria-selected="true"]');
    await expect(selected).toContainText("cell_1");
    await expect(page.getByRole("log", { name: "Messages" })).toBeEmpty();
    await expect(rois(page)).toHaveAttribute("aria-rowcount", "4");
  });
});

test("a drag that the platform takes away puts the ROI back", async ({ page }) => {
  await withStack(page, async (main) => {
    await rois(page).getByText("cell_1", { exact: true }).click();
    const devtools = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchCancel", at?: Place) =>
      devtools.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: at ? [{ x: at[0], y: at[1] }] : [],
      });
    await touch("touchStart", onScreen(main, 65, 50));
    await touch("touchMove", onScreen(main, 80, 60));
    await touch("touchMove", onScreen(main, 95, 70));
    await expect.poll(() => numbers(page, "x", "y")).not.toEqual(["55", "40"]);
    await touch("touchCancel");
    await expect.poll(() => numbers(page, "x", "y")).toEqual(["55", "40"]);
    await expect(undo(page)).toBeDisabled();
  });
});

test("what is deleted can be taken back where it is told, until something else is done", async ({
  page,
}) => {
  await withStack(page, async () => {
    const told = page.getByRole("log", { name: "Messages" });
    await rois(page).getByText("cell_1", { exact: true }).click();
    await page.keyboard.press("Delete");
    await expect(told).toContainText("Deleted cell_1");
    const selected = rois(page).locator('[role="row"][aria-selected="true"]');
    await expect(selected).toContainText("cell_2");
    await page.keyboard.press("Delete");
    await expect(told).toContainText("Deleted cell_2");
    await expect(told).not.toContainText("cell_1");
    await told.getByRole("button", { name: "Undo" }).click();
    await expect(told).toBeEmpty();
    await expect(selected).toContainText("cell_2");

    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await expect(rois(page)).toHaveAttribute("aria-rowcount", "1");
    await expect(told).toContainText("Deleted 2 ROIs");
    await page.keyboard.press("Control+z");
    await expect(told).toBeEmpty();
    await expect(selected).toHaveCount(2);
  });
});

test("an edge snaps to its neighbour and says so, and stops at the wall", async ({ page }) => {
  await withStack(page, async (main) => {
    await rois(page).getByText("cell_1", { exact: true }).click();
    const edge = onScreen(main, 75, 50);
    await page.mouse.move(...edge);
    const cursor = viewer(page).locator(".hand").first();
    await expect(cursor).toHaveCSS("cursor", "ew-resize");
    const near = onScreen(main, 106, 50);
    await drag(page, edge, [near[0] - 5, near[1]]);
    await expect(viewer(page).getByText("cell_2 left")).toBeVisible();
    await page.mouse.up();
    await expect.poll(() => numbers(page, "x", "len_x")).toEqual(["55", "51"]);

    await drag(page, onScreen(main, 106, 50), [main.left + main.size.width - 30, edge[1]]);
    await expect(viewer(page).getByText("image border")).toBeVisible();
    await page.mouse.up();
    await expect.poll(() => numbers(page, "x", "len_x")).toEqual(["55", "145"]);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await expect.poll(() => numbers(page, "x", "len_x")).toEqual(["55", "20"]);
    await expect(undo(page)).toBeDisabled();
  });
});
