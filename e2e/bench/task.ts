/** "Threshold segmentation" in the page on a real folder: how fast against the plain way, and whether memory is bounded. */
import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { expect, type Page } from "@playwright/test";
import { dropFolder, folderOf, withFolderBrowser } from "../real-folder.ts";
import { pagePeak } from "./process-memory.ts";
import { type Numbers, report } from "./report.ts";
import { withPages } from "./site.ts";
import { type Tiled, tiled, tileOf } from "./task-image.ts";

/** Of the smaller image: more than all that workers keep of it. */
const VOXELS = 140e6;
/** A run may take its minutes. */
const PATIENCE = { timeout: 1_200_000 };

const [APP, PLAIN] = ["index.html", "e2e/bench/task.html"];

/** @param data the path or the address of an OME-Zarr with fields of view; the demo's well unless given */
export async function benchTask(data: string | undefined): Promise<void> {
  const tile = await tileOf(data);
  const perTile = (await tiled(tile, 1)).voxels;
  const side = Math.max(1, Math.ceil(Math.sqrt(VOXELS / perTile)));
  await withPages([APP, PLAIN], async (urlOf) => {
    const rows = new Map<string, Numbers>();
    const small = await tiled(tile, side);
    const run = await inBrowser(small, urlOf(APP), segmented);
    const plain = await inBrowser(small, urlOf(PLAIN), segmentedPlainly);
    const large = await inBrowser(await tiled(tile, 2 * side), urlOf(APP), segmented);
    rows.set("image", run).set("four times its size", large).set("image, plain way", plain);
    report(rows, {
      image: run,
      large,
      plain,
      speedOverPlain: run.mpixPerS / plain.mpixPerS,
      peakOfLarge: large.peakMB / run.peakMB,
    });
  });
}

interface Measured extends Numbers {
  readonly rois: number;
  readonly mpix: number;
  readonly mpixPerS: number;
  /** Of the page and its workers. */
  readonly beforeMB: number;
  readonly peakMB: number;
}

/** In a browser of its own, so that its memory is that of this alone. */
async function inBrowser(
  { entries, rois, voxels }: Tiled,
  url: string,
  work: (page: Page, folder: string) => Promise<{ readonly ms: number; readonly before: number }>,
): Promise<Measured> {
  const folder = folderOf(entries, "bench.zarr");
  try {
    let found: Measured | undefined;
    await withFolderBrowser(async (page) => {
      page.on("pageerror", (error) => console.error(error));
      await page.goto(url);
      const { ms, before } = await work(page, folder);
      const [mpix, peakMB] = [voxels / 1e6, pagePeak() / 1e6];
      found = { rois, mpix, mpixPerS: (1000 * mpix) / ms, beforeMB: before / 1e6, peakMB };
    });
    if (!found) throw new Error("Nothing was measured");
    return found;
  } finally {
    rmSync(dirname(folder), { recursive: true, force: true });
  }
}

/** By a press on Run, at the finest level. */
async function segmented(page: Page, folder: string) {
  await expect(page.getByRole("button", { name: "Open folder" })).toBeVisible();
  await dropFolder(page, folder);
  const form = page.getByRole("form", { name: "Threshold segmentation" });
  await form.getByRole("combobox", { name: "Level" }).selectOption("0", PATIENCE);
  await page.locator("[aria-label=Viewer][aria-busy=false]").waitFor(PATIENCE);
  const before = pagePeak();
  const begin = performance.now();
  await form.getByRole("button", { name: "Run", exact: true }).click();
  await form.getByText(/written (once|up to)/).waitFor(PATIENCE);
  return { ms: performance.now() - begin, before };
}

async function segmentedPlainly(page: Page, folder: string) {
  const before = pagePeak();
  await dropFolder(page, folder);
  return { ms: await page.evaluate(() => window.segmentPlainly), before };
}
