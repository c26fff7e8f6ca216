/** A graphics card that drops its pictures, as when its driver starts anew or the machine wakes up, and one that is not there. */
import { chromium, expect, type Page, test } from "@playwright/test";
import { launchOptions } from "../scripts/chromium.mjs";
import { openDemo, rois, settled } from "./page.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

const again = (page: Page) => page.getByRole("button", { name: "Draw again" });

/** Has the canvases lose what they hold, as if the card had been reset; another takes the place of each. */
async function lose(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const canvas of document.querySelectorAll(".viewer canvas")) {
      const gl = canvas instanceof HTMLCanvasElement && canvas.getContext("webgl2");
      if (!gl) throw new Error("There is no context to lose");
      gl.getExtension("WEBGL_lose_context")?.loseContext();
      canvas.setAttribute("data-lost", "");
    }
  });
}

/** What canvases show, without what lies over them. */
async function picture(page: Page): Promise<Buffer> {
  const style = ":not(.stage, canvas, :has(canvas)) { opacity: 0 !important }";
  return page.locator(".viewer").screenshot({ style });
}

async function expectBack(page: Page, before: Buffer, canvases: number): Promise<void> {
  const there = page.locator(".viewer canvas");
  await expect(there.and(page.locator("[data-lost]"))).toHaveCount(0);
  await expect(there).toHaveCount(canvases);
  await expect.poll(async () => (await picture(page)).equals(before)).toBe(true);
}

test("a picture that is lost comes back as it was, and what was edited stays; lost again at once, it waits for a button", async ({
  page,
}) => {
  await openDemo(page);
  await rois(page).getByText("FOV_2", { exact: true }).click();
  await page.keyboard.press("Shift+S");
  await page.keyboard.press("f");
  await expect(page.getByText("not saved")).toBeVisible();
  await expect(page).toHaveURL(/at=312/);
  await settled(page);
  const before = await picture(page);
  await lose(page);
  await expectBack(page, before, 1);
  await expect(again(page)).toBeHidden();

  await lose(page);
  await expect(page.getByRole("alert")).toContainText("The graphics card has stopped drawing");
  await settled(page);
  // The table goes on without it.
  await page.keyboard.press("Control+z");
  await expect(page.getByText("not saved")).toBeHidden();
  await page.keyboard.press("Control+y");
  await again(page).click();
  await expectBack(page, before, 1);
  await expect(page.getByRole("alert")).toBeHidden();
});

test("panes beside the image and boxes in space come back with it", async ({ page }) => {
  await openDemo(page);
  await page.getByRole("button", { name: "Side panes" }).click();
  await expect(page.locator(".viewer canvas")).toHaveCount(3);
  await page.getByRole("button", { name: "3D", exact: true }).click();
  const boxes = page.getByRole("dialog", { name: "3D boxes" });
  await expect(boxes.getByRole("application", { name: "4 ROIs in space" })).toBeFocused();
  await lose(page);
  await expect(page.locator("[data-lost]")).toHaveCount(0);
  await expect(page.locator(".viewer canvas")).toHaveCount(4);
  await expect(boxes.getByRole("application", { name: "4 ROIs in space" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(boxes).toBeHidden();
  await expect(again(page)).toBeHidden();
});

test("a plate that is lost comes back where it was looked at", async ({ page }) => {
  await openDemo(page);
  await expect(page.getByText(/Making well/)).toBeHidden();
  await page.getByRole("button", { name: "Demo plate" }).click();
  const plate = page.getByRole("region", { name: "Plate" });
  await expect(plate).toHaveAttribute("aria-busy", "false");
  await plate.hover();
  await page.mouse.wheel(0, -300);
  await expect(page).toHaveURL(/scale=/);
  await expect(plate).toHaveAttribute("aria-busy", "false");
  await page.mouse.move(0, 0);
  const before = await picture(page);
  await lose(page);
  await expectBack(page, before, 1);
});

test("a browser without a graphics card says so, and shows the table all the same", async ({
  baseURL,
}) => {
  await using browser = await chromium.launch({
    ...launchOptions(),
    args: ["--no-sandbox", "--disable-3d-apis"],
  });
  const page = await browser.newPage();
  await page.goto(`${baseURL}/?demo`);
  await expect(page.getByRole("alert")).toContainText("gives Fovea no graphics card");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
  await again(page).click();
  await expect(page.getByRole("alert")).toContainText("gives Fovea no graphics card");
});
