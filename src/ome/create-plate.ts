/** Creating a plate: the groups of plate, rows and wells with their attributes. */
import type { JsonObject } from "../base/json.ts";
import type { ZarrFormat } from "../zarr/array.ts";
import { writeGroup } from "../zarr/hierarchy.ts";
import { below, type Options, type WritableStore } from "../zarr/store.ts";
import { versionOf, withOme } from "./attributes.ts";

export interface PlateSpec {
  readonly format: ZarrFormat;
  readonly name: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Every row with every column, or fewer. */
  readonly wells: readonly { readonly row: string; readonly column: string }[];
  /** Attributes of the group beside OME-Zarr's own. */
  readonly attributes?: JsonObject;
}

/** The plate's attributes; wells are listed whether or not they are written yet. */
export function plateAttributes(spec: PlateSpec): JsonObject {
  const { format, rows, columns } = spec;
  const plate = {
    name: spec.name,
    version: versionOf(format),
    acquisitions: [{ id: 0 }],
    rows: rows.map((name) => ({ name })),
    columns: columns.map((name) => ({ name })),
    wells: spec.wells.map(({ row, column }) => ({
      path: `${row}/${column}`,
      rowIndex: rows.indexOf(row),
      columnIndex: columns.indexOf(column),
    })),
    field_count: 1,
  };
  return withOme(format, spec.attributes ?? {}, { plate });
}

/** Writes the groups of a plate's rows, then its own. */
export async function createPlate(
  store: WritableStore,
  path: string,
  spec: PlateSpec,
  options: Options = {},
): Promise<void> {
  for (const row of spec.rows) await writeGroup(store, below(path, row), spec.format, {}, options);
  await writeGroup(store, path, spec.format, plateAttributes(spec), options);
}

/** Writes a well's group; until it is there the plate lists a well that cannot be opened. */
export async function createWell(
  store: WritableStore,
  path: string,
  format: ZarrFormat,
  images: readonly string[],
  options: Options = {},
): Promise<void> {
  const listed = images.map((image) => ({ path: image, acquisition: 0 }));
  const version = format === 2 ? { version: "0.4" } : {};
  await writeGroup(
    store,
    path,
    format,
    withOme(format, {}, { well: { ...version, images: listed } }),
    options,
  );
}
