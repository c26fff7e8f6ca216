/** A preview's worker gives what a run would, without opening anything twice. */
import { afterEach, expect, it } from "vitest";
import { correctionRecipe, fieldsImage } from "../testing/fields-image.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { openStore } from "../zarr/open-store.ts";
import { computeTask } from "./compute.ts";
import type { ChannelProfiles } from "./fields.ts";
import { planRun } from "./plan.ts";
import { prepare } from "./prepare.ts";
import { startTrials } from "./trial.ts";

const FOLDER = "trial-test";

afterEach(async () => {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(FOLDER, { recursive: true });
});

const estimated = (background: number): readonly ChannelProfiles[] =>
  ["A01_C01", "A02_C02"].map((identifier) => ({
    channel: { mode: "wavelength_id", identifier },
    flat: { kind: "estimated" },
    background,
  }));

it("gives what this thread computes, and looks at nothing twice", async () => {
  const root = await navigator.storage.getDirectory();
  const handle = await root.getDirectoryHandle(FOLDER, { create: true });
  const spec = { kind: "directory", handle } as const;
  const store = openStore(spec);
  const image = await fieldsImage(store);
  const recipe = correctionRecipe({ profiles: estimated(0) });
  const { units } = planRun(recipe, image);
  const [, unit] = units;
  if (!unit) throw new Error("There is no unit");
  const { inputs, taskOf } = await prepare(image, recipe);
  const here = await computeTask(new ChunkReader(), inputs, taskOf(unit));
  const trials = startTrials();
  const trial = { store: spec, path: image.path, recipe, profiles: new Map() };
  try {
    expect(await trials.executorFor(trial).compute(unit, {})).toEqual(here);
    const other = { ...trial, recipe: correctionRecipe({ profiles: estimated(30) }) };
    const before = await trials.executorFor(other).compute(unit, {});
    expect(before).not.toEqual(here);
    // Everything is remembered: what was seen, and what was estimated.
    await store.delete("/B/03/0");
    expect(await trials.executorFor(trial).compute(unit, {})).toEqual(here);
    expect(await trials.executorFor(other).compute(unit, {})).toEqual(before);
  } finally {
    trials.close();
  }
});
