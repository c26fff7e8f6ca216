/** Fovea reads the plates, images, labels and tables that ngio and anndata wrote, then edits the ROI tables. */
import { openLabel } from "../../src/ome/labels.ts";
import type { Level, Multiscale } from "../../src/ome/multiscale.ts";
import { openImage } from "../../src/ome/open-image.ts";
import { openNode } from "../../src/ome/open-node.ts";
import { openWell } from "../../src/ome/plate.ts";
import { tableType } from "../../src/roi/roi-columns.ts";
import { roisFromTable } from "../../src/roi/roi-table.ts";
import { idsOf, roiAt } from "../../src/roi/rois.ts";
import { readTable } from "../../src/table/read-table.ts";
import type { Table } from "../../src/table/table.ts";
import { listTables } from "../../src/table/table-list.ts";
import type { ZarrFormat } from "../../src/zarr/array.ts";
import { ChunkReader } from "../../src/zarr/chunk-reader.ts";
import { readRegion } from "../../src/zarr/region.ts";
import { editTables } from "./edit-tables.ts";
import {
  bytesOf,
  type Cell,
  check,
  type ExpectedImage,
  type ExpectedLevel,
  type ExpectedPlate,
  type ExpectedTable,
  loadExpected,
  loadPixels,
  same,
  tableCells,
} from "./exchange.ts";
import { openFolder } from "./folder.ts";

const [folder = "ngio", edited = "edited"] = process.argv.slice(2);
const opened = openFolder(folder);
const { store } = opened;
const reader = new ChunkReader();

async function readPlate({ path, wells, tables }: ExpectedPlate): Promise<void> {
  const node = await openNode(store, path);
  await check(`${path}: plate, wells and their images`, async () => {
    if (node.kind !== "plate") throw new Error(`it opens as ${node.kind}`);
    const { plate } = node;
    const found = plate.wells.map(async (well) => {
      const { images } = await openWell(store, `${path}/${well.path}`, plate.zarrFormat);
      return { path: well.path, images: images.map((image) => image.path) };
    });
    same(await Promise.all(found), wells, "the list of wells");
    await readTables(path, plate.zarrFormat, tables);
  });
}

async function readImage(expected: ExpectedImage): Promise<void> {
  const { path } = expected;
  const image = await openImage(store, path);
  await check(`${path}: image`, () => {
    same(image.problems, [], "the list of problems");
    same(image.version, expected.version, "the version");
    same(image.zarrFormat, expected.zarrFormat, "the Zarr format");
    const channels = image.channels.map(({ label }) => label);
    same(channels, expected.channels, "the list of channels");
    const labels = expected.labels.map(({ name }) => name);
    same(image.labels, labels, "the list of labels");
  });
  await readLevels(image, expected);
  for (const label of expected.labels) await readLevels(await openLabel(image, label.name), label);
  await readTables(path, image.zarrFormat, expected.tables);
}

async function readLevels(
  multiscale: Multiscale,
  expected: Pick<ExpectedImage, "axes" | "levels">,
): Promise<void> {
  const { path, axes, levels } = multiscale;
  await check(`${path}: axes and levels`, () => {
    const found = axes.map(({ name }) => name);
    same(found, expected.axes, "the list of axes");
    const names = expected.levels.map(({ name }) => name);
    same(
      levels.map(({ name }) => name),
      names,
      "the list of levels",
    );
  });
  for (const [i, level] of expected.levels.entries()) {
    const found = levels[i];
    if (found) await readLevel(found, level);
  }
}

async function readLevel({ array, scale }: Level, expected: ExpectedLevel): Promise<void> {
  await check(`${array.path}: shape, scale and pixels`, async () => {
    same(array.shape, expected.shape, "the shape");
    same(array.dtype, expected.dtype, "the type");
    same(scale, expected.scale, "the scale");
    if (expected.data === undefined) return;
    const origin = array.shape.map(() => 0);
    const pixels = bytesOf(await readRegion(reader, array, origin, array.shape));
    const wanted = loadPixels(folder, expected.data);
    if (Buffer.compare(pixels, wanted) !== 0) throw new Error("its pixels differ");
  });
}

async function readTables(
  path: string,
  zarrFormat: ZarrFormat,
  expected: readonly ExpectedTable[],
): Promise<void> {
  await check(`${path}: list of tables`, async () => {
    const names = expected.map(({ name }) => name);
    same(await listTables(store, path, zarrFormat), { names, unlisted: [] }, "the list");
  });
  for (const table of expected)
    await check(`${path}/tables/${table.name}: ${table.backend} values`, async () => {
      const found = await readTable(store, `${path}/tables/${table.name}`, zarrFormat);
      same(found.backend, table.backend, "the backend");
      sameCells(found, table);
      if (table.type.endsWith("roi_table")) sameRois(found, table);
    });
}

/** The order of columns is the backend's. */
function sameCells(found: Table, expected: ExpectedTable): void {
  const { index, columns } = tableCells(found);
  same(index, expected.index, "the index");
  same(Object.keys(columns).sort(), Object.keys(expected.columns).sort(), "the list of columns");
  for (const [name, cells] of Object.entries(expected.columns))
    same(columns[name], cells, `column "${name}"`);
}

/** Each row is a box from its corner over its lengths; a masking table's rows are named by label. */
function sameRois(found: Table, { type, index, columns }: ExpectedTable): void {
  same(tableType(found), type, "the type");
  const { rois, problems } = roisFromTable(found);
  same([...problems.values()], [], "the list of problems");
  const names = type === "masking_roi_table" ? columns["label"]?.map(String) : undefined;
  const all = idsOf(rois).map((id) => roiAt(rois, id));
  same(
    all.map((roi) => roi?.name),
    names ?? index.values,
    "the list of ROIs",
  );
  const at = (name: string, row: number): number => numberOf(columns[name]?.[row]);
  for (const [row, roi] of all.entries())
    for (const [i, axis] of ["z", "y", "x"].entries()) {
      const corner = at(`${axis}_micrometer`, row);
      same(roi?.box.min[i], corner, `${axis} of ${roi?.name}`);
      const end = corner + at(`len_${axis}_micrometer`, row);
      same(roi?.box.max[i], end, `the end in ${axis} of ${roi?.name}`);
    }
}

function numberOf(cell: Cell | undefined): number {
  return typeof cell === "number" ? cell : Number.NaN;
}

const { plates, images } = loadExpected(folder);
for (const plate of plates) await readPlate(plate);
for (const image of images) await readImage(image);
await editTables(opened, images, edited);
