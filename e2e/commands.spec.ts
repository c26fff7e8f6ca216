/** Finding what can be done and doing it: the palette, the list of shortcuts and other keys, and context menus. */
import { expect, type Page, test } from "@playwright/test";
import { openDemo, readout, rois, viewer } from "./page.ts";

const selected = (page: Page) => rois(page).locator('[role="row"][aria-selected="true"]');
const palette = (page: Page) => page.getByRole("dialog", { name: "Commands" });
const help = (page: Page) => page.getByRole("dialog", { name: "Shortcuts" });
const keysOf = (page: Page, title: string) =>
  help(page).getByRole("button", { name: new RegExp(`^Keys of ${title}:`) });

test.beforeEach(async ({ page }) => {
  await openDemo(page);
});

test("the palette finds commands, tables and ROIs, and says why one cannot be chosen", async ({
  page,
}) => {
  await page.keyboard.press("Control+k");
  const options = palette(page).getByRole("option");
  const find = palette(page).getByRole("combobox");
  await expect(find).toBeFocused();
  await find.fill("dup sel");
  await expect(options.first()).toHaveText(/^Duplicate the selected ROIs.*No ROI is selected$/);
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeVisible();

  await find.fill("fov_3");
  await expect(options.first()).toHaveText(/Go to ROI FOV_3/);
  await expect(find).toHaveAttribute("aria-activedescendant", /.+/);
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeHidden();
  await expect(selected(page)).toHaveText(/FOV_3/);

  await page.keyboard.press("Control+k");
  await find.fill("dup sel");
  await page.keyboard.press("Enter");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "6");

  // What was chosen last comes first.
  await page.keyboard.press("Control+k");
  await expect(options.first()).toHaveText(/Duplicate the selected ROIs/);
  await find.fill("hide channel dapi");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("checkbox", { name: "DAPI" })).not.toBeChecked();

  await page.keyboard.press("Control+k");
  await find.fill("new grid");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("form", { name: /grid/i })).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(find).toBeFocused();
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeHidden();
});

test("keys are bound anew, a conflict is asked about, and the page shows them; all by keyboard", async ({
  page,
}) => {
  await page.keyboard.press("?");
  const find = help(page).getByRole("searchbox");
  await expect(find).toBeFocused();
  await find.fill("next roi");
  await keysOf(page, "Next ROI").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("p");
  await expect(help(page).getByRole("alert")).toContainText("P belongs to “Previous ROI”");
  await help(page).getByRole("button", { name: "Cancel" }).press("Enter");
  await expect(keysOf(page, "Next ROI")).toHaveText("N");

  await keysOf(page, "Next ROI").press("Enter");
  await page.keyboard.press("p");
  await expect(help(page).getByRole("button", { name: "Replace" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(keysOf(page, "Next ROI")).toHaveText("P");
  await find.fill("previous");
  await expect(keysOf(page, "Previous ROI")).toHaveText("Set keys");

  // The browser's own keys, and Escape, which leaves things as they are.
  await keysOf(page, "Previous ROI").press("Enter");
  await page.keyboard.press("Control+c");
  await expect(help(page).getByRole("alert")).toContainText("Copy the selected ROIs");
  await page.keyboard.press("Escape");
  await expect(keysOf(page, "Previous ROI")).toHaveText("Set keys");

  await find.fill("undo");
  await keysOf(page, "Undo").press("Enter");
  await page.keyboard.press("Control+Shift+u");
  await page.keyboard.press("Escape");
  await expect(help(page)).toBeHidden();

  await page.keyboard.press("p");
  await expect(selected(page)).toHaveText(/FOV_1/);
  await page.keyboard.press("n");
  await expect(selected(page)).toHaveText(/FOV_1/);
  await page.keyboard.press("Delete");
  await expect(page.getByRole("button", { name: "Undo", exact: true })).toHaveAttribute(
    "title",
    /^Undo .*\(Ctrl\+Shift\+U\)$/,
  );
  // The one after it is selected, and the address says so once it has come to rest.
  await expect(page).toHaveURL(/roi=FOV_2/);
  await page.reload();
  await expect(selected(page)).toHaveText(/FOV_2/);
  await page.keyboard.press("p");
  await expect(selected(page)).toHaveText(/FOV_3/);

  await page.keyboard.press("?");
  await find.fill("next roi");
  await help(page).getByRole("button", { name: "Reset the keys of Next ROI" }).press("Enter");
  await expect(keysOf(page, "Next ROI")).toHaveText("N");
  await help(page).getByRole("button", { name: "Reset all" }).press("Enter");
  await find.fill("");
  await expect(keysOf(page, "Previous ROI")).toHaveText("P");
  await expect(keysOf(page, "Undo")).toHaveText("Ctrl Z");
  await page.keyboard.press("Escape");
  await page.keyboard.press("p");
  await expect(selected(page)).toHaveText(/FOV_2/);
  await page.keyboard.press("n");
  await expect(selected(page)).toHaveText(/FOV_3/);
});

test("a menu opens on an ROI, beside them, on a row and by the keyboard", async ({ page }) => {
  const menu = page.getByRole("menu");
  const viewer = page.getByRole("region", { name: "Viewer" });
  const box = await viewer.boundingBox();
  if (!box) throw new Error("The viewer has no place");
  const center = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(center.x - 60, center.y - 60);
  await page.mouse.click(center.x - 60, center.y - 60, { button: "right" });
  await expect(page.getByRole("menu", { name: "FOV_1" })).toBeVisible();
  await expect(selected(page)).toHaveText(/FOV_1/);
  await menu.getByRole("menuitem", { name: "Duplicate" }).click();
  await expect(menu).toBeHidden();
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "6");
  await page.keyboard.press("Control+z");

  // Beside the image; a drag with the right button pans as ever.
  await page.mouse.click(box.x + 8, box.y + box.height - 40, { button: "right" });
  await expect(page.getByRole("menu", { name: "Image" })).toBeVisible();
  await page.mouse.click(box.x + box.width - 8, box.y + 120);
  await expect(menu).toBeHidden();
  await page.mouse.move(center.x, center.y);
  await page.mouse.down({ button: "right" });
  await page.mouse.move(center.x + 40, center.y, { steps: 3 });
  await page.mouse.up({ button: "right" });
  await expect(menu).toBeHidden();

  await page.getByRole("row", { name: /FOV_4/ }).click({ button: "right" });
  await expect(page.getByRole("menu", { name: "FOV_4" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();

  await rois(page).focus();
  await page.keyboard.press("Shift+F10");
  await expect(menu.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("End");
  await expect(menu.getByRole("menuitem", { name: "Delete" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(menu).toBeHidden();
  await expect(rois(page)).toBeFocused();
  await expect(page.getByRole("row", { name: /FOV_4/ })).toHaveCount(0);
});

test("the status line says what keys do now, also while they are held", async ({ page }) => {
  const box = await viewer(page).boundingBox();
  if (!box) throw new Error("The viewer has no place");
  const at = { x: box.x + box.width / 2 - 100, y: box.y + box.height / 2 - 60 };
  await expect(readout(page)).toContainText("Ctrl K find a command");
  await page.keyboard.press("r");
  await page.mouse.move(at.x, at.y);
  await expect(readout(page)).toContainText("Esc stop");
  await page.mouse.down();
  await page.mouse.move(at.x + 50, at.y + 50, { steps: 3 });
  const snapping = readout(page).locator("[data-on]", { hasText: "no snapping" });
  await expect(snapping).toHaveAttribute("data-on", "false");
  await page.keyboard.down("Alt");
  await expect(snapping).toHaveAttribute("data-on", "true");
  await page.keyboard.up("Alt");
  await expect(snapping).toHaveAttribute("data-on", "false");
  await expect(readout(page)).toContainText("Esc cancel");
  await page.mouse.up();
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "6");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await expect(readout(page)).toContainText("Nothing to undo");
});

test("the status line forgets keys that are let go in another window, and knows the hand among boxes in space", async ({
  page,
}) => {
  const box = await viewer(page).boundingBox();
  if (!box) throw new Error("The viewer has no place");
  await page.mouse.move(box.x + box.width / 2 - 100, box.y + box.height / 2 - 60);
  const adds = readout(page).locator("[data-on]", { hasText: "add or take out" });
  await page.keyboard.down("Shift");
  await expect(adds).toHaveAttribute("data-on", "true");
  await page.evaluate(() => dispatchEvent(new Event("blur")));
  await expect(adds).not.toHaveAttribute("data-on", "true");
  await page.keyboard.up("Shift");

  await page.mouse.move(2, 2);
  await expect(readout(page)).toContainText("Drag pan");
  await page.keyboard.press("o");
  await expect(readout(page)).toContainText("Drag turn");
  await expect(readout(page)).not.toContainText("pan");
});

test("menus go by arrows and letters, Escape gives the focus back, a press beside one changes nothing", async ({
  page,
}) => {
  const menu = page.getByRole("group", { name: "Table actions" });
  const opener = page.getByRole("button", { name: "Table actions" });
  const focused = page.locator(":focus");
  await opener.focus();
  await page.keyboard.press("Enter");
  await expect(focused).toHaveText("Save as…");
  for (const [key, text] of [
    ["ArrowDown", "Rename…"],
    ["End", "Delete FOV_ROI_table"],
    ["ArrowDown", "Save as…"],
    ["ArrowUp", "Delete FOV_ROI_table"],
    ["d", "Duplicate"],
    ["d", "Delete FOV_ROI_table"],
    ["Home", "Save as…"],
  ] as const) {
    await page.keyboard.press(key);
    await expect(focused).toHaveText(text);
  }
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await expect(opener).toBeFocused();

  await rois(page).getByRole("row", { name: /FOV_2/ }).click();
  await page.keyboard.press("Shift+F10");
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("d");
  await expect(page.getByRole("menuitem", { name: "Duplicate" })).toBeFocused();
  const box = await viewer(page).boundingBox();
  if (!box) throw new Error("The viewer has no place");
  await page.mouse.click(box.x + 8, box.y + box.height - 40);
  await expect(page.getByRole("menu")).toBeHidden();
  await expect(selected(page)).toHaveText(/FOV_2/);

  // All of a menu is in the window, however low that is.
  await page.setViewportSize({ width: 640, height: 300 });
  await rois(page).focus();
  await page.keyboard.press("Shift+F10");
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await expect(page.getByRole("menu")).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Delete" })).toBeInViewport({ ratio: 1 });
});

test("on a Mac keys are called by their signs; a key that is typed cannot save, and a question is left by Escape", async ({
  page,
}) => {
  await page.addInitScript(() =>
    Object.defineProperty(navigator, "platform", { get: () => "MacIntel" }),
  );
  await page.reload();
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
  await expect(readout(page)).toContainText("⌘ K find a command");
  await page.keyboard.press("?");
  await help(page).getByRole("searchbox").fill("save the table");
  const keys = keysOf(page, "Save the table");
  await expect(keys).toHaveText("⌘ S");
  await keys.press("Enter");
  await page.keyboard.press("j");
  await expect(help(page).getByRole("alert")).toContainText("This works while one types too");
  await page.keyboard.press("Meta+Shift+H");
  await expect(help(page).getByRole("alert")).toContainText("⇧ ⌘ H belongs to “Show all hidden");
  await page.keyboard.press("Escape");
  await expect(keys).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Alt+j");
  await expect(keys).toHaveText("⌥ J");
  await expect(keys).toBeFocused();
});
