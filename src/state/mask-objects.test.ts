/** The objects of the label that masks: found, found again once the label is written, and why not. */
import { expect, it } from "vitest";
import { createLabel, labelLevels } from "../ome/create-label.ts";
import { openImage } from "../ome/open-image.ts";
import { makeImage } from "../testing/make-image.ts";
import { testServices } from "../testing/services.ts";
import { ChunkAccumulator } from "../zarr/chunk-accumulator.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { createMaskObjects, keepObjects, type MaskObjects } from "./mask-objects.ts";

it("are found, found again when the label is written, and gone with the one who asked", async () => {
  const disk = new MemoryStore();
  const image = await makeImage(disk, { axes: ["y", "x"], shape: [8, 8], chunks: [8, 8] });
  const levels = labelLevels(image.axes, image.levels[0]);
  const { array } = (await createLabel(image, { name: "cells", levels, dtype: "uint32" }))
    .levels[0];
  const write = async (...ids: readonly number[]): Promise<void> => {
    const spec = { array, touches: () => 1, merge: "overwrite", existing: "fill" } as const;
    const writer = new ChunkAccumulator(spec);
    await writer.put({ min: [0, 0], shape: [1, ids.length], data: Uint32Array.from(ids) });
    await writer.finish();
  };
  const store = createMaskObjects();
  const settled = (): Promise<MaskObjects> =>
    new Promise((resolve) => {
      const stop = store.subscribe((state) => {
        if (state.kind === "finding") return;
        stop();
        resolve(state);
      });
    });
  const place = {
    image: await openImage(disk, image.path),
    level: image.levels[0],
    t: 0,
    label: "cells",
    reader: new ChunkReader(),
    fold: testServices().foldLabels,
  };

  await write(5);
  const first = settled();
  const done = keepObjects(store, place);
  expect(await first).toMatchObject({ kind: "found", rois: [{ name: "5" }] });

  await write(5, 8);
  const second = settled();
  place.reader.invalidate(array);
  expect(await second).toMatchObject({ kind: "found", rois: [{ name: "5" }, { name: "8" }] });

  done();
  expect(store.getState()).toEqual({ kind: "none" });
  const third = settled();
  place.reader.invalidate(array);
  keepObjects(store, { ...place, label: "gone" });
  const failed = await third;
  expect(failed.kind === "failed" && failed.sentence).toMatch(/gone/);
});
