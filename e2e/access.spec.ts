/** Everyone's way in: no violations that axe finds, the keyboard alone, a screen reader's news, touch, narrow windows. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { openDemo, rois, viewer } from "./page.ts";

const tools = (page: Page) => viewer(page).locator(".tools").getByRole("button").all();
const draw = (page: Page) => page.getByRole("button", { name: "Draw ROI" });
const news = (page: Page) => page.getByRole("status", { name: "News" });

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
  await expect(rois(page)).toBeFocused();

  // What is half typed is saved too, and the keyboard stays where it is.
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await name.fill("anaphase");
  await page.keyboard.press("Control+s");
  await expect(rois(page).getByRole("row", { name: /anaphase/ })).toBeVisible();
  await expect(page.getByText("not saved")).toHaveCount(0);
  await expect(name).toBeFocused();
});

test.describe("with fingers", () => {
  test.use({ hasTouch: true });

  test("one finger moves the image, and scrolls a long list", async ({ page }) => {
    await openDemo(page);
    const touches = await page.context().newCDPSession(page);
    const swipe = async (x: number, y: number, [dx, dy]: readonly [number, number]) => {
      const touch = (
        type: "touchStart" | "touchMove" | "touchEnd",
        touchPoints: { x: number; y: number }[],
      ) => touches.send("Input.dispatchTouchEvent", { type, touchPoints });
      await touch("touchStart", [{ x, y }]);
      for (let i = 1; i <= 10; i++)
        await touch("touchMove", [{ x: x + (dx * i) / 10, y: y + (dy * i) / 10 }]);
      await touch("touchEnd", []);
    };
    const area = await viewer(page).boundingBox();
    if (!area) throw new Error("The viewer has no place on the page");
    const [x, y] = [area.x + 0.75 * area.width, area.y + 0.4 * area.height];
    await swipe(area.x + 0.3 * area.width, y, [area.width / 2, 0]);
    await page.touchscreen.tap(x, y);
    await expect(rois(page).getByRole("row", { selected: true })).toHaveText(/FOV_1/);
    await expect(page.getByText(/not saved/)).toBeHidden();

    await page.getByRole("button", { name: "New ROIs" }).tap();
    await page.locator("#new-rois").getByRole("button", { name: "Grid…" }).tap();
    await page.getByRole("form", { name: "Grid" }).getByLabel("Rows").fill("20");
    await page.getByRole("button", { name: "Make" }).tap();
    await expect(rois(page)).toHaveAttribute("aria-rowcount", "45");
    const before = await rois(page).evaluate(({ scrollTop }) => scrollTop);
    const list = await rois(page).boundingBox();
    if (!list) throw new Error("The list has no place on the page");
    await swipe(list.x + 60, list.y + list.height / 2, [0, 80]);
    await expect.poll(() => rois(page).evaluate(({ scrollTop }) => scrollTop)).not.toBe(before);
  });

  test("a tap selects, two fingers zoom", async ({ page }) => {
    await openDemo(page);
    const area = await viewer(page).boundingBox();
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

  test("a finger pans over an ROI that fills the view, and one that rests opens a menu of its size", async ({
    page,
  }) => {
    await openDemo(page);
    const area = await viewer(page).boundingBox();
    if (!area) throw new Error("The viewer has no place on the page");
    const [x, y] = [area.x + 0.7 * area.width, area.y + 0.4 * area.height];
    const touches = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...at: [number, number][]) =>
      touches.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: at.map(([left, top], id) => ({ x: left, y: top, id })),
      });
    await page.touchscreen.tap(x, y);
    await expect(rois(page).getByRole("row", { selected: true })).toHaveText(/FOV_2/);
    // Two fingers, until it reaches out of view; then one, on it.
    await touch("touchStart", [x - 20, y], [x + 20, y]);
    for (const apart of [60, 120, 200]) await touch("touchMove", [x - apart, y], [x + 60, y]);
    await touch("touchEnd");
    const place = page.url();
    await touch("touchStart", [x, y]);
    for (const by of [20, 40, 60]) await touch("touchMove", [x - by, y]);
    await touch("touchEnd");
    await expect.poll(() => page.url()).not.toBe(place);
    await expect(page.getByText(/not saved/)).toBeHidden();

    await touch("touchStart", [x, y]);
    const menu = page.getByRole("menu", { name: "FOV_2" });
    await expect(menu).toBeVisible();
    await touch("touchEnd");
    for (const one of [menu.getByRole("menuitem").first(), ...(await tools(page)), draw(page)]) {
      const size = await one.boundingBox();
      expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(44);
    }
    await menu.getByRole("menuitem", { name: "Zoom to" }).tap();
    await expect(menu).toBeHidden();
  });
});

test("who wants less motion is where they go at once", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openDemo(page);
  await rois(page).getByRole("row", { name: /FOV_2/ }).click();
  await page.getByRole("img", { name: /Scale bar/ }).evaluate((bar) => {
    const line = bar.querySelector("i");
    const seen: string[] = [];
    Object.assign(window, { bars: seen });
    const see = (): void => void seen.push(`${bar.textContent} ${line?.style.width}`);
    const changes = { subtree: true, attributes: true, characterData: true, childList: true };
    new MutationObserver(see).observe(bar, changes);
  });
  await page.keyboard.press("f");
  const seen = () => page.evaluate(() => new Set<unknown>(Reflect.get(window, "bars")).size);
  await expect.poll(seen).toBe(1);
  // A flight would have taken some more of these frames.
  await page.evaluate(async () => {
    for (let i = 0; i < 20; i++) await new Promise(requestAnimationFrame);
  });
  expect(await seen()).toBe(1);
});

test("narrow windows keep the image, the table and the task in reach", async ({ page }) => {
  await openDemo(page);
  for (const width of [980, 700]) {
    await page.setViewportSize({ width, height: 800 });
    const area = await viewer(page).boundingBox();
    expect(area?.width).toBeGreaterThan(380);
    expect(area?.height).toBeGreaterThan(280);
    await rois(page).getByRole("row", { name: /FOV_3/ }).click();
    await page.getByRole("button", { name: "Run", exact: true }).click({ trial: true });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width,
    );
  }
});

test("a window zoomed to 200 % scrolls to the table, and a narrow panel cuts nothing off", async ({
  page,
}) => {
  await page.setViewportSize({ width: 640, height: 400 });
  await openDemo(page);
  await rois(page).getByRole("row", { name: /FOV_3/ }).click();
  await expect(rois(page).getByRole("row", { selected: true })).toHaveText(/FOV_3/);
  await page.setViewportSize({ width: 1024, height: 800 });
  await page.keyboard.press("m");
  const triage = page.getByRole("region", { name: "Triage" });
  await expect(triage.getByRole("button", { name: "Kept as new table" })).toBeInViewport({
    ratio: 1,
  });
  expect(await triage.evaluate((all) => all.scrollWidth - all.clientWidth)).toBe(0);
});

test("with the system's own colours one sees what is pressed, what is selected and which channel has which", async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: "active" });
  await openDemo(page);
  await rois(page).getByRole("row", { name: /FOV_3/ }).click();
  const ground = (of: Locator) => of.evaluate((one) => getComputedStyle(one).backgroundColor);
  const pressed = await ground(page.getByRole("button", { name: "One", exact: true }));
  expect(await ground(page.getByRole("button", { name: "Maximum", exact: true }))).not.toBe(
    pressed,
  );
  expect(await ground(rois(page).getByRole("row", { name: /FOV_3/ }))).toBe(pressed);
  expect(await ground(rois(page).getByRole("row", { name: /FOV_4/ }))).not.toBe(pressed);
  const swatches = page.locator(".channel-row .swatch");
  expect(new Set(await Promise.all((await swatches.all()).map(ground))).size).toBe(3);
});
