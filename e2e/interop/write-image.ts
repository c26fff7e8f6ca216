/** Fovea writes one image with its pyramid, a label made at a coarser level, and tables. */
import { createImage, type ImageSpec } from "../../src/ome/create-image.ts";
import { createLabel, labelLevels } from "../../src/ome/create-label.ts";
import type { LevelSpec } from "../../src/ome/create-multiscale.ts";
import type { Axis, AxisName, Image, Multiscale } from "../../src/ome/multiscale.ts";
import { newPyramidWriter } from "../../src/ome/pyramid-writer.ts";
import { registerLabel } from "../../src/ome/register-label.ts";
import type { ZarrFormat } from "../../src/zarr/array.ts";
import { ChunkReader } from "../../src/zarr/chunk-reader.ts";
import { filled, sizeOf } from "../../src/zarr/pixels.ts";
import { readRegion } from "../../src/zarr/region.ts";
import type { WritableStore } from "../../src/zarr/store.ts";
import { bytesOf, type ExpectedImage } from "./exchange.ts";
import { allPixels, imageExpectation, multiscaleExpectation } from "./expectation.ts";
import { writeTables } from "./write-tables.ts";

const LABEL = "Zellkerne_ä";
const SCALE: Readonly<Record<AxisName, number>> = { t: 2, c: 1, z: 1.5, y: 0.325, x: 0.325 };
const UNIT: Readonly<Partial<Record<AxisName, string>>> = {
  t: "second",
  z: "micrometer",
  y: "micrometer",
  x: "micrometer",
};

export type Kind = Pick<ImageSpec, "dtype" | "compressor"> & {
  readonly axes: readonly AxisName[];
  /** Odd, so that levels do not halve evenly. */
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
};

/** @returns what the other side should find; its pixels go to the folder at once. */
export async function writeImage(
  store: WritableStore,
  folder: string,
  path: string,
  format: ZarrFormat,
  kind: Kind,
): Promise<ExpectedImage> {
  const axes: Axis[] = kind.axes.map((name) => ({ name, unit: UNIT[name] }));
  const image = await createImage(store, path, {
    ...kind,
    format,
    name: "Probe ä",
    axes,
    levels: levelsOf(kind),
    channels: ["DAPI", "β-actin"].slice(0, channelsOf(kind)).map((label, c) => ({
      label,
      wavelengthId: `A0${c + 1}_C0${c + 1}`,
      color: [0, 128, 255],
      active: true,
      window: { start: 0, end: 255 },
    })),
  });
  await fill(image, "mean", (i, at) => (isBlank(at, kind) ? 0 : noise(i)));
  const label = await writeLabel(image);
  const tables = await writeTables(store, image, LABEL);
  const labels = [{ name: LABEL, ...(await multiscaleExpectation(folder, label, allPixels)) }];
  return imageExpectation(folder, image, labels, tables, allPixels);
}

function channelsOf({ axes, shape }: Kind): number {
  return shape[axes.indexOf("c")] ?? 1;
}

function levelsOf({ axes, shape, chunks }: Kind): ImageSpec["levels"] {
  const at = (k: number): LevelSpec => {
    const halved = shape.map((n, i) => (i < axes.length - 2 ? n : Math.floor(n / 2 ** k)));
    return {
      shape: halved,
      chunks: chunks.map((chunk, i) => Math.min(chunk, halved[i] ?? chunk)),
      scale: axes.map((name, i) => (SCALE[name] * (shape[i] ?? 1)) / (halved[i] ?? 1)),
    };
  };
  return [at(0), at(1), at(2)];
}

/** The first chunk in y and x holds nothing, so that it is not stored. */
function isBlank(at: readonly number[], { chunks }: Kind): boolean {
  return at.slice(-2).every((i, axis) => i < (chunks.at(axis - 2) ?? 0));
}

/** A hash of the voxel's number, 0 … 99. */
function noise(i: number): number {
  return (Math.imul(i + 1, 2_654_435_761) >>> 8) % 100;
}

/** Made at level 1, as a task does that works there; ids beyond 16 bits. */
async function writeLabel(image: Image): Promise<Multiscale> {
  const level = image.levels[1] ?? image.levels[0];
  const label = await createLabel(image, {
    name: LABEL,
    levels: labelLevels(image.axes, level),
    dtype: "uint32",
  });
  await fill(label, "nearest", (_, at) => {
    const [y = 0, x = 0] = at.slice(-2);
    if (y % 7 < 2 || x % 9 < 3) return 0;
    return 70_000 + 10 * Math.floor(y / 7) + Math.floor(x / 9);
  });
  await registerLabel(image, LABEL);
  return label;
}

/** Writes all levels from the values of the first: by the voxel's number and its coordinates. */
async function fill(
  multiscale: Multiscale,
  sample: "mean" | "nearest",
  value: (i: number, at: readonly number[]) => number,
): Promise<void> {
  const { array: first } = multiscale.levels[0];
  const { shape } = first;
  const origin = shape.map(() => 0);
  const data = filled(first, sizeOf(shape));
  for (let i = 0; i < data.length; i++) data[i] = value(i, coordsOf(i, shape));
  const writer = newPyramidWriter(multiscale, sample);
  await writer.put({ min: origin, shape, data });
  await writer.finish();
  const stored = await readRegion(new ChunkReader(), first, origin, shape);
  if (Buffer.compare(bytesOf(stored), bytesOf(data)) !== 0)
    throw new Error(`${first.path} does not hold what was put into it`);
}

function coordsOf(i: number, shape: readonly number[]): number[] {
  let left = i;
  const coords = shape.toReversed().map((n) => {
    const at = left % n;
    left = Math.floor(left / n);
    return at;
  });
  return coords.toReversed();
}
