/** Parts of an image as images of their own, pixel by pixel: as OME-Zarr, and as OME-TIFF read by another library. */
import fc from "fast-check";
import { decode } from "tiff";
import { expect, test } from "vitest";
import { listAt, objectAt } from "../base/json.ts";
import { pixelBox } from "../geometry/box.ts";
import { makeImage } from "../testing/make-image.ts";
import type { NumberType } from "../zarr/array.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { decodeChunk } from "../zarr/decode.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { readNode } from "../zarr/node.ts";
import { filled, sizeOf } from "../zarr/pixels.ts";
import { readRegion } from "../zarr/region.ts";
import { type Crop, copyCrop, rangeOf, writeInto } from "./crop.ts";
import type { Image } from "./multiscale.ts";
import { omeTiff } from "./ome-tiff.ts";
import { openImage } from "./open-image.ts";
import { newPyramidWriter } from "./pyramid-writer.ts";

const reader = () => new ChunkReader({ decode: decodeChunk, cacheBytes: 2 ** 24 });
const still = () => ({ signal: new AbortController().signal, onProgress: () => undefined });

/** t 2, c 2, z 3, y 40, x 50, every pixel unlike its neighbours. */
async function image(dtype: NumberType = "uint16", format: 2 | 3 = 2): Promise<Image> {
  const made = await makeImage(new MemoryStore(), {
    axes: ["t", "c", "z", "y", "x"],
    shape: [2, 2, 3, 40, 50],
    chunks: [1, 1, 1, 16, 16],
    scale: [1, 1, 2, 0.5, 0.25],
    dtype,
    format,
  });
  const { array } = made.levels[0];
  const data = filled(array, sizeOf(array.shape));
  for (let i = 0; i < data.length; i++)
    data[i] = typeof data[i] === "bigint" ? BigInt(i) : (i * 7919) % 251;
  const writer = newPyramidWriter(made);
  await writer.put({ min: [0, 0, 0, 0, 0], shape: array.shape, data });
  await writer.finish();
  return made;
}

async function pixelsOf(crop: Crop) {
  const { min, max } = rangeOf(crop);
  return readRegion(reader(), crop.level.array, min, max);
}

async function tiffOf(crop: Crop): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of omeTiff(reader(), crop, { name: "ROI <1> µ", ...still() }))
    parts.push(part);
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

const boxes = fc
  .tuple(fc.nat(2), fc.nat(39), fc.nat(49), fc.nat(2), fc.nat(39), fc.nat(49))
  .map(([z, y, x, depth, height, width]) =>
    pixelBox(
      [z, y, x],
      [Math.min(3, z + 1 + depth), Math.min(40, y + 1 + height), Math.min(50, x + 1 + width)],
    ),
  );

test("an OME-Zarr crop holds the pixels of its box, at every offset from the chunks", async () => {
  const from = await image("uint16", 3);
  const [level] = from.levels;
  await fc.assert(
    fc.asyncProperty(boxes, async (box) => {
      const crop = { image: from, level, box };
      const store = new MemoryStore();
      const about = { name: "FOV_1", attributes: { fovea: { roi: "FOV_1" } } };
      await copyCrop(reader(), crop, writeInto(store), { ...about, ...still() });
      const copy = await openImage(store, "");
      expect(copy.levels[0].scale).toEqual(level.scale);
      const { shape } = copy.levels[0].array;
      const whole = shape.map(() => 0);
      const copied = await readRegion(reader(), copy.levels[0].array, whole, shape);
      expect(copied).toEqual(await pixelsOf(crop));
      expect(copy.channels.map(({ label }) => label)).toEqual(["channel 0", "channel 1"]);
      // Such as says nothing of the pixels, and without which ngio opens no image.
      const stored = await readNode(store, "", { format: copy.zarrFormat });
      const ome = objectAt(stored?.attributes, "ome") ?? stored?.attributes;
      const channels = listAt(objectAt(ome, "omero"), "channels");
      const window = { min: 0, max: 65535, start: 0, end: 65535 };
      expect(channels.map((one) => objectAt(one, "window"))).toEqual([window, window]);
      expect(copy.channels.map(({ window }) => window)).toEqual([undefined, undefined]);
      expect(copy.problems).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test("a large crop has a pyramid, down to what fits a screen", async () => {
  const large = await makeImage(new MemoryStore(), {
    axes: ["y", "x"],
    shape: [40, 3000],
    chunks: [16, 256],
    scale: [0.5, 0.25],
  });
  const [level] = large.levels;
  const crop = { image: large, level, box: pixelBox([0, 3, 1], [1, 40, 2100]) };
  const store = new MemoryStore();
  const about = { name: "strip", attributes: {} };
  await copyCrop(reader(), crop, writeInto(store), { ...about, ...still() });
  const copy = await openImage(store, "");
  expect(copy.levels.map(({ array }) => array.shape)).toEqual([
    [37, 2099],
    [18, 1049],
    [9, 524],
    [4, 262],
  ]);
  expect(copy.levels.map(({ scale }) => scale)).toEqual([
    [0.5, 0.25],
    [1, 0.5],
    [2, 1],
    [4, 2],
  ]);
});

test.each(["uint8", "uint16", "int16", "float32", "float64"] as const)(
  "a TIFF of %s is read back page by page by another library",
  async (dtype) => {
    const from = await image(dtype);
    const crop = { image: from, level: from.levels[0], box: pixelBox([1, 5, 7], [3, 29, 40]) };
    const pages = decode(await tiffOf(crop));
    expect(pages).toHaveLength(8);
    expect(pages.map(({ width, height }) => [width, height])).toEqual(pages.map(() => [33, 24]));
    const read = pages.flatMap(({ data }) => [...data]);
    expect(read).toEqual([...(await pixelsOf(crop))].map(Number));
  },
);

test("a TIFF says what its pages are", async () => {
  const from = await image();
  const box = pixelBox([0, 0, 0], [1, 2, 3]);
  const axes = from.axes.map((axis) => ({
    ...axis,
    unit: axis.name === "x" ? "nanometer" : axis.name === "y" ? "micrometer" : undefined,
  }));
  const bytes = await tiffOf({ image: { ...from, axes }, level: from.levels[0], box });
  const xml = new TextDecoder("ascii").decode(bytes).match(/<\?xml.*<\/OME>/)?.[0] ?? "";
  expect(xml).toContain('Name="ROI &#60;1&#62; &#181;"');
  expect(xml).toContain('SizeX="3" SizeY="2" SizeZ="1" SizeC="2" SizeT="2"');
  expect(xml).toContain('PhysicalSizeX="0.00025" PhysicalSizeXUnit="&#181;m"');
  expect(xml).toContain('PhysicalSizeY="0.5"');
  expect(xml).not.toContain("PhysicalSizeZ");
  expect(xml).toContain('<Channel ID="Channel:0:1" Name="channel 1"');
});

test("what no TIFF can hold is refused before anything is read", async () => {
  const ids = await image("uint64");
  const box = pixelBox([0, 0, 0], [1, 2, 3]);
  await expect(tiffOf({ image: ids, level: ids.levels[0], box })).rejects.toThrow(/no uint64/);
  const huge = await makeImage(new MemoryStore(), {
    axes: ["y", "x"],
    shape: [2 ** 16, 2 ** 15],
    chunks: [512, 512],
  });
  const all = pixelBox([0, 0, 0], [1, 2 ** 16, 2 ** 15]);
  await expect(tiffOf({ image: huge, level: huge.levels[0], box: all })).rejects.toThrow(
    /4\.0 GiB/,
  );
});

test("a stopped copy rejects, and so does a stopped TIFF", async () => {
  const from = await image();
  const crop = { image: from, level: from.levels[0], box: pixelBox([0, 0, 0], [3, 40, 50]) };
  const controller = new AbortController();
  const options = {
    signal: controller.signal,
    onProgress: (done: number) => done === 2 && controller.abort(),
  };
  const copying = copyCrop(reader(), crop, writeInto(new MemoryStore()), {
    name: "",
    attributes: {},
    ...options,
  });
  await expect(copying).rejects.toMatchObject({ tag: "aborted" });
  const next = new AbortController();
  const stopping = omeTiff(reader(), crop, {
    name: "",
    signal: next.signal,
    onProgress: (done) => done === 2 && next.abort(),
  });
  const taken: Uint8Array[] = [];
  const take = async (): Promise<void> => {
    for await (const part of stopping) taken.push(part);
  };
  await expect(take()).rejects.toMatchObject({ tag: "aborted" });
  expect(taken).toHaveLength(1 + 2);
});
