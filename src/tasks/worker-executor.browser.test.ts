/** What workers decode in a real run: a chunk that ROIs share once each, as long as it fits what they may keep. */
import { expect, test } from "vitest";
import { pixelBox } from "../geometry/box.ts";
import type { Image } from "../ome/multiscale.ts";
import type { CountingWorker, Decodes } from "../testing/counting-compute.worker.ts";
import { recipeFor } from "../testing/label-runs.ts";
import { makeImage } from "../testing/make-image.ts";
import { privateFolderPerTest } from "../testing/private-folder.ts";
import { ChunkAccumulator } from "../zarr/chunk-accumulator.ts";
import { openStore } from "../zarr/open-store.ts";
import { prepare } from "./prepare.ts";
import { run } from "./run.ts";
import { startWorkers } from "./worker-executor.ts";

const folder = privateFolderPerTest();
const SIDE = 400;
const CHUNK = 64;
const PER_ROW = Math.ceil(SIDE / CHUNK);
const CHUNKS = PER_ROW ** 2;
const FIELD = 50;
const WORKERS = 3;

/** Row by row: each shares chunks with its neighbours on all sides. */
const fields = Array.from({ length: (SIDE / FIELD) ** 2 }, (_, i) => {
  const perRow = SIDE / FIELD;
  const [y, x] = [FIELD * Math.floor(i / perRow), FIELD * (i % perRow)];
  return pixelBox([0, y, x], [1, y + FIELD, x + FIELD]);
});

async function noiseImage(): Promise<Image> {
  const image = await makeImage(openStore({ kind: "directory", handle: folder() }), {
    axes: ["y", "x"],
    shape: [SIDE, SIDE],
    chunks: [CHUNK, CHUNK],
  });
  const writer = new ChunkAccumulator({
    array: image.levels[0].array,
    touches: () => 1,
    merge: "overwrite",
    existing: "fill",
  });
  const data = Uint16Array.from(
    { length: SIDE * SIDE },
    (_, i) => Math.imul(i + 1, 2654435761) >>> 20,
  );
  await writer.put({ min: [0, 0], shape: [SIDE, SIDE], data });
  await writer.finish();
  return image;
}

/** Segments all fields and says how often each worker decoded each chunk. */
async function decodesWith(cacheBytes: number): Promise<Decodes[]> {
  const image = await noiseImage();
  const recipe = recipeFor(fields);
  const options: CountingWorker = { channel: crypto.randomUUID(), cacheBytes };
  let spawned = 0;
  const workers = startWorkers(WORKERS, () => {
    spawned++;
    return new Worker(new URL("../testing/counting-compute.worker.ts", import.meta.url), {
      type: "module",
      name: JSON.stringify(options),
    });
  });
  const channel = new BroadcastChannel(options.channel);
  try {
    const executor = workers.executorFor(await prepare(image, recipe));
    const tools = { executor, onEvent: () => undefined };
    const { rois } = await run(image, { recipe, replace: false, version: "1" }, tools);
    expect(rois.filter(({ kind }) => kind === "done")).toHaveLength(fields.length);
    const reports: Decodes[] = [];
    await new Promise<void>((resolve) => {
      channel.onmessage = ({ data }: MessageEvent<Decodes>) => {
        if (reports.push(data) === spawned) resolve();
      };
      channel.postMessage("report");
    });
    return reports;
  } finally {
    channel.close();
    workers.close();
  }
}

const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);

test("each chunk is decoded at most once per worker, which keeps three rows of chunks", async () => {
  // From one row of fields to the next, a worker sees no more chunks than lie in two rows.
  const reports = await decodesWith(3 * PER_ROW * CHUNK * CHUNK * 2);
  expect(reports).toHaveLength(WORKERS);
  for (const counts of reports) expect(counts.every((count) => count === 1)).toBe(true);
  expect(sum(reports.flat())).toBeGreaterThanOrEqual(CHUNKS);
  expect(sum(reports.flat())).toBeLessThanOrEqual(CHUNKS * WORKERS);
});

test("what a worker keeps is bounded: without room, shared chunks are decoded again", async () => {
  const reports = await decodesWith(0);
  expect(sum(reports.flat())).toBe(sum(fields.map(chunksOf)));
});

/** How many chunks a field lies in. */
function chunksOf({ min, max }: (typeof fields)[number]): number {
  const along = (axis: 1 | 2) => Math.ceil(max[axis] / CHUNK) - Math.floor(min[axis] / CHUNK);
  return along(1) * along(2);
}
