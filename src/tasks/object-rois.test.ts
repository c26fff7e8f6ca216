/** The objects of a label as ROIs, whatever chunks, planes and time points it has. */
import { expect, it } from "vitest";
import { worldBox } from "../geometry/box.ts";
import { createLabel, labelLevels } from "../ome/create-label.ts";
import type { AxisName, Image } from "../ome/multiscale.ts";
import { makeImage } from "../testing/make-image.ts";
import { ChunkAccumulator } from "../zarr/chunk-accumulator.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { objectRois } from "./object-rois.ts";

const store = () => new MemoryStore();

/** A label of the image's axes but c in chunks of 2, with one voxel of the given id at each place. */
async function writeLabel(
  image: Image,
  voxels: readonly (readonly [id: number, at: readonly number[]])[],
): Promise<void> {
  const [level] = image.levels;
  const levels = labelLevels(image.axes, level);
  const { array } = (await createLabel(image, { name: "cells", levels, dtype: "uint32" }))
    .levels[0];
  const touches = (coords: readonly number[]) =>
    voxels.filter(([, at]) =>
      at.every((v, axis) => Math.floor(v / (array.chunks[axis] ?? 1)) === coords[axis]),
    ).length;
  const spec = { array, touches, merge: "overwrite", existing: "fill" } as const;
  const writer = new ChunkAccumulator(spec);
  for (const [id, at] of voxels)
    await writer.put({ min: at, shape: at.map(() => 1), data: Uint32Array.of(id) });
  await writer.finish();
}

async function imageOf(axes: readonly AxisName[], shape: readonly number[]): Promise<Image> {
  const scale = axes.map((name) => ({ t: 60, c: 1, z: 2, y: 0.5, x: 0.5 })[name]);
  return makeImage(store(), { axes, shape, chunks: shape.map(() => 2), scale });
}

it("have the boxes of their voxels over all chunks of the time point, by growing label", async () => {
  const image = await imageOf(["t", "z", "y", "x"], [2, 3, 8, 8]);
  await writeLabel(image, [
    [7, [1, 0, 1, 6]],
    [7, [1, 2, 5, 3]],
    [3, [1, 1, 0, 0]],
    [9, [0, 0, 0, 0]],
  ]);
  const rois = await objectRois(image, image.levels[0], "cells", 1, new ChunkReader());
  expect(rois).toEqual([
    { id: 0, name: "3", label: 3, box: worldBox([2, 0, 0], [4, 0.5, 0.5]) },
    { id: 1, name: "7", label: 7, box: worldBox([0, 0.5, 1.5], [6, 3, 3.5]) },
  ]);
});

it("hold all planes of the image where the label has one", async () => {
  const flat = await imageOf(["y", "x"], [4, 4]);
  await writeLabel(flat, [[1, [1, 2]]]);
  const image = await makeImage(store(), {
    axes: ["z", "y", "x"],
    shape: [5, 4, 4],
    chunks: [1, 4, 4],
    scale: [2, 0.5, 0.5],
  });
  const rois = await objectRois(
    { ...image, store: flat.store },
    image.levels[0],
    "cells",
    0,
    new ChunkReader(),
  );
  expect(rois.map(({ box }) => box)).toEqual([worldBox([0, 0.5, 1], [10, 1, 1.5])]);
});
