/** Fovea writes: a plate per Zarr format, images of several axes, types and compressors, labels, and tables of both backends. */
import { createPlate, createWell } from "../../src/ome/create-plate.ts";
import type { ZarrFormat } from "../../src/zarr/array.ts";
import { type ExpectedImage, saveExpected } from "./exchange.ts";
import { openFolder, saveFolder } from "./folder.ts";
import { type Kind, writeImage } from "./write-image.ts";

/** By path in the plate. */
const KINDS: Readonly<Record<string, Kind>> = {
  "B/03/0": {
    axes: ["c", "z", "y", "x"],
    shape: [2, 3, 67, 91],
    chunks: [1, 2, 32, 40],
    dtype: "uint16",
    compressor: "blosc-zstd",
  },
  "B/03/1": {
    axes: ["t", "c", "y", "x"],
    shape: [3, 2, 40, 50],
    chunks: [1, 1, 16, 16],
    dtype: "uint8",
    compressor: "blosc-lz4",
  },
  // So high that its label has coarser levels too.
  "C/11/0": {
    axes: ["z", "y", "x"],
    shape: [4, 601, 47],
    chunks: [2, 64, 16],
    dtype: "float32",
    compressor: "zstd",
  },
  "C/11/1": {
    axes: ["y", "x"],
    shape: [50, 70],
    chunks: [32, 32],
    dtype: "int16",
    compressor: "none",
  },
};

const folder = process.argv[2] ?? "fovea";
const written = openFolder();

async function writePlate(format: ZarrFormat): Promise<ExpectedImage[]> {
  const plate = plateOf(format);
  const spec = { format, name: plate, rows: ["B", "C"], columns: ["03", "11"], wells: WELLS };
  await createPlate(written.store, plate, spec);
  for (const { row, column } of WELLS)
    await createWell(written.store, `${plate}/${row}/${column}`, format, ["0", "1"]);
  const images: ExpectedImage[] = [];
  for (const [path, kind] of Object.entries(KINDS))
    images.push(await writeImage(written.store, folder, `${plate}/${path}`, format, kind));
  return images;
}

const WELLS = [
  { row: "B", column: "03" },
  { row: "C", column: "11" },
];

function plateOf(format: ZarrFormat): string {
  return `plate-v${format}.zarr`;
}

const images = [...(await writePlate(2)), ...(await writePlate(3))];
saveFolder(written, folder);
const wells = WELLS.map(({ row, column }) => ({ path: `${row}/${column}`, images: ["0", "1"] }));
saveExpected(folder, {
  plates: ([2, 3] as const).map((format) => ({ path: plateOf(format), wells, tables: [] })),
  images,
});
