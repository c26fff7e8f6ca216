/** A small plate for the comparison of tasks: volumes and planes of bright objects, of which some touch and some have holes. */
import { randomOf } from "../../src/demo/random.ts";
import { worldBox } from "../../src/geometry/box.ts";
import { createImage } from "../../src/ome/create-image.ts";
import type { LevelSpec } from "../../src/ome/create-multiscale.ts";
import { createPlate, createWell } from "../../src/ome/create-plate.ts";
import type { AxisName } from "../../src/ome/multiscale.ts";
import { newPyramidWriter } from "../../src/ome/pyramid-writer.ts";
import { newRoiTable } from "../../src/roi/new-roi-table.ts";
import { createTable } from "../../src/table/create-table.ts";
import type { NumberType, ZarrFormat } from "../../src/zarr/array.ts";
import { filled, sizeOf } from "../../src/zarr/pixels.ts";
import type { WritableStore } from "../../src/zarr/store.ts";

const PLATE = "plate.zarr";

const SCALE: Readonly<Record<AxisName, number>> = { t: 2, c: 1, z: 1.5, y: 0.325, x: 0.325 };
const AXES: readonly AxisName[] = ["t", "c", "z", "y", "x"];
const WELLS = [
  { row: "B", column: "03" },
  { row: "C", column: "05" },
];

interface Kind {
  readonly axes: readonly AxisName[];
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  readonly dtype: NumberType;
  /** What a value of 1 is stored as. */
  readonly gain: number;
}

/** By path; one lies outside of the plate. */
const KINDS: Readonly<Record<string, Kind>> = {
  "plate.zarr/B/03/0": {
    axes: ["c", "z", "y", "x"],
    shape: [2, 3, 192, 240],
    chunks: [1, 2, 64, 80],
    dtype: "uint16",
    gain: 1,
  },
  "plate.zarr/B/03/1": {
    axes: ["c", "y", "x"],
    shape: [3, 208, 160],
    chunks: [1, 64, 64],
    dtype: "uint8",
    gain: 0.06,
  },
  "plate.zarr/C/05/0": {
    axes: ["t", "c", "z", "y", "x"],
    shape: [2, 2, 2, 64, 96],
    chunks: [1, 1, 2, 64, 96],
    dtype: "uint16",
    gain: 1,
  },
  // Odd, so that levels do not halve evenly.
  "plate.zarr/C/05/1": {
    axes: ["y", "x"],
    shape: [151, 227],
    chunks: [64, 50],
    dtype: "int16",
    gain: 1,
  },
  "volume.zarr": {
    axes: ["z", "y", "x"],
    shape: [5, 96, 80],
    chunks: [2, 64, 64],
    dtype: "uint8",
    gain: 0.06,
  },
};

export async function writeTaskPlate(store: WritableStore, format: ZarrFormat): Promise<void> {
  const spec = { format, name: PLATE, rows: ["B", "C"], columns: ["03", "05"], wells: WELLS };
  await createPlate(store, PLATE, spec);
  for (const { row, column } of WELLS) {
    const well = `${PLATE}/${row}/${column}`;
    const paths = Object.keys(KINDS).filter((path) => path.startsWith(`${well}/`));
    await createWell(
      store,
      well,
      format,
      paths.map((path) => path.slice(-1)),
    );
  }
  for (const [i, [path, kind]] of Object.entries(KINDS).entries())
    await writeImage(store, path, format, kind, i);
}

async function writeImage(
  store: WritableStore,
  path: string,
  format: ZarrFormat,
  { axes, shape, chunks, dtype, gain }: Kind,
  seed: number,
): Promise<void> {
  const levelAt = (k: number): LevelSpec => {
    const halved = shape.map((n, i) => (i < axes.length - 2 ? n : Math.floor(n / 2 ** k)));
    return {
      shape: halved,
      chunks: chunks.map((chunk, i) => Math.min(chunk, halved[i] ?? chunk)),
      scale: axes.map((name, i) => SCALE[name] * ((shape[i] ?? 1) / (halved[i] ?? 1))),
    };
  };
  const image = await createImage(store, path, {
    format,
    name: path.slice(-1),
    axes: axes.map((name) => ({ name, unit: unitOf(name) })),
    levels: [levelAt(0), levelAt(1), levelAt(2)],
    dtype,
    compressor: "blosc-zstd",
    channels: Array.from({ length: shape[axes.indexOf("c")] ?? 1 }, (_, c) => ({
      label: ["DAPI", "β-actin", "Lamin B1"][c] ?? "",
      wavelengthId: `A0${c + 1}_C0${c + 1}`,
      color: [255, 255, 255],
      active: true,
      window: { start: 0, end: 1000 },
    })),
  });
  const data = filled(image.levels[0].array, sizeOf(shape));
  const sizes = AXES.map((name) => shape[axes.indexOf(name)] ?? 1);
  for (const [i, value] of picture(sizes, seed).entries()) data[i] = Math.round(gain * value);
  const writer = newPyramidWriter(image);
  await writer.put({ min: shape.map(() => 0), shape, data });
  await writer.finish();
  await writeTables(store, path, format, sizes.slice(2));
}

function unitOf(name: AxisName): string | undefined {
  if (name === "c") return undefined;
  return name === "t" ? "second" : "micrometer";
}

/** Balls of random size and brightness on a noisy ground, every seventh hollow; of t, c, z, y, x. */
function picture(
  [times = 1, channels = 1, depth = 1, height = 1, width = 1]: number[],
  seed: number,
): Float64Array {
  const random = randomOf(1000 + seed);
  const values = Float64Array.from(
    { length: times * channels * depth * height * width },
    () => 300 + 40 * random.normal(),
  );
  for (let stack = 0; stack < values.length; stack += depth * height * width)
    for (let ball = 0; ball < (height * width) / 420; ball++) {
      const middle = [depth, height, width].map((length) => random.between(0, length));
      const radius = random.between(2, 8);
      const light = random.between(500, 2600);
      const hole = ball % 7 === 0 ? radius / 2 : 0;
      for (let i = 0; i < depth * height * width; i++) {
        const at = [Math.floor(i / height / width), Math.floor(i / width) % height, i % width];
        const [z = 0, y = 0, x = 0] = at.map((n, axis) => n - (middle[axis] ?? 0));
        // A plane is as far apart as four pixels.
        const distance = Math.hypot(4 * z, y, x);
        if (distance < radius && distance >= hole)
          values[stack + i] = (values[stack + i] ?? 0) + light;
      }
    }
  return values;
}

/** Fields side by side; regions that overlap, end between pixels and lie in part outside; the image as a whole. */
async function writeTables(
  store: WritableStore,
  path: string,
  zarrFormat: ZarrFormat,
  [depth = 1, height = 1, width = 1]: readonly number[],
): Promise<void> {
  const box = (y: number, x: number, toY: number, toX: number, z = 0, toZ = depth) =>
    worldBox(
      [z * SCALE.z, y * SCALE.y, x * SCALE.x],
      [toZ * SCALE.z, toY * SCALE.y, toX * SCALE.x],
    );
  const [halfY, halfX] = [height / 2, width / 2];
  const corners = [
    [0, 0],
    [0, halfX],
    [halfY, 0],
    [halfY, halfX],
  ] as const;
  const tables = {
    FOV_ROI_table: corners.map(([y, x], i) => ({
      name: `FOV_${i + 1}`,
      box: box(y, x, y + halfY, x + halfX),
    })),
    regions: [
      { name: "overlaps", box: box(5.3, 7.75, 60.4, 70.2) },
      { name: "overlapped", box: box(30.5, 40.25, halfY, halfX + 3.6) },
      { name: "sticks out", box: box(halfY + 1.1, halfX - 10.9, height + 20, width + 30) },
      { name: "top plane", box: box(halfY, 2, height - 7, halfX - 20, depth - 1, depth) },
    ],
    well_ROI_table: [{ name: "well_1", box: box(0, 0, height, width) }],
  };
  for (const [name, rois] of Object.entries(tables)) {
    const labelled = rois.map((roi) => ({ ...roi, label: undefined }));
    const spec = { path: `${path}/tables/${name}`, zarrFormat, backend: "anndata", rois: labelled };
    const table = newRoiTable({ ...spec, backend: "anndata" });
    await createTable({ store, table });
  }
}
