/** Fovea edits every ROI table that ngio and anndata wrote: moves an ROI, adds one, and says what should be there now. */
import { worldBox } from "../../src/geometry/box.ts";
import { roisFromTable, tableFromRois } from "../../src/roi/roi-table.ts";
import { applied, type Roi, roiAt } from "../../src/roi/rois.ts";
import { readTable } from "../../src/table/read-table.ts";
import { saveTable } from "../../src/table/save-table.ts";
import {
  type Cell,
  check,
  type ExpectedImage,
  type ExpectedTable,
  saveExpected,
} from "./exchange.ts";
import { type OpenedFolder, openFolder, saveFolder } from "./folder.ts";

const MOVED = worldBox([1.5, 3.3, 2.6], [4.5, 9.9, 13]);
const ADDED = worldBox([0, 0.65, 1.3], [1.5, 3.25, 5.2]);

export async function editTables(
  opened: OpenedFolder,
  images: readonly ExpectedImage[],
  folder: string,
): Promise<void> {
  const edited: ExpectedImage[] = [];
  for (const image of images) {
    const tables = image.tables.filter(
      ({ type, index }) => type.endsWith("roi_table") && index.values.length > 0,
    );
    for (const table of tables)
      await check(`${image.path}/tables/${table.name}: edited and saved`, () =>
        edit(opened, image, table),
      );
    edited.push({ ...image, tables: tables.map(afterEdit) });
  }
  saveFolder(opened, folder);
  saveExpected(folder, { plates: [], images: edited });
}

async function edit(
  { store }: OpenedFolder,
  { path, zarrFormat }: ExpectedImage,
  expected: ExpectedTable,
): Promise<void> {
  const previous = await readTable(store, `${path}/tables/${expected.name}`, zarrFormat);
  const { rois } = roisFromTable(previous);
  const first = roiAt(rois, 0);
  if (first === undefined) throw new Error("it has no rows");
  const moved: Roi = { ...first, box: MOVED };
  const added: Roi = { name: newName(expected), box: ADDED, label: newLabel(expected) };
  const edits = new Map([
    [0, { from: first, to: moved }],
    [rois.nextId, { from: undefined, to: added }],
  ]);
  const table = tableFromRois(previous, applied(rois, edits));
  await saveTable({ store, table, previous, journal: openFolder().store, identity: "interop" });
}

function isMasking({ type }: ExpectedTable): boolean {
  return type === "masking_roi_table";
}

/** A masking ROI is named by its label. */
function newName(table: ExpectedTable): string {
  return isMasking(table) ? "12" : "FOV_neu";
}

function newLabel(table: ExpectedTable): number | undefined {
  return isMasking(table) ? 12 : undefined;
}

/** What it should be: the six numbers of one row are others, one row is new, everything else is as it was. */
function afterEdit(table: ExpectedTable): ExpectedTable {
  const columns = Object.entries(table.columns).map(([name, cells]): [string, Cell[]] => {
    const moved = numberIn(MOVED, name, table) ?? cells[0] ?? null;
    const added = numberIn(ADDED, name, table) ?? otherwise(name, cells, table);
    return [name, [moved, ...cells.slice(1), added]];
  });
  const { values } = table.index;
  // Where labels have a column of their own, the index of a masking table only counts.
  const name = table.columns["label"] ? String(values.length) : newName(table);
  return {
    ...table,
    index: { ...table.index, values: [...values, name] },
    columns: Object.fromEntries(columns),
  };
}

/** What the new row has beside its box: its label, the time of the first row, and nothing that Fovea does not know. */
function otherwise(column: string, cells: readonly Cell[], table: ExpectedTable): Cell {
  if (column === "label") return newName(table);
  return column.endsWith("t_second") ? (cells[0] ?? null) : null;
}

/** What a box has for one of the six columns, as the table's X holds it. */
function numberIn(
  { min, max }: typeof MOVED,
  column: string,
  { x }: ExpectedTable,
): number | undefined {
  const [, length, axis = ""] = /^(len_)?([xyz])_micrometer$/.exec(column) ?? [];
  const i = ["z", "y", "x"].indexOf(axis);
  const [low, high] = [min[i], max[i]];
  if (low === undefined || high === undefined) return undefined;
  const number = length ? high - low : low;
  return x === "float32" ? Math.fround(number) : number;
}
