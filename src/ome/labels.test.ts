/** Opening labels: one that is not there, and what is told of one that does not look as it is stored. */
import { beforeEach, expect, test } from "vitest";
import { makeImage } from "../testing/make-image.ts";
import { addLabel } from "../testing/write-pixels.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { openLabel } from "./labels.ts";
import type { Image } from "./multiscale.ts";

const axes = ["y", "x"] as const;
const shape = [8, 8];

let image: Image;
beforeEach(async () => {
  const store = new MemoryStore();
  image = await makeImage(store, { axes, shape, chunks: shape, scale: [0.5, 0.5] });
});

const add = (name: string, dtype: "uint8" | "float32" = "uint8", side = 0.5) =>
  addLabel(image, {
    name,
    axes,
    shape,
    scale: [side, side],
    dtype,
    data: dtype === "uint8" ? new Uint8Array(64) : new Float32Array(64),
  });

/** As another program would store it. */
async function moveTo(name: string, translation: readonly number[]): Promise<void> {
  const key = `labels/${name}/.zattrs`;
  const store = image.store as MemoryStore;
  const { multiscales, ...others } = JSON.parse(
    new TextDecoder().decode(await store.get(`/${key}`)),
  );
  multiscales[0].datasets[0].coordinateTransformations.push({ type: "translation", translation });
  const text = JSON.stringify({ ...others, multiscales });
  await store.set(`/${key}`, new TextEncoder().encode(text));
}

test("a label that is listed and not there is told by its name", async () => {
  await expect(openLabel(image, "nuclei")).rejects.toMatchObject({
    tag: "missing",
    message: 'The image lists the label "nuclei", but there is none at "labels/nuclei"',
  });
});

test("of ids with a point it is told that fractions are cut off", async () => {
  await add("whole");
  await add("fractions", "float32");
  expect((await openLabel(image, "whole")).problems).toEqual([]);
  expect((await openLabel(image, "fractions")).problems).toEqual([
    'The label "fractions" is stored as float32, and ids are whole numbers: fractions are cut off where it is drawn',
  ]);
});

test("of one with a translation of its own it is told that this is left out", async () => {
  await add("moved");
  await moveTo("moved", [0, 1.5]);
  const [problem] = (await openLabel(image, "moved")).problems;
  expect(problem).toMatch(
    /^The label "moved" has a translation of its own, 1.5 in x from its image/,
  );
});

test("a translation to the middle of the first voxel is none", async () => {
  await add("coarse", "uint8", 1);
  await moveTo("coarse", [0.25, 0.25]);
  expect((await openLabel(image, "coarse")).problems).toEqual([]);
});
