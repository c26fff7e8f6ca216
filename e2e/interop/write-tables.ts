/** Fovea writes, beside one image, a table of each kind in each backend. */
import { worldBox } from "../../src/geometry/box.ts";
import type { Image } from "../../src/ome/multiscale.ts";
import { newRoiTable } from "../../src/roi/new-roi-table.ts";
import type { Roi } from "../../src/roi/rois.ts";
import { createTable } from "../../src/table/create-table.ts";
import { indexKeyOf, newAttributes } from "../../src/table/new-attributes.ts";
import type { Backend, Column, Table } from "../../src/table/table.ts";
import type { WritableStore } from "../../src/zarr/store.ts";
import type { ExpectedTable } from "./exchange.ts";
import { tableExpectation } from "./expectation.ts";

/** Whole pixels of level 0, fractions, edges that meet at half a pixel, and beyond the image. */
const BOXES = [
  ["FOV_1", 0, 0, 13, 6.5],
  ["Feld 2 – ünten", 3.3, 5.2, 3.25, 3.25],
  ['神経, "3"', 0.1625, 3.4125, 4.875, 9.1],
  ["beyond the edge", 9.75, 8.125, 1000, 0.1],
] as const;

export async function writeTables(
  store: WritableStore,
  image: Image,
  label: string,
): Promise<ExpectedTable[]> {
  const written: ExpectedTable[] = [];
  for (const backend of ["csv", "anndata"] as const)
    for (const { table, rois } of tablesOf(image, backend, label)) {
      await createTable({ store, table });
      written.push(tableExpectation(table, image, rois));
    }
  return written;
}

interface Written {
  readonly table: Table;
  readonly rois?: readonly Roi[];
}

function tablesOf(image: Image, backend: Backend, region: string): readonly Written[] {
  const { path, zarrFormat } = image;
  const at = (name: string) => ({ path: `${path}/tables/${name}_${backend}`, zarrFormat, backend });
  const rois = BOXES.map(([name, ...edges]) => roi(image, name, edges));
  const masks = [4, 70_000].map((label, i) => ({
    ...roi(image, String(label), [3 * i, 2 * i, 1.3, 2.6]),
    label,
  }));
  return [
    { table: newRoiTable({ ...at("FOV_ROI_table"), rois }), rois },
    { table: newRoiTable({ ...at("leer_ROI_table"), rois: [] }), rois: [] },
    { table: newRoiTable({ ...at("Ausschnitte_ä"), rois: masks, region }), rois: masks },
    { table: featureTable(at("features"), region) },
  ];
}

/** Over all of z: what an image without z has too. */
function roi(
  { levels }: Image,
  name: string,
  [y, x, height, width]: readonly [number, number, number, number],
): Roi {
  const { shape, scale } = levels[0].grid;
  const box = worldBox([0, y, x], [shape[0] * scale[0], y + height, x + width]);
  return { name, box, label: undefined };
}

function featureTable(at: Pick<Table, "path" | "zarrFormat" | "backend">, region: string): Table {
  const kind = { type: "feature_table", region } as const;
  return {
    ...at,
    attributes: newAttributes(at.backend, kind),
    index: { name: indexKeyOf(kind), values: ["4", "70000", "70001"] },
    columns: new Map<string, Column>([
      ["area", { kind: "number", values: Float64Array.of(1.5, Number.NaN, 0.1), dtype: "float64" }],
      ["num_pixels", { kind: "number", values: Float64Array.of(345, 2 ** 40, 0), dtype: "int64" }],
      [
        "intensity_mean-DAPI",
        { kind: "number", values: Float64Array.of(1e-7, 3, 5e20), dtype: "float64" },
      ],
      ["class", { kind: "text", values: ["mitotisch ✓", "G1", 'a "b", c'], categorical: false }],
      ["well", { kind: "text", values: ["B03", undefined, "B03"], categorical: true }],
      ["on_border", { kind: "bool", values: [true, false, true] }],
    ]),
  };
}
