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

/** In the order of a round, after which all is as before it: a key, and for how many times the ROIs the step is over. */
const STEPS = [
  ["nudgeAll", "ArrowRight", 1],
  ["undoAll", "Control+z", 1],
  ["deleteAll", "Delete", 0],
  ["undoDeleteAll", "Control+z", 1],
  ["duplicateAll", "Control+d", 2],
  ["undoDuplicateAll", "Control+z", 1],
  ["copyAll", "Control+c", "copied"],
  ["pasteAll", "Control+v", 2],
  ["undoPasteAll", "Control+z", 1],
] as const;

/**
 * Prints the longest block of each step, and gives them as `<step>BlockMs`: medians over rounds, as time on a core, since
 * drawing in software keeps the cores busy.
 */
export async function measureBulk(rois: number): Promise<Numbers> {
  await using server = await serveEntries(await benchImage(rois));
  const blocks = new Map<string, Longest[]>();
  await withSite("index.html", async (page, url) => {
    await page.goto(`${url}?source=${server.url}`);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await listed(page, rois);
    await page.locator("[aria-label=Viewer][aria-busy=false]").waitFor();
    await page.getByRole("region", { name: "Viewer" }).click();
    await page.keyboard.press("Control+a");
    await page.waitForTimeout(SETTLED);
    for (let round = 0; round < ROUNDS; round++)
      for (const [name, key, end] of STEPS) {
        const over = () => (end === "copied" ? copied(page) : listed(page, end * rois));
        blocks.set(name, [...(blocks.get(name) ?? []), await blockOf(page, key, over)]);
      }
  });
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

function blockOf(page: Page, key: string, over: () => Promise<void>): Promise<Longest> {
  return longestAfterKey(page, async () => {
    await page.keyboard.press(key);
    await over();
    await page.waitForTimeout(SETTLED);
  });
}

function listed(page: Page, rois: number): Promise<void> {
  return page.locator(`[aria-label=ROIs][aria-rowcount="${rois + 1}"]`).waitFor();
}

/** The page says so; the message is put away, so that the next round has one of its own. */
async function copied(page: Page): Promise<void> {
  const messages = page.getByRole("log", { name: "Messages" });
  const message = messages.locator(".notice", { hasText: "on the clipboard" });
  await message.getByRole("button", { name: "Dismiss message" }).click();
}
