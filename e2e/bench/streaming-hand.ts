/** A hand on the page of the streaming bench: always the same zoom and pan, and what that costs. */
import { median, type Numbers } from "./report.ts";
import {
  dataCost,
  longestBlock,
  markOf,
  seenBy,
  untilQuiet,
  type Visit,
} from "./streaming-visit.ts";

/** Over the image, wherever panels are. */
const [X, Y] = [560, 400];

/** Of a drag. */
const MOVES = 12;

/** Twelve steps of the wheel in, then four drags. @param pause what is waited for after a step */
export async function zoomAndPan(
  { page }: Visit,
  pause = () => page.waitForTimeout(60),
): Promise<void> {
  await page.mouse.move(X, Y);
  for (let i = 0; i < 12; i++) {
    await page.mouse.wheel(0, -200);
    await pause();
  }
  for (const [x, y] of [
    [300, -250],
    [-450, -250],
    [300, 250],
    [-450, 250],
  ] as const) {
    await drag(page, x, y, MOVES);
    await page.waitForTimeout(150);
  }
}

async function drag({ mouse }: Visit["page"], x: number, y: number, steps: number): Promise<void> {
  await mouse.move(X, Y);
  await mouse.down();
  await mouse.move(X + x, Y + y, { steps });
  await mouse.up();
}

/** Back to the whole image. */
export async function showWhole(visit: Visit): Promise<void> {
  await visit.page.getByRole("button", { name: "Fit image" }).click();
  await untilQuiet(visit);
}

/**
 * What a hand's doing adds: `scriptMs` from its first event to the last frame, `settleMs` from its last event to the last
 * texture.
 */
export async function handCost(
  visit: Visit,
  act: (visit: Visit) => Promise<void>,
): Promise<Numbers> {
  const from = markOf(visit);
  await visit.page.evaluate(() => {
    Object.assign(window.seen, { firstInput: 0, lastInput: 0, lastUpload: 0 });
  });
  await act(visit);
  await untilQuiet(visit);
  const seen = await seenBy(visit);
  return {
    ...dataCost(visit, from),
    scriptMs: Math.max(seen.lastFrame, seen.lastUpload) - seen.firstInput,
    settleMs: Math.max(0, seen.lastUpload - seen.lastInput),
    blockMs: longestBlock(seen, seen.firstInput),
  };
}

/** The median of its frames, each waited for until it is drawn, in milliseconds. */
export async function frameCost(
  visit: Visit,
  act: (visit: Visit) => Promise<void>,
): Promise<number> {
  await visit.page.evaluate(() => {
    window.seen.waits = true;
  });
  await act(visit);
  await untilQuiet(visit);
  const { frames } = await seenBy(visit);
  await visit.page.evaluate(() => {
    window.seen.waits = false;
  });
  return median(frames);
}
