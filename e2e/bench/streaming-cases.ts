/** What the streaming bench does on the page, one function per case; each has a browser of its own. */
import { heldAlone } from "./alone.ts";
import { pageMemory } from "./process-memory.ts";
import type { Numbers } from "./report.ts";
import type { SlowServer } from "./slow-server.ts";
import { GIGABYTE } from "./streaming-data.ts";
import { frameCost, handCost, showWhole, zoomAndPan } from "./streaming-hand.ts";
import { CHANNELS } from "./streaming-image.ts";
import {
  dataCost,
  openingCost,
  seenBy,
  untilQuiet,
  untilShown,
  type Visit,
  visiting,
} from "./streaming-visit.ts";
import { CLOSED, keptIn } from "./streaming-walk.ts";

const APP = "/app/index.html";
/** The same, and walks over the gigabyte by itself. */
export const WALK = "/app/walk.html";
const BARE = "/app/bare/e2e/bench/streaming.html";

export interface Bench {
  readonly server: SlowServer;
  /** Resident memory of the empty landing page. */
  readonly landingBytes: number;
}

export async function landing(server: SlowServer): Promise<number> {
  return visiting(server, APP, async () => pageMemory());
}

const sourceOf = ({ server }: Bench, data: string, page = APP): string =>
  `${page}?source=${encodeURIComponent(`${server.url}/${data}`)}`;

export async function opening(bench: Bench, data: string): Promise<Numbers> {
  return visiting(bench.server, sourceOf(bench, data), (visit) =>
    openingCost(visit, bench.landingBytes),
  );
}

/** How many ranges that name the end of a file, where the index of a shard is, were asked for more than once. */
export async function indexesTwice(bench: Bench, data: string): Promise<number> {
  return visiting(bench.server, sourceOf(bench, data), async ({ server }) => {
    const ends = server.log.filter(({ range }) => range?.startsWith("bytes=-"));
    return ends.length - new Set(ends.map(({ path }) => path)).size;
  });
}

/** What a source takes in a browser that nobody inspects, above the empty landing page in such a one. */
export async function memoryAlone(bench: Bench, data: string): Promise<Numbers> {
  const empty = await heldAlone(bench.server, APP);
  const { peak } = await heldAlone(bench.server, sourceOf(bench, data));
  return { memoryMB: (peak - empty.peak) / 1e6 };
}

/** The plate: when its wells were there, counted from the page's own script; `everyWellMs` and `allMs` by the server. */
export async function plate(bench: Bench, data: string, wells: number): Promise<Plate> {
  return visiting(bench.server, sourceOf(bench, data), async (visit) => {
    const first = await plateCost(visit, bench, wells);
    bench.server.forget();
    await visit.page.reload({ waitUntil: "commit" });
    await untilQuiet(visit);
    return { first, again: await plateCost(visit, bench, wells) };
  });
}

export interface Plate {
  readonly first: Numbers;
  readonly again: Numbers;
}

async function plateCost(visit: Visit, bench: Bench, wells: number): Promise<Numbers> {
  const cost = await openingCost(visit, bench.landingBytes);
  const navigated = await visit.page.evaluate(() => performance.timeOrigin);
  const since = (time = Number.NaN): number => time - navigated - (cost["pageUpMs"] ?? 0);
  const chunks = bench.server.log.filter(({ path }) => /\/[A-Z]+\/\d+\/0\/\d+\/\d/.test(path));
  const firstOf = new Map<string, number>();
  for (const { path, answered = Number.NaN } of chunks) {
    const well = path.split("/").slice(2, 4).join("");
    firstOf.set(well, Math.min(firstOf.get(well) ?? Number.POSITIVE_INFINITY, answered));
  }
  const firstWellMs = (cost["firstMs"] ?? Number.NaN) - (cost["pageUpMs"] ?? 0);
  const everyWellMs = firstOf.size < wells ? Number.NaN : since(Math.max(...firstOf.values()));
  const allMs = (cost["lastMs"] ?? Number.NaN) - (cost["pageUpMs"] ?? 0);
  return { ...cost, firstWellMs, everyWellMs, allMs };
}

/** The large well: opened, zoomed and panned, the same with every chunk at hand, and what a frame of it takes. */
export async function well(bench: Bench): Promise<Well> {
  return visiting(bench.server, sourceOf(bench, "well"), async (visit) => {
    const opened = await openingCost(visit, bench.landingBytes);
    const box = await visit.page.getByRole("region", { name: "Viewer" }).boundingBox();
    if (!box) throw new Error("The viewer has no place");
    const moved = await handCost(visit, zoomAndPan);
    await showWhole(visit);
    const frameMs = await frameCost(visit, zoomAndPan);
    // A hand so slow that nothing is given up on the way: then everything is at hand.
    await showWhole(visit);
    await zoomAndPan(visit, () => untilShown(visit));
    await showWhole(visit);
    const cached = await handCost(visit, zoomAndPan);
    return { opened, moved, cached: { ...cached, frameMs }, box };
  });
}

export interface Well {
  readonly opened: Numbers;
  readonly moved: Numbers;
  readonly cached: Numbers;
  /** Where the viewer lies on the page. */
  readonly box: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

/** One bare layer of Viv in a canvas of the same place and size, with the whole of an image at its second level. */
function barePage({ server }: Bench, data: string, { box }: Pick<Well, "box">): string {
  const { x, y, width, height } = box;
  const query = new URLSearchParams({
    source: `${server.url}/${data}`,
    place: [x, y, width, height].join(),
  });
  return `${BARE}?${query}`;
}

/** What the opening of a page takes that has nothing but such a layer: no interface can be there sooner. */
export async function bareOpening(
  bench: Bench,
  data: string,
  place: Pick<Well, "box">,
): Promise<Numbers> {
  return visiting(bench.server, barePage(bench, data, place), (visit) =>
    openingCost(visit, bench.landingBytes),
  );
}

/** What a hand takes on such a page. */
export async function bare(bench: Bench, place: Pick<Well, "box">): Promise<Numbers> {
  return visiting(bench.server, barePage(bench, "well", place), async (visit) => {
    const again = (): Promise<void> => visit.page.evaluate(() => window.fitBare());
    const moved = await handCost(visit, zoomAndPan);
    await again();
    return { ...moved, frameMs: await frameCost(visit, zoomAndPan) };
  });
}

/** How long after the hand left them the server's held answers were given up: milliseconds of the last one. */
export async function aborts(bench: Bench): Promise<Numbers> {
  const { server } = bench;
  return visiting(server, sourceOf(bench, "well"), async (visit) => {
    server.hold((path) => /^\/well\/[01]\/\d/.test(path));
    try {
      await visit.page.mouse.move(560, 400);
      // Into the second level and then the first, whose chunks are as large as a field of view.
      for (let i = 0; i < 8; i++) {
        await visit.page.mouse.wheel(0, -200);
        await visit.page.waitForTimeout(200);
      }
      const held = server.log.filter(({ status }) => status === 0);
      const waiting = held.filter(({ cancelled }) => cancelled === undefined);
      await visit.page.getByRole("button", { name: "Fit image" }).click();
      await untilQuiet(visit);
      const { lastInput } = await seenBy(visit);
      const ends = waiting.flatMap(({ cancelled }) => cancelled ?? []);
      return {
        ...dataCost(visit),
        held: held.length,
        waiting: waiting.length,
        // Where nothing waited, nothing was shown.
        kept: waiting.length > 0 ? waiting.length - ends.length : Number.NaN,
        abortMs: ends.length > 0 ? Math.max(...ends) - lastInput : Number.NaN,
      };
    } finally {
      server.hold(undefined);
    }
  });
}

/**
 * Every chunk of a gigabyte at its finest level passes by, then it is closed, in a browser that nobody inspects: what that
 * takes above the empty landing page, and what of it the page can still reach, apart from what the browser keeps for later.
 */
export async function gigabyte(bench: Bench): Promise<Numbers> {
  const { server } = bench;
  const empty = await heldAlone(server, APP);
  const { peak, rest } = await heldAlone(server, sourceOf(bench, "gigabyte", WALK), CLOSED);
  const { height, width, chunk } = GIGABYTE;
  const chunks = (CHANNELS * height * width) / (chunk[0] * chunk[1]);
  const finest = server.log.filter(({ path }) => /^\/gigabyte\/0\/\d/.test(path));
  return {
    missedChunks: chunks - new Set(finest.map(({ path }) => path)).size,
    MB: server.log.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6,
    memoryMB: (peak - empty.peak) / 1e6,
    closedMB: (rest - empty.peak) / 1e6,
    keptMB: keptIn(server.log) / 1e6,
  };
}
