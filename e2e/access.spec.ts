/** Everyone's way in: no violations that axe finds, the keyboard alone, a screen reader's news, touch, narrow windows. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

const rois = (page: Page) => page.getByRole("grid", { name: "ROIs" });
const news = (page: Page) => page.getByRole("status", { name: "News" });

async function openDemo(page: Page): Promise<void> {
  await page.goto("/?demo");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
  await expect(page.getByRole("region", { name: "Viewer" })).toHaveAttribute("aria-busy", "false");
}

/** What axe finds against WCAG 2.2 AA and good practice: the rule, and where. */
async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${help}\n${target.join(" ")}\n${failureSummary}`,
    ),
  );
}

test("landing, plate and image have no violations", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Open demo plate" })).toBeVisible();
  expect.soft(await violations(page)).toEqual([]);
  await openDemo(page);
  expect.soft(await violations(page)).toEqual([]);
  await rois(page).getByRole("row", { name: /FOV_2/ }).click();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("button", { name: "Triage" }).click();
  expect.soft(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Demo plate" }).click();
  await expect(page.getByRole("grid", { name: "Wells" })).toBeVisible();
  expect.soft(await violations(page)).toEqual([]);
});

test("no dialog, menu or form has violations", async ({ page }) => {
  await openDemo(page);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Shortcuts" })).toBeVisible();
  expect.soft(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  expect.soft(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "3D", exact: true }).click();
  await expect(page.getByRole("application")).toBeFocused();
  expect.soft(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  for (const form of ["Grid…", "By numbers…"]) {
    await page.getByRole("button", { name: "New ROIs" }).click();
    await expect(page.locator("#new-rois")).toBeVisible();
    expect.soft(await violations(page)).toEqual([]);
    await page.locator("#new-rois").getByRole("button", { name: form }).click();
    expect.soft(await violations(page)).toEqual([]);
  }
  await page.getByText("Check this table").click();
  expect.soft(await violations(page)).toEqual([]);
});

test("the table and the keys are enough to select, edit, mark and take back, and each is told", async ({
  page,
}) => {
  await openDemo(page);
  await rois(page).focus();
  await page.keyboard.press("Home");
  await expect(news(page)).toHaveText("FOV_1 selected");
  await page.keyboard.press("ArrowDown");
  await expect(news(page)).toHaveText("FOV_2 selected");
  await page.keyboard.press("F2");
  await page.keyboard.type("mitosis");
  await page.keyboard.press("Enter");
  await expect(news(page)).toHaveText("Rename FOV_2 to mitosis");
  await page.keyboard.press("Control+z");
  await expect(news(page)).toHaveText("Undone: Rename FOV_2 to mitosis");
  await page.keyboard.press("m");
  await page.keyboard.press("k");
  await expect(news(page)).toHaveText(/keep/);
  await page.keyboard.press("Control+s");
  await expect(news(page)).toHaveText("Table saved");
});

test.describe("with fingers", () => {
  test.use({ hasTouch: true });

  test("a tap selects, a drag moves the image, a pinch zooms, a long list scrolls", async ({
    page,
  }) => {
    await openDemo(page);
    const viewer = page.getByRole("region", { name: "Viewer" });
    const area = await viewer.boundingBox();
    if (!area) throw new Error("The viewer has no place on the page");
    const at = (x: number, y: number) => ({
      x: area.x + area.width * x,
      y: area.y + area.height * y,
    });
    const touches = await page.context().newCDPSession(page);
    const touch = (
      type: "touchStart" | "touchMove" | "touchEnd",
      touchPoints: { x: number; y: number }[],
    ) => touches.send("Input.dispatchTouchEvent", { type, touchPoints });
    const bar = page.getByRole("img", { name: /Scale bar/ });
    const label = await bar.getAttribute("aria-label");

    const left = at(0.3, 0.4);
    await page.touchscreen.tap(left.x, left.y);
    await expect(rois(page).getByRole("row", { selected: true })).toHaveCount(1);

    await touch("touchStart", [at(0.45, 0.5), at(0.55, 0.5)]);
    await touch("touchMove", [at(0.3, 0.5), at(0.7, 0.5)]);
    await touch("touchMove", [at(0.1, 0.5), at(0.9, 0.5)]);
    await touch("touchEnd", []);
    await expect(bar).not.toHaveAttribute("aria-label", label ?? "");
    await expect(page.getByText(/not saved/)).toBeHidden();
  });
});

test("narrow windows keep the image, the table and the task in reach", async ({ page }) => {
  await openDemo(page);
  for (const width of [980, 700]) {
    await page.setViewportSize({ width, height: 800 });
    const viewer = await page.getByRole("region", { name: "Viewer" }).boundingBox();
    expect(viewer?.width).toBeGreaterThan(380);
    expect(viewer?.height).toBeGreaterThan(280);
    await rois(page).getByRole("row", { name: /FOV_3/ }).click();
    await page.getByRole("button", { name: "Run", exact: true }).click({ trial: true });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width,
    );
  }
});
