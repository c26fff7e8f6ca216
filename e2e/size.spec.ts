/** What has to come over the wire before an image is seen. */
import { expect, test } from "@playwright/test";
import { nucleiImage } from "./fixtures.ts";
import { settled } from "./page.ts";
import { totalKilobytes, watchScripts } from "./script-size.ts";
import { serveEntries } from "./server.ts";

const MOST_KILOBYTES = 400;

test(`all script up to an image's first pixels is at most ${MOST_KILOBYTES} kB gzipped`, async ({
  page,
}) => {
  await using server = await serveEntries(await nucleiImage());
  const fetched = watchScripts(page);
  await page.addInitScript(() => {
    const seen = new MutationObserver(() => {
      if (!document.querySelector('[aria-label="Viewer"][aria-busy="false"]')) return;
      seen.disconnect();
      performance.mark("seen");
    });
    seen.observe(document, { subtree: true, childList: true, attributeFilter: ["aria-busy"] });
  });
  await page.goto(`/?source=${server.url}`);
  await settled(page);
  const seen = await page.evaluate(() => {
    const [mark] = performance.getEntriesByName("seen");
    return performance.timeOrigin + (mark?.startTime ?? 0);
  });
  const sizes = await fetched(seen);
  expect([...sizes.keys()]).toContainEqual(expect.stringMatching(/\/index-/));
  expect(totalKilobytes(sizes)).toBeLessThanOrEqual(MOST_KILOBYTES);
});
