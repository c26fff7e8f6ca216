/** Labelling fields of view that share chunks: our engine against one after the other, and against waves. */
import { pixelBox } from "../../src/geometry/box.ts";
import { openLabel } from "../../src/ome/labels.ts";
import type { Image } from "../../src/ome/multiscale.ts";
import { openImage } from "../../src/ome/open-image.ts";
import type { Executor } from "../../src/tasks/executor.ts";
import { planRun, type Unit } from "../../src/tasks/plan.ts";
import { run } from "../../src/tasks/run.ts";
import { madeUpExecutor, recipeFor } from "../../src/testing/label-runs.ts";
import { makeImage } from "../../src/testing/make-image.ts";
import { readWhole } from "../../src/zarr/read-whole.ts";
import { type Numbers, report } from "./report.ts";
import { inWaves, oneAfterTheOther } from "./rewriting.ts";
import { pause, SlowStore } from "./slow-store.ts";

/** 64 fields, of which so many lie in one chunk. */
const SIDE = 256;
const FIELD = 32;
const SHARING = [1, 4, 16, 64];

const WORKERS = 4;
/** What a field takes to compute, give or take half of it, and a file to be read or written. */
const COMPUTE_MS = 30;
const STORE_MS = 20;

const starts = Array.from({ length: SIDE / FIELD }, (_, i) => i * FIELD);
const fields = starts.flatMap((y) =>
  starts.map((x) => pixelBox([0, y, x], [1, y + FIELD, x + FIELD])),
);
const recipe = recipeFor(fields);

type Way = (image: Image, units: readonly Unit[], executor: Executor) => Promise<unknown>;

const ours: Way = (image, _units, executor) =>
  run(image, { recipe, replace: false, version: "bench" }, { executor, onEvent: () => undefined });

export async function benchRun(): Promise<void> {
  const rows = new Map<string, Numbers>();
  let last: Numbers = {};
  for (const fovsPerChunk of SHARING) {
    const made = await measured(ours, fovsPerChunk);
    const sequential = await measured(oneAfterTheOther, fovsPerChunk);
    const waves = await measured(inWaves, fovsPerChunk);
    if (made.foreground !== sequential.foreground || made.foreground !== waves.foreground)
      throw new Error("The ways of labelling do not find the same voxels");
    last = {
      fovsPerChunk,
      ms: made.ms,
      sequentialMs: sequential.ms,
      wavesMs: waves.ms,
      sequentialRatio: sequential.ms / made.ms,
      wavesRatio: waves.ms / made.ms,
      chunkWrites: made.chunkWrites,
      sequentialChunkWrites: sequential.chunkWrites,
      wavesChunkWrites: waves.chunkWrites,
    };
    const { fovsPerChunk: _name, ...row } = last;
    rows.set(`${fovsPerChunk} FOVs per chunk`, row);
  }
  report(rows, last);
}

async function measured(way: Way, fovsPerChunk: number) {
  const store = new SlowStore(STORE_MS);
  const chunk = FIELD * Math.sqrt(fovsPerChunk);
  const shape = { axes: ["y", "x"], shape: [SIDE, SIDE], chunks: [chunk, chunk] } as const;
  const image = await makeImage(store, shape);
  const begin = performance.now();
  await way(image, planRun(recipe, image).units, slowExecutor());
  const ms = performance.now() - begin;
  const { chunkWrites } = store;
  const label = await openLabel(await openImage(store, ""), "nuclei");
  const { data } = await readWhole(label.levels[0].array, {});
  const foreground = Array.from(data, Number)
    .map((id) => (id > 0 ? 1 : 0))
    .join("");
  return { ms, chunkWrites, foreground };
}

/** Made-up results after a time that differs from field to field. */
function slowExecutor(): Executor {
  const { compute } = madeUpExecutor(WORKERS);
  return {
    size: WORKERS,
    compute: async (unit, options) => {
      await pause(COMPUTE_MS * (0.5 + ((unit.index * 7) % 11) / 10));
      return compute(unit, options);
    },
  };
}
