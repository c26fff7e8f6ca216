/** Plates and wells: the plate and well attributes as values. */
import { Fault } from "../base/fault.ts";
import { type Json, type JsonObject, listAt, numberAt, objectAt, textAt } from "../base/json.ts";
import type { ZarrFormat } from "../zarr/array.ts";
import type { Options, Store } from "../zarr/store.ts";
import { omeAttributes, placeOf } from "./attributes.ts";
import type { Plate, Well, WellRef } from "./multiscale.ts";
import { requireNode } from "./require-node.ts";

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
    listAt(stored, key).map((entry, i) => textAt(entry, "name") ?? String(i));
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

/** Paths are kept as they are; a well without indices (OME-Zarr 0.3) finds its row and column by its path's names. */
function parseWell(
  stored: Json,
  i: number,
  plate: string,
  rows: readonly string[],
  columns: readonly string[],
): WellRef {
  const where = `plate.wells[${i}]`;
  const path = textAt(stored, "path");
  if (path === undefined)
    throw new Fault("invalid", `${placeOf(plate)} has a well without a "path" in "${where}"`, {
      where: `${plate} ${where}`,
    });
  const [rowName = "", columnName = ""] = path.split("/");
  const rowIndex = numberAt(stored, "rowIndex") ?? rows.indexOf(rowName);
  const columnIndex = numberAt(stored, "columnIndex") ?? columns.indexOf(columnName);
  return {
    path,
    row: rows[rowIndex] ?? rowName,
    column: columns[columnIndex] ?? columnName,
    rowIndex,
    columnIndex,
  };
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
 * The well at a path inside the store.
 * @throws Fault "missing" where nothing is, "invalid" where it has no well attribute.
 */
export async function openWell(
  store: Store,
  path: string,
  format: ZarrFormat,
  options: Options = {},
): Promise<Well> {
  const node = await requireNode(store, path, { ...options, format });
  const stored = objectAt(omeAttributes(node), "well");
  if (stored === undefined)
    throw new Fault(
      "invalid",
      `${placeOf(path)} has no attribute "well"; a well is expected there`,
      {
        where: path,
      },
    );
  return parseWellImages(store, path, node.format, stored);
}
