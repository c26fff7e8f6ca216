/** The engine against doing one ROI after the other, in random cases; and a naive one that the same check must fail. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Image } from "../ome/multiscale.ts";
import {
  caseExecutor,
  caseImage,
  caseMakes,
  caseRecipe,
  caseResult,
  type EngineCase,
  engineCases,
  unitsOfCase,
} from "../testing/engine-cases.ts";
import { CHUNK, expectLevels, expectOutput } from "../testing/engine-output.ts";
import { sequentially } from "../testing/engine-plainly.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { placeOf } from "../zarr/chunk-grid.ts";
import { chunkKey } from "../zarr/chunk-key.ts";
import { decodeChunk } from "../zarr/decode.ts";
import { encodeChunk } from "../zarr/encode.ts";
import { mergePatch, type Patch } from "../zarr/patch.ts";
import { filled, sizeOf } from "../zarr/pixels.ts";
import { keyOf, writable } from "../zarr/store.ts";
import { OrderedCommit } from "./commit.ts";
import type { Executor } from "./executor.ts";
import { makeOutput } from "./output.ts";
import { planRun, type Unit } from "./plan.ts";
import { type RunJob, run } from "./run.ts";

type Engine = (image: Image, job: RunJob, given: EngineCase, executor: Executor) => Promise<void>;

/** Runs a case with an engine and checks the voxels that it left. */
async function check(
  engine: Engine,
  given: EngineCase,
): Promise<{ readonly image: Image; readonly store: WatchedStore }> {
  const store = new WatchedStore();
  const image = await caseImage(store, given);
  store.before = async () => {
    for (let i = given.storeTurns; i > 0; i--) await undefined;
  };
  store.operations.length = 0;
  const job = { recipe: caseRecipe(given), makes: caseMakes(given), replace: false, version: "1" };
  await engine(image, job, given, caseExecutor(given));
  await expectLevels(image, given, expectedOf(given));
  return { image, store };
}

const expectedOf = (given: EngineCase) =>
  sequentially(given, [unitsOfCase(given).filter((index) => !given.failing.includes(index))]);

it("equals one ROI after the other and stores each chunk once, in every random case", async () => {
  let spills = 0;
  const ours: Engine = async (image, job, given, executor) => {
    const folder = new WatchedStore();
    const { bytes } = given;
    const summary = await run(image, job, { executor, folder, bytes, onEvent: () => undefined });
    expect(summary.mostWrites).toBeLessThanOrEqual(1);
    expect(summary.repeats).toBe(0);
    expect(await folder.list("/spill")).toEqual([]);
    spills += summary.spills;
  };
  await fc.assert(
    fc.asyncProperty(engineCases, async (given) => {
      const { image, store } = await check(ours, given);
      await expectOutput(image, given, expectedOf(given));
      const chunks = store.sets.filter((key) => CHUNK.test(key));
      expect(new Set(chunks).size).toBe(chunks.length);
      expect(store.collisions).toEqual([]);
    }),
    { numRuns: 1000 },
  );
  expect(spills).toBeGreaterThan(1000);
}, 60_000);

/** Merges each result into its chunks as it comes, by reading and writing them; ids are the same ones. */
const naive: Engine = async (image, { recipe }, given, executor) => {
  const makes = caseMakes(given);
  const group = {
    list: "labels",
    name: "made",
    path: "well/0/labels/made",
    before: "nothing",
  } as const;
  const output = await makeOutput(image, image.levels[0], makes, [group], "naive", {});
  if (!output) return;
  const { array } = output.levels[0];
  const write = async (unit: Unit, patch: Patch | undefined): Promise<void> => {
    await executor.compute(unit, {});
    for (const coords of unit.chunks) {
      const key = keyOf(array.path, chunkKey(array, coords));
      const bytes = await array.store.get(key);
      const pixels = bytes
        ? (await decodeChunk(array, bytes)).data
        : filled(array, sizeOf(array.chunks));
      if (patch) mergePatch(pixels, placeOf(array, coords), patch, given.merge);
      await writable(array.store).set(key, await encodeChunk(array, pixels));
    }
  };
  const { axes } = output;
  const numbering = new OrderedCommit({ axes, ids: given.ids, sink: undefined, objects: 0 });
  const { units } = planRun(recipe, image, makes);
  const patches = units.map(
    (unit) => numbering.number(unit, caseResult(given, unit.index, unit.box)).patch,
  );
  await Promise.all(units.map((unit, i) => write(unit, patches[i])));
};

it("is checked by what an engine that writes results as they come does not pass", async () => {
  const apart = engineCases
    // Of one level alone, as the naive one makes no other.
    .filter(
      ({ kind, shape, boxes, finer }) =>
        kind === "label" && !finer && shape[2] < 100 && boxes.length > 3,
    )
    .map((given): EngineCase => ({ ...given, failing: [] }));
  const failure = await fc.check(
    fc.asyncProperty(apart, async (given) => {
      await check(naive, given);
    }),
    { numRuns: 50, endOnFailure: true },
  );
  expect(String(failure.errorInstance)).toContain("level 0: expected");
});
