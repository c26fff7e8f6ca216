/** What has to come over the wire before an image is seen. */
import { expect, test } from "@playwright/test";
import { nucleiImage } from "./fixtures.ts";
import { totalKilobytes, watchScripts } from "./script-size.ts";
import { serveEntries } from "./server.ts";

const MOST_KILOBYTES = 420;

test(`all script up to an image's first pixels is at most ${MOST_KILOBYTES} kB gzipped`, async ({
  page,
}) => {
  const server = await serveEntries(await nucleiImage());
  try {
    const fetched = watchScripts(page);
    await page.goto(`/?source=${server.url}`);
    await expect(page.getByRole("region", { name: "Viewer" })).toHaveAttribute(
      "aria-busy",
      "false",
    );
    const sizes = await fetched();
    expect([...sizes.keys()]).toContainEqual(expect.stringMatching(/\/index-/));
    expect(totalKilobytes(sizes)).toBeLessThanOrEqual(MOST_KILOBYTES);
  } finally {
    await server.close();
  }
});
