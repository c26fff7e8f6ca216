/** How much script a page has fetched, as it is sent: gzipped, workers and codecs apart. */
import { gzipSync } from "node:zlib";
import type { Page, Response } from "@playwright/test";

const APART = /\.worker-|\/(?:blosc|zstd|lz4)-/;

/**
 * Watches a page that is still blank.
 * @returns asks for the size in bytes of what it had asked for by a time (milliseconds since 1970), by file
 */
export function watchScripts(page: Page): (by: number) => Promise<ReadonlyMap<string, number>> {
  const scripts: Response[] = [];
  page.on("response", (response) => {
    const url = response.url();
    if (new URL(url).pathname.endsWith(".js") && !APART.test(url)) scripts.push(response);
  });
  return async (by) => {
    const sizeOf = async (response: Response): Promise<[string, number]> => [
      new URL(response.url()).pathname,
      gzipSync(await response.body(), { level: 9 }).length,
    ];
    const before = scripts.filter((script) => script.request().timing().startTime <= by);
    return new Map(await Promise.all(before.map(sizeOf)));
  };
}

/** A kilobyte is 1000 bytes, as for all sizes on the wire. */
export function totalKilobytes(sizes: ReadonlyMap<string, number>): number {
  return [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0) / 1000;
}
