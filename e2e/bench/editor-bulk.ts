/** The whole page when all of very many ROIs are edited at once: how long it does not answer the hand. */
import type { Page } from "@playwright/test";
import { serveEntries } from "../server.ts";
import { benchImage } from "./fixture.ts";
import { median, type Numbers, printTable } from "./report.ts";
import { withSite } from "./site.ts";
import { type Longest, longestAfterKey } from "./trace.ts";

const ROUNDS = 5;

/** What follows from an edit is over by then, in milliseconds. */
const SETTLED = 1000;

/** In the order of a round; the last undo brings back what was deleted. */
const STEPS = [
  ["nudgeAll", "ArrowRight"],
  ["undoAll", "Control+z"],
  ["deleteAll", "Delete"],
  ["undoDeleteAll", "Control+z"],
] as const;

/**
 * Prints the longest block of each step, and gives them as `<step>BlockMs`: medians over rounds, as time on a core, since
 * drawing in software keeps the cores busy.
 */
export async function measureBulk(rois: number): Promise<Numbers> {
  const server = await serveEntries(await benchImage(rois));
  const blocks = new Map<string, Longest[]>();
  try {
    await withSite("index.html", async (page, url) => {
      await page.goto(`${url}?source=${server.url}`);
      await page.locator(`[aria-label=ROIs][aria-rowcount="${rois + 1}"]`).waitFor();
      await page.locator("[aria-label=Viewer][aria-busy=false]").waitFor();
      await page.getByRole("region", { name: "Viewer" }).click();
      await page.keyboard.press("Control+a");
      await page.waitForTimeout(SETTLED);
      for (let round = 0; round < ROUNDS; round++)
        for (const [name, key] of STEPS)
          blocks.set(name, [...(blocks.get(name) ?? []), await blockOf(page, key)]);
    });
  } finally {
    await server.close();
  }
  const medians = [...blocks].map(([name, longest]): [string, Numbers] => [
    name,
    {
      onCoreMs: median(longest.map(({ longestTaskMs }) => longestTaskMs)),
      wallMs: median(longest.map(({ longestTaskWallMs }) => longestTaskWallMs)),
    },
  ]);
  printTable(
    new Map(medians.map(([name, row]) => [`longest block of ${name}, ${rois} ROIs`, row])),
  );
  return Object.fromEntries(
    medians.map(([name, { onCoreMs = Number.NaN }]) => [`${name}BlockMs`, onCoreMs]),
  );
}

function blockOf(page: Page, key: string): Promise<Longest> {
  return longestAfterKey(page, async () => {
    await page.keyboard.press(key);
    await page.waitForTimeout(SETTLED);
  });
}
