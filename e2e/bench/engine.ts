/** The engine under made-up costs: the run that ships, its steps timers, against the ways others write in parallel. */
import { Limiter } from "../../src/base/limiter.ts";
import { volumeOf } from "../../src/geometry/box.ts";
import type { Image } from "../../src/ome/multiscale.ts";
import type { Executor } from "../../src/tasks/executor.ts";
import { wavesOf } from "../../src/tasks/overlapping.ts";
import { planRun } from "../../src/tasks/plan.ts";
import { run } from "../../src/tasks/run.ts";
import { recipeFor } from "../../src/testing/label-runs.ts";
import { makeImage } from "../../src/testing/make-image.ts";
import { MemoryStore } from "../../src/zarr/memory-store.ts";
import type { Key, Options } from "../../src/zarr/store.ts";
import { type BenchCase, CASES, COSTS, computeTimes, WORKERS } from "./engine-cases.ts";
import { inWaves, pause, serial, type Work, withLocks } from "./other-ways.ts";
import { type Numbers, report } from "./report.ts";

const MEAN_MS = 30;
const OTHER_MEANS = [4, 120, 400];

/** Takes its time over chunks of the label, and counts them. */
class SlowStore extends MemoryStore {
  chunkWrites = 0;

  override async set(key: Key, bytes: Uint8Array<ArrayBuffer>, options: Options = {}) {
    if (/\/labels\/nuclei\/.*\/\d+$/.test(key)) {
      this.chunkWrites++;
      await pause(COSTS.write);
    }
    return super.set(key, bytes, options);
  }
}

/** So many workers, each computing a unit or encoding a chunk at a time; a file of one byte is all that is encoded. */
function timers(times: readonly number[]): Executor {
  const workers = new Limiter(WORKERS);
  return {
    size: WORKERS,
    compute: (unit) =>
      workers.run(async () => {
        await pause(COSTS.decode + (times[unit.index] ?? 0));
        return { kind: "label", labels: new Uint32Array(volumeOf(unit.box)).fill(1), count: 1 };
      }),
    encode: () =>
      workers.run(async () => {
        await pause(COSTS.encode);
        return Uint8Array.of(1);
      }),
  };
}

interface Measured {
  readonly work: Work;
  readonly ms: number;
  /** Of all levels. */
  readonly chunkWrites: number;
}

async function ours(given: BenchCase, mean: number): Promise<Measured> {
  const { shape, chunk, boxes } = given;
  const store = new SlowStore();
  const image: Image = await makeImage(store, {
    axes: ["y", "x"],
    shape,
    chunks: [Math.min(chunk, shape[0]), Math.min(chunk, shape[1])],
  });
  const recipe = recipeFor(boxes);
  const times = computeTimes(boxes.length, mean);
  const folder = new MemoryStore();
  const tools = { executor: timers(times), folder, bytes: 2 ** 31, onEvent: () => undefined };
  const begin = performance.now();
  await run(image, { recipe, replace: false, version: "bench" }, tools);
  const ms = performance.now() - begin;
  const plan = planRun(recipe, image);
  return { work: { given, plan, times }, ms, chunkWrites: store.chunkWrites };
}

/** Speeds relative to serial. */
async function compared(given: BenchCase, mean: number): Promise<Numbers> {
  const { work, ms, chunkWrites } = await ours(given, mean);
  // Timers alone, so that they do not disturb each other.
  const [one, waves, locks] = await Promise.all([serial(work), inWaves(work), withLocks(work)]);
  const chunks = work.plan.writes.reduce((a, b) => a + b, 0);
  return {
    serial: 1,
    waves: one / waves,
    locks: one / locks,
    fovea: one / ms,
    /** Of the fastest of the others. */
    ofBest: Math.min(one, waves, locks) / ms,
    waveCount: wavesOf(work.plan.units).length,
    chunks,
    chunkWrites,
  };
}

export async function benchEngine(): Promise<void> {
  const rows = new Map<string, Numbers>();
  for (const [name, given] of Object.entries(CASES)) rows.set(name, await compared(given, MEAN_MS));
  const byCompute: Record<string, Numbers> = {};
  for (const mean of OTHER_MEANS) {
    byCompute[mean] = await compared(CASES.lowResolutionFovs, mean);
    rows.set(`lowResolutionFovs, ${mean} ms`, byCompute[mean]);
  }
  const { work, ms } = await ours(CASES.organoids, 400);
  const overhead = ms / (work.times.reduce((a, b) => a + b, 0) / WORKERS);
  const cases = Object.fromEntries([...rows].slice(0, Object.keys(CASES).length));
  report(rows, { ...cases, byCompute, overhead });
}
