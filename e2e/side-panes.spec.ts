/** The panes beside the main one: what is clicked and dragged there goes through z. */
import { expect, type Locator, type Page, test } from "@playwright/test";
import { XZ } from "../src/editor/pane.ts";
import { paneFromWorld, paneView } from "../src/scene/pane-view.ts";
import { readout, rois, viewer } from "./page.ts";
import { fitted, onScreen, type Place } from "./place.ts";
import { serveEntries } from "./server.ts";
import { stackImage } from "./stack-image.ts";
import { DEPTH, drag, HEIGHT, numbers, WIDTH, withStack } from "./stack-page.ts";

const undo = (page: Page) => page.getByRole("button", { name: "Undo" });

test("a click moves the crosshair in all panes, and Shift with the wheel looks closer along z", async ({
  page,
}) => {
  await withStack(page, async () => {
    await page.keyboard.press("x");
    const xz = page.getByRole("region", { name: "XZ pane" });
    await expect(xz).toBeVisible();
    await page.getByRole("button", { name: "Fit image" }).click();
    const main = await fitted(viewer(page).locator(".hand").first(), WIDTH, HEIGHT);
    await page.mouse.move(...onScreen(main, 150, 20));
    const status = readout(page);
    await expect(status).toContainText("move the crosshair");
    await page.mouse.click(...onScreen(main, 150, 20));
    await expect(xz).toContainText(/y (19\.[89]|20\.)/);
    await expect(page.getByRole("region", { name: "YZ pane" })).toContainText(
      /x (149\.[89]|150\.)/,
    );

    const box = await xz.locator(".hand").boundingBox();
    if (!box) throw new Error("The pane is not there");
    const depthAt = async (y: number): Promise<number> => {
      await page.mouse.move(box.x + 200, y);
      await expect(status).toContainText(/x [\d.]+ z [\d.]+.*channel 0 \d+/);
      return Number(/ z ([\d.]+)/.exec((await status.textContent()) ?? "")?.[1]);
    };
    const middle = box.y + box.height / 2;
    const [far, near] = [await depthAt(middle + 40), await depthAt(middle)];
    await page.keyboard.down("Shift");
    for (let i = 0; i < 3; i++) await page.mouse.wheel(0, -100);
    await page.keyboard.up("Shift");
    await expect.poll(() => depthAt(middle + 40)).toBeCloseTo(near + (far - near) / 1.25 ** 3, 1);
    expect(await depthAt(middle)).toBeCloseTo(near, 1);
  });
});

test("a face is dragged through z in a side pane, and a click there moves the crosshair", async ({
  page,
}) => {
  await withStack(page, async () => {
    await page.keyboard.press("x");
    const pane = page.getByRole("region", { name: "XZ pane" });
    await rois(page).getByText("cell_1", { exact: true }).click();
    await expect(pane).toContainText("y 50.00");
    await page.getByRole("button", { name: "Fit image" }).click();
    const main = await fitted(viewer(page).locator(".hand").first(), WIDTH, HEIGHT);
    const box = await pane.locator(".hand").boundingBox();
    if (!box) throw new Error("The pane is not there");
    const view = paneView(XZ, main.camera, { width: box.width, height: box.height }, DEPTH);
    const at = (x: number, z: number): Place => {
      const place = paneFromWorld(view, { x, y: z });
      return [box.x + place.x, box.y + place.y];
    };
    await page.mouse.move(...at(65, 10));
    await expect(pane.locator(".hand")).toHaveCSS("cursor", "ns-resize");
    await drag(page, at(65, 10), at(65, 14.2));
    await expect(pane.getByText("z 4–14 (11 planes")).toBeVisible();
    await page.keyboard.press("Escape");
    await page.mouse.up();
    await expect.poll(() => numbers(page, "z", "len_z")).toEqual(["3", "7"]);

    await drag(page, at(65, 10), at(65, 14.2));
    await page.mouse.up();
    await expect.poll(() => numbers(page, "z", "len_z")).toEqual(["3", "11"]);
    await drag(page, at(65, 3), at(65, -30));
    await page.mouse.up();
    await expect.poll(() => numbers(page, "z", "len_z")).toEqual(["0", "14"]);

    // A corner moves in x as well, and a body in both, as far as the image goes.
    await drag(page, at(75, 14), at(85, 9));
    await page.mouse.up();
    await expect
      .poll(() => numbers(page, "x", "len_x", "z", "len_z"))
      .toEqual(["55", "30", "0", "9"]);
    await drag(page, at(70, 6), at(70, 40));
    await page.mouse.up();
    await expect
      .poll(() => numbers(page, "x", "len_x", "z", "len_z"))
      .toEqual(["55", "30", "11", "9"]);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");

    await page.mouse.click(...at(130, 17.5));
    await expect(page.getByRole("slider", { name: "z" })).toHaveValue("17");
    await expect(page.getByRole("region", { name: "YZ pane" })).toContainText(/x 1(29|30)\./);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await expect.poll(() => numbers(page, "z", "len_z")).toEqual(["3", "7"]);
    await expect(undo(page)).toBeDisabled();

    await page.reload();
    await expect(pane).toBeVisible();
  });
});

test("what the side panes and the slices in space could not read is counted, and one click brings it", async ({
  page,
}) => {
  const troubles = new Map([["0/0/15/1/1", { kind: "spoiled" } as const]]);
  await using server = await serveEntries(await stackImage(), { troubles });
  await page.goto(`/?source=${server.url}`);
  await expect(viewer(page)).toHaveAttribute("aria-busy", "false");
  const lost = (where: Locator) => where.getByText("2 parts could not be read");
  const again = (where: Locator) => where.getByRole("button", { name: "Try again" });
  await expect(lost(viewer(page))).toBeHidden();
  await page.keyboard.press("x");
  await expect(lost(viewer(page))).toBeVisible();
  await page.getByRole("button", { name: "3D", exact: true }).click();
  const boxes = page.getByRole("dialog", { name: "3D boxes" });
  await expect(lost(boxes)).toBeVisible();
  troubles.clear();
  await again(boxes).click();
  await expect(lost(boxes)).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(boxes).toBeHidden();
  await again(viewer(page)).click();
  await expect(lost(viewer(page))).toBeHidden();
});
