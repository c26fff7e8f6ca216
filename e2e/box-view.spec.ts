/** ROIs in space: opened with button or key, turned and selected in, linked with the table, left with Escape. */
import { expect, type Page, test } from "@playwright/test";
import { rois } from "./page.ts";

const boxes = (page: Page) => page.getByRole("dialog", { name: "3D boxes" });
const drawing = (page: Page) => boxes(page).getByRole("application");

test.beforeEach(async ({ page }) => {
  await page.goto("/?demo");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
});

/** What is drawn, once nothing moves any more. */
async function settled(page: Page): Promise<Buffer> {
  let before = await boxes(page).screenshot();
  await expect
    .poll(async () => {
      const last = before;
      before = await boxes(page).screenshot();
      return before.equals(last);
    })
    .toBe(true);
  return before;
}

test("a click selects in the table too, hovering lights the row, Escape gives the focus back", async ({
  page,
}) => {
  await page.getByRole("button", { name: "3D", exact: true }).click();
  await expect(drawing(page)).toBeFocused();
  await boxes(page).getByRole("button", { name: "Top" }).click();
  await settled(page);
  const area = await drawing(page).boundingBox();
  if (!area) throw new Error("The drawing has no place on the page");
  // From above, the second FOV is right of the first.
  const at = { x: area.width * 0.62, y: area.height * 0.42 };
  await drawing(page).hover({ position: at });
  const second = rois(page).getByRole("row", { name: /FOV_2/ });
  await expect(second).toHaveAttribute("data-hovered", "true");
  await expect(second).toHaveAttribute("aria-selected", "false");
  await drawing(page).click({ position: at });
  await expect(second).toHaveAttribute("aria-selected", "true");
  await drawing(page).click({ position: { x: area.width * 0.38, y: at.y }, modifiers: ["Shift"] });
  await expect(rois(page).getByRole("row", { selected: true })).toHaveCount(2);
  await page.keyboard.press("n");
  await expect(rois(page).getByRole("row", { selected: true })).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(boxes(page)).toBeHidden();
  await expect(page.getByRole("button", { name: "3D", exact: true })).toBeFocused();
});

test("keys turn, zoom and go back; z is stretched, slices come and go; the table is not moved by them", async ({
  page,
}) => {
  await rois(page).getByRole("row", { name: /FOV_2/ }).click();
  await page.keyboard.press("o");
  await expect(drawing(page)).toBeFocused();
  const home = await settled(page);
  await page.keyboard.press("ArrowLeft");
  const turned = await settled(page);
  expect(turned.equals(home)).toBe(false);
  await page.keyboard.press("ArrowRight");
  expect((await settled(page)).equals(home)).toBe(true);
  await page.keyboard.press("+");
  expect((await settled(page)).equals(home)).toBe(false);
  await page.keyboard.press("0");
  expect((await settled(page)).equals(home)).toBe(true);
  await boxes(page).getByRole("checkbox", { name: "XY" }).uncheck();
  expect((await settled(page)).equals(home)).toBe(false);
  await boxes(page).getByRole("button", { name: "Top" }).click();
  await page.keyboard.press("ArrowLeft");
  const fromTop = await settled(page);
  await page.keyboard.press("ArrowLeft");
  expect((await settled(page)).equals(fromTop)).toBe(false);
  await boxes(page).getByRole("slider", { name: "Stretch of z" }).fill("0");
  await expect(boxes(page).getByText("z × 1.0")).toBeVisible();
  await expect(page.getByText(/not saved/)).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(rois(page)).toBeFocused();
});
