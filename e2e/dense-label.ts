/** An image whose label has a hundred thousand objects, each measured: what a confluent well comes to. */
import { createImage } from "../src/ome/create-image.ts";
import { createMultiscale } from "../src/ome/create-multiscale.ts";
import { labelsPath } from "../src/ome/labels.ts";
import type { Multiscale } from "../src/ome/multiscale.ts";
import { registerLabel } from "../src/ome/register-label.ts";
import { createTable } from "../src/table/create-table.ts";
import { newFeatureTable } from "../src/table/feature-table.ts";
import { numbers } from "../src/testing/tables.ts";
import { writePixels } from "../src/testing/write-pixels.ts";
import { MemoryStore } from "../src/zarr/memory-store.ts";

export const DENSE_SIDE = 4096;
/** Objects are discs on a grid of this pitch, numbered row by row from 1. */
const [PITCH, RADIUS] = [12, 5.2];
const ACROSS = Math.floor(DENSE_SIDE / PITCH);
export const DENSE_COUNT = ACROSS ** 2;

/** The object at a voxel of the finest level, 0 where there is none. */
export function denseIdAt(x: number, y: number): number {
  const [column, row] = [Math.floor(x / PITCH), Math.floor(y / PITCH)];
  if (column >= ACROSS || row >= ACROSS) return 0;
  const isIn = Math.hypot((x % PITCH) - 5.5, (y % PITCH) - 5.5) < RADIUS;
  return isIn ? 1 + ACROSS * row + column : 0;
}

/** The column an object is in: 0 at the left, 1 at the right. */
const areaOf = (id: number): number => ((id - 1) % ACROSS) / (ACROSS - 1);

const STEPS = [1, 2, 4, 8];

/** @param brightness of the image behind, from 0 to 255 */
export async function denseLabel(brightness = 40): Promise<ReadonlyMap<string, Uint8Array>> {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const store = new MemoryStore({ kind: "memory", entries });
  const levels = STEPS.map((step) => ({
    shape: [DENSE_SIDE / step, DENSE_SIDE / step],
    chunks: [512, 512],
    scale: [step, step],
  })) as [Level, ...Level[]];
  const common = {
    format: 2,
    axes: ["y", "x"].map((name) => ({ name: name as "y" | "x", unit: undefined })),
    levels,
    compressor: "none",
  } as const;
  const image = await createImage(store, "", {
    ...common,
    name: "dense",
    dtype: "uint8",
    channels: [
      {
        label: "DNA",
        wavelengthId: undefined,
        color: [255, 255, 255],
        active: true,
        window: { start: 0, end: 255 },
      },
    ],
  });
  await fill(
    image,
    (count) => new Uint8Array(count),
    (x, y) => (denseIdAt(x, y) === 0 ? brightness / 2 : brightness),
  );
  const path = `${labelsPath("")}/nuclei`;
  const spec = { ...common, name: "nuclei", dtype: "uint32" } as const;
  const label = await createMultiscale(store, path, spec, { "image-label": {} });
  await fill(label, (count) => new Uint32Array(count), denseIdAt);
  await registerLabel(image, "nuclei");
  const labels = Uint32Array.from({ length: DENSE_COUNT }, (_, i) => i + 1);
  const columns = new Map(
    ["area", "mean", "std"].map((name) => [name, numbers(Array.from(labels, areaOf))]),
  );
  const table = newFeatureTable({
    path: "tables/nuclei_features",
    zarrFormat: 2,
    backend: "csv",
    region: "nuclei",
    labels,
    columns,
  });
  await createTable({ store, table });
  return entries;
}

interface Level {
  readonly shape: number[];
  readonly chunks: number[];
  readonly scale: number[];
}

async function fill<P extends Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(
  { levels }: Multiscale,
  make: (count: number) => P,
  valueAt: (x: number, y: number) => number,
): Promise<void> {
  for (const [i, { array }] of levels.entries()) {
    const step = STEPS[i] ?? 1;
    const side = DENSE_SIDE / step;
    const data = make(side ** 2);
    for (let at = 0; at < data.length; at++)
      data[at] = valueAt((at % side) * step, Math.floor(at / side) * step);
    await writePixels(array, data);
  }
}
