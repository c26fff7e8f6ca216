/** How labels are written without an accumulator: each field reads the chunks it touches, and writes them again. */
import { lengthsOf } from "../../src/geometry/box.ts";
import { createLabel } from "../../src/ome/create-label.ts";
import type { Image } from "../../src/ome/multiscale.ts";
import { registerLabel } from "../../src/ome/register-label.ts";
import type { Executor } from "../../src/tasks/executor.ts";
import { chunkId, type Unit } from "../../src/tasks/plan.ts";
import type { ZarrArray } from "../../src/zarr/array.ts";
import { placeOf } from "../../src/zarr/chunk-grid.ts";
import { chunkKey } from "../../src/zarr/chunk-key.ts";
import { decodeChunk } from "../../src/zarr/decode.ts";
import { encodeChunk } from "../../src/zarr/encode.ts";
import { mergePatch } from "../../src/zarr/patch.ts";
import { filled, sizeOf } from "../../src/zarr/pixels.ts";
import { keyOf, writable } from "../../src/zarr/store.ts";

/** One field after the other. */
export async function oneAfterTheOther(
  image: Image,
  units: readonly Unit[],
  executor: Executor,
): Promise<void> {
  await labelled(image, async (array) => {
    for (const unit of units) await rewrite(array, unit, executor);
  });
}

/** Fields that share no chunk side by side, wave after wave, as ngio's parallel maps do it. */
export async function inWaves(
  image: Image,
  units: readonly Unit[],
  executor: Executor,
): Promise<void> {
  await labelled(image, async (array) => {
    for (const wave of wavesOf(units)) {
      const waiting = wave.values();
      const work = async (): Promise<void> => {
        for (const unit of waiting) await rewrite(array, unit, executor);
      };
      await Promise.all(Array.from({ length: executor.size }, work));
    }
  });
}

async function labelled(image: Image, fill: (array: ZarrArray) => Promise<void>): Promise<void> {
  const [level] = image.levels;
  const label = await createLabel(image, { name: "nuclei", level, dtype: "uint32" });
  await fill(label.levels[0].array);
  await registerLabel(image, "nuclei");
}

/** Greedy colouring: each unit goes into the first wave in which no other touches its chunks. */
function wavesOf(units: readonly Unit[]): Unit[][] {
  const waves: { readonly units: Unit[]; readonly chunks: Set<string> }[] = [];
  for (const unit of units) {
    const ids = unit.chunks.map(chunkId);
    let wave = waves.find(({ chunks }) => !ids.some((id) => chunks.has(id)));
    if (!wave) {
      wave = { units: [], chunks: new Set() };
      waves.push(wave);
    }
    wave.units.push(unit);
    for (const id of ids) wave.chunks.add(id);
  }
  return waves.map(({ units: together }) => together);
}

/** For images of y and x. */
async function rewrite(array: ZarrArray, unit: Unit, executor: Executor): Promise<void> {
  const { labels } = await executor.compute(unit, {});
  const patch = { min: unit.box.min.slice(1), shape: lengthsOf(unit.box).slice(1), data: labels };
  for (const [, ...coords] of unit.chunks) {
    const key = keyOf(array.path, chunkKey(array, coords));
    const bytes = await array.store.get(key);
    const pixels = bytes
      ? (await decodeChunk(array, bytes)).data
      : filled(array, sizeOf(array.chunks));
    mergePatch(pixels, placeOf(array, coords), patch, "overwrite");
    await writable(array.store).set(key, await encodeChunk(array, pixels));
  }
}
