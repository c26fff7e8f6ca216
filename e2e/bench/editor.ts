/** The main-thread script of a hand on many ROIs: our layers against deck.gl's PolygonLayer over an array of objects. */
import type { EditorTimes } from "./editor-page.ts";
import { type Numbers, report } from "./report.ts";
import { withSite } from "./site.ts";

const COUNTS = [10_000, 100_000];

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
  });
  report(rows, last);
}
