/** Tuning a task: a preview follows the form and writes nothing; recipes are kept, loaded, and run. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { openDemo, rois } from "./page.ts";

const taskForm = (page: Page) => page.getByRole("form", { name: "Threshold segmentation" });
const preview = (page: Page) => page.getByRole("region", { name: "Preview" });

/** What the preview has found, once it has. */
async function found(page: Page): Promise<string | null> {
  await expect(preview(page)).toHaveAttribute("aria-busy", "false");
  await expect(preview(page)).toContainText("Computed in");
  return preview(page).getByRole("listitem").textContent();
}

/** What is drawn in the lower part of the viewer, where no control lies over it. */
async function looks(page: Page): Promise<string> {
  const viewer = page.getByRole("region", { name: "Viewer" });
  await expect(viewer).toHaveAttribute("aria-busy", "false");
  const area = await viewer.boundingBox();
  if (!area) throw new Error("The viewer has no place on the page");
  const half = area.height / 2;
  const clip = { x: area.x, y: area.y + half, width: area.width, height: half };
  return createHash("sha256")
    .update(await page.screenshot({ clip }))
    .digest("hex");
}

async function fromMenu(page: Page, item: string | RegExp): Promise<void> {
  await taskForm(page).getByRole("button", { name: "Recipe" }).click();
  await taskForm(page).getByRole("button", { name: item }).click();
}

/** The names in the demo's private folder, without what Fovea keeps for itself: what a preview must not change. */
function labelFolders(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const paths: string[] = [];
    const walk = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const [name, handle] of folder.entries()) {
        if (path.endsWith("/labels")) paths.push(`${path}/${name}`);
        else if (handle.kind === "directory")
          await walk(handle as FileSystemDirectoryHandle, `${path}/${name}`);
      }
    };
    await walk(await navigator.storage.getDirectory(), "");
    return paths;
  });
}

test("a preview follows what is tuned, shows before and after, and writes nothing", async ({
  page,
}) => {
  await openDemo(page);
  const form = taskForm(page);
  await form.getByRole("button", { name: "Preview" }).click();
  await expect.poll(() => found(page)).toMatch(/^FOV_1/);
  // The selected ROIs, where there are any.
  await page.getByRole("row", { name: /FOV_3/ }).click();
  await expect.poll(() => found(page)).toMatch(/^FOV_3\s*\d+ objects · threshold \d/);
  const otsu = await found(page);
  // It lies beside or below the tools, not on them.
  const tools = await page.getByRole("button", { name: "Side panes" }).boundingBox();
  const sides = await preview(page).getByRole("group").boundingBox();
  if (!tools || !sides) throw new Error("The tools have no place on the page");
  expect(sides.x >= tools.x + tools.width || sides.y >= tools.y + tools.height).toBe(true);
  const drawn = await looks(page);

  await form.getByRole("textbox", { name: "Sigma" }).fill("6");
  await expect.poll(() => found(page)).not.toBe(otsu);
  await expect.poll(() => looks(page)).not.toBe(drawn);
  const smooth = await looks(page);

  await preview(page).getByRole("button", { name: "Before" }).click();
  await expect.poll(() => looks(page)).not.toBe(smooth);
  await expect(preview(page).getByRole("button", { name: "Before" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await page.keyboard.press("c");
  await expect(preview(page).getByRole("button", { name: "After" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expect.poll(() => looks(page)).toBe(smooth);

  // What cannot be computed is said where it was typed, and what was found last stays.
  await form.getByRole("textbox", { name: "Sigma" }).fill("-1");
  await expect(form.getByRole("textbox", { name: "Sigma" })).toHaveAttribute(
    "aria-invalid",
    "true",
  );
  await expect(form.getByRole("button", { name: "Run", exact: true })).toBeDisabled();
  await form.getByRole("textbox", { name: "Sigma" }).fill("2");
  await expect.poll(() => found(page)).toBe(otsu);

  await rois(page).focus();
  await page.keyboard.press("t");
  await expect(preview(page)).toBeHidden();
  await expect(page.getByRole("checkbox", { name: /^Show label/ })).toHaveCount(0);
  expect(await labelFolders(page)).toEqual([]);
});

test("the plan says how long it takes, and a preview knows", async ({ page }) => {
  await openDemo(page);
  const plan = taskForm(page).getByRole("region", { name: "Plan" });
  await expect(plan).toContainText(/ROIs\s*4/);
  await expect(plan).toContainText(
    "4 ROIs share chunks: all run side by side here, where other tools take turns in 4 rounds",
  );
  const time = plan.locator("div").filter({ hasText: "time" });
  await expect(time).toContainText("?");
  await page.keyboard.press("t");
  await found(page);
  await expect(time).toContainText(/\d+ s/);
});

test("a recipe is saved, loaded after a reload, run, and taken from the label it made", async ({
  page,
}) => {
  await openDemo(page);
  const form = taskForm(page);
  await form.getByRole("textbox", { name: "Sigma" }).fill("3");
  await form.getByRole("textbox", { name: "Output name" }).fill("smooth nuclei");
  const saving = page.waitForEvent("download");
  await fromMenu(page, "Save as a file");
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe("smooth nuclei.recipe.json");
  const file = await saved.path();
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({
    fovea: "recipe",
    task: "threshold-segmentation",
    roiTable: "FOV_ROI_table",
    params: { sigma: 3, channel: { mode: "label", identifier: "DAPI" } },
  });

  await page.reload();
  await expect(form.getByRole("textbox", { name: "Sigma" })).toHaveValue("2");
  await form.getByLabel("Recipe file").setInputFiles(file);
  await expect(form.getByRole("textbox", { name: "Sigma" })).toHaveValue("3");
  await form.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByRole("checkbox", { name: "Show label smooth nuclei" })).toBeChecked();
  await expect(form.getByText(/in 4 FOVs/)).toBeVisible();

  await form.getByRole("textbox", { name: "Sigma" }).fill("9");
  await fromMenu(page, "Use that of label “smooth nuclei”");
  await expect(form.getByRole("textbox", { name: "Sigma" })).toHaveValue("3");
});

test("a recipe that does not fit is refused with a sentence, and changes nothing", async ({
  page,
}) => {
  await openDemo(page);
  const form = taskForm(page);
  const recipe = {
    fovea: "recipe",
    version: 1,
    task: "threshold-segmentation",
    level: "0",
    outputName: "cells",
    params: { sigma: 7, channel: { mode: "label", identifier: "Brightfield" } },
  };
  const name = "foreign.recipe.json";
  const file = { name, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(recipe)) };
  await form.getByLabel("Recipe file").setInputFiles(file);
  await expect(page.getByRole("log", { name: "Messages" })).toContainText(
    'The recipe does not fit: The image has no channel labelled "Brightfield"',
  );
  await expect(form.getByRole("textbox", { name: "Sigma" })).toHaveValue("2");
  await expect(form.getByRole("textbox", { name: "Output name" })).toHaveValue("nuclei");
});

test("a recipe is said in Fractal's arguments, or what of it cannot be", async ({ page }) => {
  await openDemo(page);
  const form = taskForm(page);
  const dialog = page.getByRole("dialog", { name: "Fractal task arguments" });
  await form.getByRole("combobox", { name: "Threshold" }).selectOption("Triangle");
  await fromMenu(page, "As Fractal task arguments");
  await expect(dialog.getByRole("listitem").filter({ hasText: "Triangle" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  await form.getByRole("combobox", { name: "Threshold" }).selectOption("Otsu");
  await form.getByText("More options").click();
  await form.getByRole("combobox", { name: "Resolution" }).selectOption("Of the image");
  await fromMenu(page, "As Fractal task arguments");
  await expect(dialog).toContainText('"roi_table": "FOV_ROI_table"');
});

test("a preview whose script does not come is put away and told, and is made once it does", async ({
  page,
}) => {
  await openDemo(page);
  const script = /\/previewer-[^/]*\.js$/;
  await page.route(script, (route) => route.abort());
  await taskForm(page).getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("log", { name: "Messages" })).toContainText("previewer");
  await expect(preview(page)).toHaveCount(0);
  await page.unroute(script);
  await taskForm(page).getByRole("button", { name: "Preview" }).click();
  expect(await found(page)).toContain("objects");
});
