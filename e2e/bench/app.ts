/** The whole page under a hand: main-thread script per pointer event while hovering, dragging and panning over many ROIs. */
import type { Page } from "@playwright/test";
import { serveEntries } from "../server.ts";
import { benchImage } from "./fixture.ts";
import { type Numbers, report } from "./report.ts";
import { withSite } from "./site.ts";
import { traced } from "./trace.ts";

const ROIS = 10_000;
const MOVES = 150;

export async function benchApp(): Promise<void> {
  await using server = await serveEntries(await benchImage(ROIS));
  await withSite("index.html", async (page, url) => {
    await page.goto(`${url}?source=${server.url}`);
    await settled(page);
    await page.locator(`[aria-label=ROIs][aria-rowcount="${ROIS + 1}"]`).waitFor();
    report(...(await hands(page)));
  });
}

async function settled(page: Page): Promise<void> {
  await page.locator("[aria-label=Viewer][aria-busy=false]").waitFor();
}

async function hands(page: Page): Promise<[Map<string, Numbers>, Numbers]> {
  const { mouse } = page;
  const box = await page.getByRole("region", { name: "Viewer" }).boundingBox();
  if (!box) throw new Error("The viewer has no place");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await mouse.move(x, y);
  // From all ROIs in view to some hundred, large enough to be taken hold of.
  for (let i = 0; i < 10; i++) await mouse.wheel(0, -100);
  await settled(page);

  /** Back and forth, so that the hand stays over the image. */
  const wander = async (): Promise<void> => {
    for (let i = 0; i < MOVES; i++)
      await mouse.move(x + 150 * Math.sin(i / 12), y + 100 * Math.sin(i / 17));
  };
  const hover = await traced(page, wander);
  await takeHold(page, x, y);
  const drag = await traced(page, wander);
  const drop = await traced(page, async () => {
    await mouse.move(x, y);
    await mouse.up();
  });
  await page.keyboard.press("Escape");
  await mouse.move(x + 20, y);
  await mouse.down();
  const pan = await traced(page, wander);
  await mouse.up();
  const rows = new Map(Object.entries({ hover, drag, drop, pan }).map(([k, v]) => [k, { ...v }]));
  return [
    rows,
    {
      rois: ROIS,
      hoverMs: hover.scriptMs,
      dragMs: drag.scriptMs,
      dropMs: drop.scriptMs,
      panMs: pan.scriptMs,
      panLongestTaskMs: pan.longestTaskMs,
      panLongestTaskWallMs: pan.longestTaskWallMs,
    },
  ];
}

/** Selects an ROI near a point and presses the button on it. */
async function takeHold(page: Page, x: number, y: number): Promise<void> {
  await page.mouse.click(x, y);
  await page.locator("[role=row][aria-selected=true]").waitFor();
  await page.mouse.move(x, y);
  await page.mouse.down();
}
