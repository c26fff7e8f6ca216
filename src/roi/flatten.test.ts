/** ROIs of a volume become ROIs of its projection, one plane deep. */
import { describe, expect, it } from "vitest";
import { numbersOf, withColumn } from "../table/columns.ts";
import { newFeatureTable } from "../table/feature-table.ts";
import type { Table } from "../table/table.ts";
import { flatBox } from "../testing/roi-builder.ts";
import { numbers } from "../testing/tables.ts";
import { flattened } from "./flatten.ts";
import { newRoiTable } from "./new-roi-table.ts";
import { roisFromTable } from "./roi-table.ts";

const common = { path: "tables/FOV_ROI_table", zarrFormat: 2, backend: "csv" } as const;

/** Two ROIs of one name and box, one above the other. */
function stacked(kind: { region?: string } = {}): Table {
  const rois = [
    { name: "1", box: flatBox([10, 20, 30, 50], [2.5, 7.5]), label: 1 },
    { name: "1", box: flatBox([10, 20, 30, 50], [7.5, 10]), label: 1 },
  ];
  return newRoiTable({ ...common, rois, ...kind });
}

function columnsOf(table: Table): Record<string, number[]> {
  return Object.fromEntries(
    [...table.columns].map(([name, column]) => [name, [...numbersOf(column)]]),
  );
}

describe("flattened", () => {
  it.each([{}, { region: "nuclei" }])("puts each row at z 0 to 1 in a table of %o", (kind) => {
    const table = stacked(kind);
    const flat = flattened(table);
    expect(columnsOf(flat)).toEqual({
      ...columnsOf(table),
      z_micrometer: [0, 0],
      len_z_micrometer: [1, 1],
    });
    expect([...flat.columns.keys()]).toEqual([...table.columns.keys()]);
    expect(flat.index).toEqual(table.index);
    expect(flat.attributes).toEqual(table.attributes);
  });

  it("makes the columns of z where there are none, so that ngio can read the table", () => {
    const { columns, ...rest } = stacked();
    const open = {
      ...rest,
      columns: new Map([...columns].filter(([name]) => !name.includes("z_"))),
    };
    const { rois, warnings } = roisFromTable(flattened(open), 8);
    expect(warnings).toEqual([]);
    expect([...rois.base.bounds]).toEqual([0, 20, 10, 1, 50, 30, 0, 20, 10, 1, 50, 30]);
  });

  it("leaves other tables and unknown columns as they are", () => {
    const known = stacked();
    const withOriginal = withColumn(known, "z_micrometer_original", numbers([2.5, 7.5]));
    expect(columnsOf(flattened(withOriginal))["z_micrometer_original"]).toEqual([2.5, 7.5]);
    const columns = new Map([["z_micrometer", numbers([3])]]);
    const features = newFeatureTable({ ...common, region: "nuclei", labels: [1], columns });
    expect(flattened(features)).toBe(features);
  });
});
