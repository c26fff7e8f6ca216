/** Fovea exports a part of an image as its page does: as OME-Zarr, in a folder and zipped, and as OME-TIFF. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pixelBox } from "../../src/geometry/box.ts";
import { createImage } from "../../src/ome/create-image.ts";
import { copyCrop, writeInto } from "../../src/ome/crop.ts";
import type { Image } from "../../src/ome/multiscale.ts";
import { omeTiff } from "../../src/ome/ome-tiff.ts";
import { writePixels } from "../../src/testing/write-pixels.ts";
import { filesOfZarr, zipOf } from "../../src/ui/share/export-pixels.ts";
import type { ZarrFormat } from "../../src/zarr/array.ts";
import { ChunkReader } from "../../src/zarr/chunk-reader.ts";
import { check, type ExpectedImage, saveExpected, savePixels } from "./exchange.ts";
import { openFolder, saveFolder } from "./folder.ts";

const SHAPE = [2, 3, 5, 70, 90] as const;
const CHANNELS = ["DAPI", "β-actin & <x>", "Zellkerne ä"];
const BOX = pixelBox([1, 3, 10], [4, 65, 81]);
const SCALE = [1, 1, 1.5, 0.325, 0.65];

/** Of the voxel with this number: as many values as voxels, so that none is taken for another. */
const pixelOf = (i: number): number => (i * 7919) % 65_521;

const folder = process.argv[2] ?? "exports";

async function source(format: ZarrFormat): Promise<Image> {
  const unit = (name: string) =>
    name === "c" ? undefined : name === "t" ? "second" : "micrometer";
  const image = await createImage(openFolder().store, "", {
    format,
    name: "source",
    axes: (["t", "c", "z", "y", "x"] as const).map((name) => ({ name, unit: unit(name) })),
    levels: [{ shape: SHAPE, chunks: [1, 1, 2, 32, 32], scale: SCALE }],
    dtype: "uint16",
    compressor: "blosc-zstd",
    channels: CHANNELS.map((label) => ({
      label,
      wavelengthId: undefined,
      color: [255, 128, 0],
      active: true,
      window: undefined,
    })),
  });
  const count = SHAPE.reduce((product, n) => product * n, 1);
  const data = Uint16Array.from({ length: count }, (_, i) => pixelOf(i));
  await writePixels(image.levels[0].array, data);
  return image;
}

/** The pixels of the box as they were written, found without Fovea's reader. */
function expectedPixels(): Uint16Array<ArrayBuffer> {
  const [times, channels, depth, height, width] = SHAPE;
  const values: number[] = [];
  for (let t = 0; t < times; t++)
    for (let c = 0; c < channels; c++)
      for (let z = BOX.min[0]; z < BOX.max[0]; z++)
        for (let y = BOX.min[1]; y < BOX.max[1]; y++)
          for (let x = BOX.min[2]; x < BOX.max[2]; x++)
            values.push(pixelOf((((t * channels + c) * depth + z) * height + y) * width + x));
  return Uint16Array.from(values);
}

async function exportAll(format: ZarrFormat): Promise<ExpectedImage> {
  const path = `crop-v${format}.ome.zarr`;
  const image = await source(format);
  const options = { signal: new AbortController().signal, onProgress: () => undefined };
  const crop = { image, level: image.levels[0], box: BOX };
  const reader = new ChunkReader();
  const copied = openFolder();
  const about = { name: "crop", attributes: {}, ...options };
  await copyCrop(reader, crop, writeInto(copied.store), about);
  saveFolder(copied, join(folder, path));
  const files = [...copied.spec.entries].map(([key, bytes]) => [key, new Blob([bytes])] as const);
  const zip = await zipOf(filesOfZarr(new Map(files)), options);
  writeFileSync(join(folder, `${path}.zip`), Buffer.from(await zip.arrayBuffer()));
  const parts: Uint8Array[] = [];
  for await (const part of omeTiff(reader, crop, { name: "crop ä", ...options })) parts.push(part);
  writeFileSync(join(folder, `crop-v${format}.ome.tif`), Buffer.concat(parts));

  const shape = [2, 3, 3, 62, 71];
  const level = { name: "0", shape, chunks: [1, 1, 2, 32, 32], scale: SCALE, dtype: "uint16" };
  return {
    path,
    version: format === 2 ? "0.4" : "0.5",
    zarrFormat: format,
    axes: ["t", "c", "z", "y", "x"],
    channels: CHANNELS,
    levels: [{ ...level, data: savePixels(folder, `crop-v${format}`, expectedPixels(), level) }],
    labels: [],
    tables: [],
  };
}

const images: ExpectedImage[] = [];
for (const format of [2, 3] as const)
  await check(`a part of an image of Zarr v${format}`, async () => {
    images.push(await exportAll(format));
  });
saveExpected(folder, { plates: [], images });
