/** A visit to a page of the streaming bench in a browser of its own, and what it cost so far. */
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { launchOptions } from "../../scripts/chromium.mjs";
import { pagePeak } from "./process-memory.ts";
import type { Numbers } from "./report.ts";
import { type Asked, now, type SlowServer } from "./slow-server.ts";
import { probe, type Seen } from "./streaming-probe.ts";

/** How long nothing may happen until all is taken to be over. */
const QUIET_MS = 2000;
const PATIENCE_MS = 120_000;

export interface Visit {
  readonly page: Page;
  readonly server: SlowServer;
  /** Paths that the page asked for and gave up: the server cannot tell whether what it sent was still wanted. */
  readonly cancelled: readonly string[];
}

/** Opens a page of the server in a new browser; what is cached or compiled belongs to this visit alone. */
export async function visiting<T>(
  server: SlowServer,
  path: string,
  use: (visit: Visit) => Promise<T>,
): Promise<T> {
  await using browser = await chromium.launch(launchOptions());
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  return await use(await openPage(context, server, path));
}

async function openPage(context: BrowserContext, server: SlowServer, path: string): Promise<Visit> {
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(error));
  // What runs this file keeps the names of functions with a helper that the page does not have.
  await page.addInitScript("globalThis.__name = (f) => f");
  await page.addInitScript(probe);
  const cancelled: string[] = [];
  page.on("requestfailed", (request) => {
    if (request.failure()?.errorText.includes("ABORTED"))
      cancelled.push(decodeURIComponent(new URL(request.url()).pathname));
  });
  const visit = { page, server, cancelled };
  server.forget();
  await page.goto(server.url + path, { waitUntil: "commit" });
  await untilQuiet(visit);
  return visit;
}

export const seenBy = ({ page }: Visit): Promise<Seen> => page.evaluate(() => window.seen);

/**
 * Waits until the page says that it is not busy, and nothing is asked for, sent to the GPU or drawn any more.
 * @throws where that does not come: what is counted then would be of a page at work
 */
export async function untilQuiet(visit: Visit): Promise<void> {
  const { page, server } = visit;
  const end = now() + PATIENCE_MS;
  let [last, since] = ["", now()];
  while (now() - since < QUIET_MS) {
    if (now() > end)
      throw new Error(
        `The page did not come to rest within ${PATIENCE_MS / 1000} s: ${page.url()}`,
      );
    await page.waitForTimeout(100);
    const done = server.log.filter(({ answered, cancelled }) => answered ?? cancelled).length;
    const { uploads, lastFrame } = await seenBy(visit);
    const isBusy = (await page.locator("[aria-busy=true]").count()) > 0;
    const state = `${server.log.length} ${done} ${uploads} ${lastFrame}`;
    if (isBusy || state !== last) [last, since] = [state, now()];
  }
}

/** Waits until all that is on screen is there. */
export async function untilShown({ page }: Visit): Promise<void> {
  // Two frames: what a hand did is asked for in the next one.
  await page.evaluate(
    () =>
      new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
  await page.locator("[aria-busy=true]").waitFor({ state: "detached" });
}

/** How far a visit is: what it costs can be counted from there on. */
export interface Mark {
  readonly asked: number;
  readonly cancelled: number;
}

export const markOf = ({ server, cancelled }: Visit): Mark => ({
  asked: server.log.length,
  cancelled: cancelled.length,
});

/** What was asked for of the data. */
export function dataCost(
  { server: { log }, cancelled }: Visit,
  from: Mark = { asked: 0, cancelled: 0 },
): Numbers {
  const before = new Set(log.slice(0, from.asked).map(nameOf));
  const asked = log.slice(from.asked).filter(isData);
  const names = asked.map(nameOf);
  const missing = asked.filter(({ status }) => status === 404);
  // Of what is missing the page leaves the empty answer.
  const left = new Set(missing.map(({ path }) => path));
  return {
    requests: asked.length,
    notFound: missing.length,
    repeated: names.filter((name, i) => before.has(name) || names.indexOf(name) < i).length,
    cancelled: cancelled.slice(from.cancelled).filter((path) => !left.has(path)).length,
    MB: asked.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6,
  };
}

/** The page's own files are served beside the data, over the same six connections. */
const isData = ({ path }: Asked): boolean => !path.startsWith("/app/");

const nameOf = ({ path, range = "" }: Asked): string => `${path} ${range}`;

/** The opening, in milliseconds since navigation; what never happened has no number. */
export async function openingCost(visit: Visit, landingBytes: number): Promise<Numbers> {
  const seen = await seenBy(visit);
  const { navigated, pageUp } = await visit.page.evaluate(() => {
    const scripts = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    const entry = scripts.find(({ initiatorType }) => initiatorType === "script");
    return { navigated: performance.timeOrigin, pageUp: entry?.responseEnd ?? Number.NaN };
  });
  const since = (time: number): number => (time === 0 ? Number.NaN : time - navigated);
  return {
    ...dataCost(visit),
    pageFiles: visit.server.log.filter((asked) => !isData(asked)).length,
    pageUpMs: pageUp,
    firstMs: since(seen.firstPixels),
    lastMs: since(seen.lastUpload),
    readyMs: since(seen.startedUp),
    blockMs: longestBlock(seen, seen.startedUp || Number.POSITIVE_INFINITY),
    memoryMB: (pagePeak() - landingBytes) / 1e6,
  };
}

/** The longest task that began after a time; 0 where none was over 50 ms. */
export function longestBlock({ blocks }: Seen, from: number): number {
  if (from === Number.POSITIVE_INFINITY) return Number.NaN;
  return blocks.reduce((most, [start, ms]) => (start >= from ? Math.max(most, ms) : most), 0);
}
