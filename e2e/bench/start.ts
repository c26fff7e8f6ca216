/** From an address to first pixels where every answer takes its time: requests, bytes, script and memory. */
import type { Page } from "@playwright/test";
import { totalKilobytes, watchScripts } from "../script-size.ts";
import { serveEntries, type TestServer } from "../server.ts";
import { benchImage } from "./fixture.ts";
import { type Numbers, report } from "./report.ts";
import { withSite } from "./site.ts";

const LATENCY_MS = 50;
/** What a browser asks of one server at once over HTTP/1.1. */
const CONNECTIONS = 6;

export async function benchStart(): Promise<void> {
  const entries = await benchImage(100);
  await using server = await serveEntries(entries, { latency: LATENCY_MS });
  await withSite("index.html", async (page, url) => {
    const found = await started(page, `${url}?source=${server.url}`, server, entries);
    report(new Map([["first pixels", found]]), found);
  });
}

async function started(
  page: Page,
  url: string,
  server: TestServer,
  entries: ReadonlyMap<string, Uint8Array>,
): Promise<Numbers> {
  const fetched = watchScripts(page);
  let asked = 0;
  let answered = 0;
  page.on("request", (request) => {
    if (request.url().startsWith(server.url)) asked ||= performance.now();
  });
  page.on("requestfinished", (request) => {
    if (request.url().startsWith(server.url)) answered = performance.now();
  });
  const begin = performance.now();
  await page.goto(url);
  await page.locator("[aria-label=Viewer][aria-busy=false]").waitFor();
  const end = performance.now();
  const keys = [...server.requests];
  const scriptKB = totalKilobytes(await fetched(Date.now()));
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  const ms = end - asked;
  const networkMs = answered - asked;
  const oneByOneMs = keys.length * LATENCY_MS;
  const boundMs = Math.ceil(keys.length / CONNECTIONS) * LATENCY_MS;
  return {
    pageMs: end - begin,
    dataMs: ms,
    networkMs,
    oneByOneMs,
    boundMs,
    oneByOneRatio: oneByOneMs / networkMs,
    boundRatio: boundMs / networkMs,
    requests: keys.length,
    dataKB: keys.reduce((sum, key) => sum + (entries.get(`/${key}`)?.length ?? 0), 0) / 1000,
    scriptKB,
    heapMB: usedSize / 1e6,
  };
}
