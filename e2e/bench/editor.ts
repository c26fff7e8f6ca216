/** The main-thread script of a hand on many ROIs: our layers against deck.gl's PolygonLayer over an array of objects. */
import type { Page } from "@playwright/test";
import { measureBulk } from "./editor-bulk.ts";
import type { OpeningTimes } from "./editor-million.ts";
import type { EditorTimes } from "./editor-page.ts";
import type { PanningTimes } from "./editor-panning.ts";
import { type Numbers, report } from "./report.ts";
import { UNPACED, withSite } from "./site.ts";

const MANY = 100_000;
const COUNTS = [10_000, MANY];
const PAGE = "e2e/bench/editor.html";

export async function benchEditor(): Promise<void> {
  const rows = new Map<string, Numbers>();
  let last: Numbers = {};
  await withSite(PAGE, async (page, url) => {
    await page.goto(url);
    for (const rois of COUNTS) {
      const times: EditorTimes = await page.evaluate((n) => window.measureEditor(n), rois);
      const plainOverOurs = times.plainLayerDragStepMs / times.dragStepMs;
      rows.set(`${rois} ROIs`, { ...times, plainOverOurs });
      last = { rois, ...times };
    }
    // In a page of its own, so that what came before costs it nothing.
    await page.reload();
    const opening: OpeningTimes = await page.evaluate(() => window.measureOpening());
    console.table({ "opening 10⁶ ROIs": opening });
    last = {
      ...last,
      openMillionRatio: Math.max(opening.openAnndataRatio, opening.openCsvRatio),
    };
  });
  const pan = async (page: Page, url: string): Promise<void> => {
    await page.goto(url);
    const panning: PanningTimes = await page.evaluate(() => window.measurePanning());
    console.table({ "panning over 10⁶ ROIs": panning });
    last = { ...last, panFrameRatio: panning.panFrameRatio };
  };
  await withSite(PAGE, pan, UNPACED);
  last = { ...last, ...(await measureBulk(MANY)) };
  report(rows, last);
}
