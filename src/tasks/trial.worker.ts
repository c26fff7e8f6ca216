/** Looks up and computes units away from the page, one after the other. */
import { ByteLru } from "../base/byte-lru.ts";
import { serve } from "../base/worker-serve.ts";
import type { Image } from "../ome/multiscale.ts";
import { openImage } from "../ome/open-image.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { openStore } from "../zarr/open-store.ts";
import type { Options } from "../zarr/store.ts";
import { computeTask } from "./compute.ts";
import { type Prepared, prepare } from "./prepare.ts";
import type { Profile } from "./profiles.ts";
import type { Trial, TrialRequest } from "./trial.ts";
import { buffersOf, type UnitResult } from "./unit-result.ts";

/** The chunks of a few fields of view in all their channels, and what was estimated from them. */
const source = new ChunkReader({ cacheBytes: 2 ** 28 });
const estimates = new ByteLru<string, Profile>(2 ** 28);
const images = new Map<string, Image>();
let last: { readonly asked: string; readonly prepared: Prepared } | undefined;

async function preparedFor(trial: Trial, options: Options): Promise<Prepared> {
  const { path, recipe, profiles } = trial;
  // Picked files are told apart by their names and sizes.
  const picked = Array.from(profiles, ([name, { width, height }]) => [name, width, height]);
  const asked = JSON.stringify([path, recipe, picked]);
  if (last?.asked === asked) return last.prepared;
  const image = images.get(path) ?? (await openImage(openStore(trial.store), path, options));
  images.set(path, image);
  const prepared = await prepare(image, recipe, { profiles, source, estimates }, options);
  last = { asked, prepared };
  return prepared;
}

serve<TrialRequest, UnitResult>(async ({ trial, unit }, options) => {
  const { inputs, taskOf } = await preparedFor(trial, options);
  const value = await computeTask(source, inputs, taskOf(unit), options);
  return { value, transfer: buffersOf(value) };
});
