/** The main-thread script of a hand on many ROIs: our layers against deck.gl's PolygonLayer over an array of objects. */
import { measureBulk } from "./editor-bulk.ts";
import type { OpeningTimes } from "./editor-million.ts";
import type { EditorTimes } from "./editor-page.ts";
import type { PanningTimes } from "./editor-panning.ts";
import { type Numbers, report } from "./report.ts";
import { withSite } from "./site.ts";

const MANY = 100_000;
const COUNTS = [10_000, MANY];

export async function benchEditor(): Promise<void> {
  const rows = new Map<string, Numbers>();
  let last: Numbers = {};
  await withSite("e2e/bench/editor.html", async (page, url) => {
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
    const panning: PanningTimes = await page.evaluate(() => window.measurePanning());
    console.table({ "opening 10⁶ ROIs": opening });
    console.table({ "panning over 10⁶ ROIs": panning });
    const openMillionRatio = Math.max(opening.openAnndataRatio, opening.openCsvRatio);
    const { panFrameRatio } = panning;
    last = { ...last, openMillionRatio, panFrameRatio };
  });
  last = { ...last, ...(await measureBulk(MANY)) };
  report(rows, last);
}
