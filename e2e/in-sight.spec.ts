/** What a hand sees while it works: the view moves under a drag, overlays step aside, and what changes is gone to, and no further. */
import { expect, type Page, test } from "@playwright/test";
import { makeGrid, openDemo, readout, roiRow, rois, settled, viewer } from "./page.ts";
import { withStack } from "./stack-page.ts";

const undo = (page: Page) => page.getByRole("button", { name: "Undo" });
const scaleBar = (page: Page) => page.getByRole("img", { name: /^Scale bar/ });
const x = (page: Page): Promise<string> =>
  page.getByRole("textbox", { name: "x", exact: true }).inputValue();

/** The middle of the main pane. */
async function middle(page: Page): Promise<readonly [x: number, y: number]> {
  const box = await viewer(page).locator(".hand").first().boundingBox();
  if (!box) throw new Error("The pane is not there");
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** The ROI fills the middle of the view. */
async function lookAt(page: Page, name: string): Promise<void> {
  await roiRow(page, name).click();
  await page.getByRole("button", { name: "Fit ROI" }).click();
  await settled(page);
}

test("Space pans during a drag and the wheel zooms, and a window that is left puts the ROI back", async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await withStack(page, async () => {
    await lookAt(page, "cell_1");
    const [left, top] = await middle(page);
    await page.mouse.move(left, top);
    await page.mouse.down();
    // Further out an edge would be drawn to others that are in view there.
    await page.keyboard.down("Alt");
    await page.mouse.move(left + 40, top);
    await expect.poll(() => x(page)).not.toBe("55");
    const moved = Number(await x(page));

    await page.keyboard.down(" ");
    await page.mouse.move(left - 60, top + 30);
    await page.mouse.move(left - 160, top + 60);
    await page.keyboard.up(" ");
    const bar = (await scaleBar(page).getAttribute("aria-label")) ?? "";
    for (let i = 0; i < 4; i++) await page.mouse.wheel(0, 200);
    await expect(scaleBar(page)).not.toHaveAttribute("aria-label", bar);
    expect(Number(await x(page))).toBeCloseTo(moved);

    await page.mouse.move(left - 120, top + 60);
    await expect.poll(async () => Number(await x(page)) - moved).toBeGreaterThan(1);
    await page.evaluate(() => dispatchEvent(new Event("blur")));
    await expect.poll(() => x(page)).toBe("55");
    await page.mouse.move(left, top);
    await page.mouse.up();
    await page.keyboard.up("Alt");
    expect(await x(page)).toBe("55");
    await expect(undo(page)).toBeDisabled();
  });
});

test("H hides what lies over the image for as long as it is held", async ({ page }) => {
  await openDemo(page);
  await page.mouse.move(5, 5);
  const seen = (): Promise<Buffer> => viewer(page).locator(".hand").first().screenshot();
  const plain = await seen();
  const isPlain = async (): Promise<boolean> => (await seen()).equals(plain);
  await page.keyboard.down("h");
  await expect.poll(isPlain).toBe(false);
  await page.keyboard.up("h");
  await expect.poll(isPlain).toBe(true);
  await page.keyboard.down("h");
  await expect.poll(isPlain).toBe(false);
  // A key that is let go in another window is not told here.
  await page.evaluate(() => dispatchEvent(new Event("blur")));
  await expect.poll(isPlain).toBe(true);
  await page.keyboard.up("h");
});

test("undo and redo go to where it happened, if that is out of sight", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await withStack(page, async () => {
    await lookAt(page, "cell_1");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => x(page)).toBe("55.5");
    const [left, top] = await middle(page);
    const inTheMiddle = async (says: RegExp): Promise<void> => {
      await page.mouse.move(left + 1, top);
      await page.mouse.move(left, top);
      await expect(readout(page)).toContainText(says);
    };
    for (const [keys, at] of [
      ["Control+z", "55"],
      ["Control+Shift+z", "55.5"],
    ] as const) {
      await lookAt(page, "cell_2");
      await inTheMiddle(/x 11\d/);
      await page.keyboard.press(keys);
      await expect.poll(() => x(page)).toBe(at);
      await inTheMiddle(/x 6\d/);
    }
    // What is in sight is not moved under the eye.
    await page.mouse.wheel(0, 200);
    await settled(page);
    const bar = (await scaleBar(page).getAttribute("aria-label")) ?? "";
    await page.keyboard.press("Control+z");
    await expect.poll(() => x(page)).toBe("55");
    await expect(scaleBar(page)).toHaveAttribute("aria-label", bar);
  });
});

test("the table goes no further than to what is selected in the image, lights what is pointed at, and keeps the keyboard", async ({
  page,
}) => {
  await openDemo(page);
  await makeGrid(page);
  await rois(page).focus();
  await page.keyboard.press("Control+Home");
  const top = (): Promise<number> => rois(page).evaluate(({ scrollTop }) => scrollTop);
  await expect.poll(top).toBe(0);

  // Of the grid's first row, which the table shows, and of its last, which it does not.
  const box = await viewer(page).locator(".hand").first().boundingBox();
  if (!box) throw new Error("The pane is not there");
  const [cells, side] = [await gridOnScreen(page, box), 10];
  const at = (column: number, row: number): readonly [number, number] => [
    cells.left + ((column + 0.5) * cells.width) / side,
    cells.top + ((row + 0.5) * cells.height) / side,
  ];
  await page.mouse.move(...at(1, 0));
  await expect(rois(page).locator('[data-hovered="true"]')).toHaveAttribute("aria-rowindex", "7");
  await page.mouse.click(...at(1, 0));
  const selected = rois(page).locator('[role="row"][aria-selected="true"]');
  await expect(selected).toHaveAttribute("aria-rowindex", "7");
  expect(await top()).toBe(0);
  await page.mouse.click(...at(3, 9));
  await expect(selected).toHaveAttribute("aria-rowindex", "99");
  await expect(selected.getByRole("gridcell").first()).toBeInViewport({ ratio: 1 });
  const [table, row] = [await rois(page).boundingBox(), await selected.boundingBox()];
  if (!table || !row) throw new Error("The row is not there");
  expect(table.y + table.height - row.y - row.height).toBeLessThan(2 * row.height);

  const before = await top();
  await rois(page).locator('[aria-rowindex="96"]').click();
  expect(await top()).toBe(before);
  await expect(rois(page)).toBeFocused();
});

/** Where the demo's whole image lies, which fits the pane. */
async function gridOnScreen(
  page: Page,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Promise<{ left: number; top: number; width: number; height: number }> {
  const numbers = await Promise.all(
    [0, 1, 2, 3].map(async (row) => {
      const cells = roiRow(page, `FOV_${row + 1}`).getByRole("gridcell");
      const number = async (i: number): Promise<number> => Number(await cells.nth(i).textContent());
      return [
        (await number(1)) + (await number(4)),
        (await number(2)) + (await number(5)),
      ] as const;
    }),
  );
  const [width, height] = [0, 1].map((i) => Math.max(...numbers.map((ends) => ends[i] ?? 0)));
  const scale = Math.min((box.width - 48) / (width ?? 1), (box.height - 48) / (height ?? 1));
  const size = { width: scale * (width ?? 0), height: scale * (height ?? 0) };
  const left = box.x + (box.width - size.width) / 2;
  return { left, top: box.y + (box.height - size.height) / 2, ...size };
}

test("a page with edits that are not saved asks before it is left", async ({ page }) => {
  await openDemo(page);
  await roiRow(page, /FOV_1/).click();
  await page.keyboard.press("Delete");
  await expect(page.getByText("1 change not saved")).toBeVisible();
  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await page.keyboard.press("Control+z");
  await expect(page.getByText("not saved")).toHaveCount(0);
});
