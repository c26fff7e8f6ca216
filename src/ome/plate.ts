/** Plates and wells: the plate and well attributes as values. */
import { Fault } from "../base/fault.ts";
import { type Json, type JsonObject, listAt, numberAt, objectAt, textAt } from "../base/json.ts";
import type { ZarrFormat } from "../zarr/array.ts";
import { isMissingOnWeb } from "../zarr/missing-on-web.ts";
import { readAttributes } from "../zarr/node.ts";
import type { Options, Store } from "../zarr/store.ts";
import { omeAttributes, placeOf } from "./attributes.ts";
import type { Plate, Well, WellRef } from "./multiscale.ts";

/**
 * The plate of a group's attributes; nothing more is read, however many wells it has.
 * @throws Fault "invalid" where a well has no path.
 */
export function parsePlate(
  store: Store,
  path: string,
  format: ZarrFormat,
  stored: JsonObject,
): Plate {
  const names = (key: string): string[] =>
    listAt(stored, key).map((entry, i) =>
      String(textAt(entry, "name") ?? numberAt(entry, "name") ?? i),
    );
  const rows = names("rows");
  const columns = names("columns");
  const wells = listAt(stored, "wells").map((well, i) => parseWell(well, i, path, rows, columns));
  return {
    path,
    store,
    name: textAt(stored, "name") ?? "",
    zarrFormat: format,
    rows,
    columns,
    wells,
  };
}

/** Paths are kept as they are. Rows and columns that only wells name are added to those listed. */
function parseWell(
  stored: Json,
  i: number,
  plate: string,
  rows: string[],
  columns: string[],
): WellRef {
  const where = `plate.wells[${i}]`;
  const path = textAt(stored, "path");
  if (path === undefined)
    throw new Fault("invalid", `${placeOf(plate)} has a well without a "path" in "${where}"`, {
      where: `${plate} ${where}`,
    });
  const [rowName = "", columnName = ""] = path.split("/");
  const rowIndex = indexOf(rows, rowName, numberAt(stored, "rowIndex"));
  const columnIndex = indexOf(columns, columnName, numberAt(stored, "columnIndex"));
  return {
    path,
    row: rows[rowIndex] ?? rowName,
    column: columns[columnIndex] ?? columnName,
    rowIndex,
    columnIndex,
  };
}

/**
 * The path says where the well's pixels are, and so its names count before indices: OME-Zarr 0.3 has none, and they are
 * known to have been counted from 1.
 */
function indexOf(names: string[], name: string, said: number | undefined): number {
  const named = names.indexOf(name);
  if (named >= 0) return named;
  if (said !== undefined && names[said] !== undefined) return said;
  return names.push(name) - 1;
}

/** The well of a group's attributes. Image paths are relative to the well. */
export function parseWellImages(
  store: Store,
  path: string,
  format: ZarrFormat,
  stored: JsonObject,
): Well {
  const images = listAt(stored, "images").flatMap((image) => {
    const imagePath = textAt(image, "path");
    return imagePath === undefined
      ? []
      : [{ path: imagePath, acquisition: numberAt(image, "acquisition") }];
  });
  return { kind: "well", path, store, zarrFormat: format, images };
}

/**
 * The well at a path inside the store, with one request.
 * @throws Fault "missing" where no attributes are, "invalid" where they are not those of a well.
 */
export async function openWell(
  store: Store,
  path: string,
  format: ZarrFormat,
  options: Options = {},
): Promise<Well> {
  const attributes = await readAttributes(store, path, format, options).catch((error: unknown) => {
    if (!isMissingOnWeb(store, error)) throw error;
  });
  if (attributes === undefined)
    throw new Fault("missing", `${placeOf(path)} is no well: no attributes are there`, {
      where: path,
    });
  const stored = objectAt(omeAttributes({ format, attributes }), "well");
  if (stored === undefined)
    throw new Fault(
      "invalid",
      `${placeOf(path)} has no attribute "well"; a well is expected there`,
      {
        where: path,
      },
    );
  return parseWellImages(store, path, format, stored);
}
