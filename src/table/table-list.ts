/** The list of an image's tables: the attribute of its `tables` group, and what lies there unlisted. */
import { Fault } from "../base/fault.ts";
import { isJsonObject, type Json, type JsonObject, listAt } from "../base/json.ts";
import type { ZarrFormat } from "../zarr/array.ts";
import { dropConsolidated } from "../zarr/consolidated.ts";
import { writeAttributes, writeGroup } from "../zarr/hierarchy.ts";
import { readAttributes, readNode } from "../zarr/node.ts";
import { below, isWritable, keyOf, type Options, type Store } from "../zarr/store.ts";

export interface TableList {
  /** Listed ones in the list's order, then those that are only found. A name does not say that its table opens. */
  readonly names: readonly string[];
  /** Those found in the group although the list does not name them. */
  readonly unlisted: readonly string[];
}

/** @param imagePath the image inside the store; a plate has tables too */
export async function listTables(
  store: Store,
  imagePath: string,
  format: ZarrFormat,
  options: Options = {},
): Promise<TableList> {
  const folder = tablesPath(imagePath);
  const attributes = await readAttributes(store, folder, format, options);
  const listed = namesIn(listOf(attributes ?? {}));
  if (!isWritable(store)) return { names: listed, unlisted: [] };
  const entries = await store.list(keyOf(folder), options);
  const others = entries
    .filter(({ name, kind }) => kind === "directory" && !listed.includes(name))
    .map(({ name }) => name)
    .sort();
  const nodes = await Promise.all(
    others.map((name) => readNode(store, `${folder}/${name}`, { format, ...options })),
  );
  const unlisted = others.filter((_, i) => nodes[i]?.kind === "group");
  return { names: [...listed, ...unlisted], unlisted };
}

/** One change of the list: a name in place of another, a name more, or one less. */
export interface Relisting {
  /** Taken off, where it is listed. */
  readonly from?: string;
  /** Put in its place, else at `at`, else at the end. */
  readonly to?: string;
  readonly at?: number;
}

/**
 * Changes the list in one go, and makes it where there is none; where it says so already, nothing is written.
 * @throws Fault "input" where the new name cannot be one, or as the store does
 */
export async function relist(
  store: Store,
  imagePath: string,
  relisting: Relisting,
  format: ZarrFormat,
  options: Options = {},
): Promise<void> {
  const { to } = relisting;
  if (to === "" || to?.includes("/"))
    throw new Fault("input", `"${to}" cannot name a table`, { where: to });
  const folder = tablesPath(imagePath);
  const node = await readNode(store, folder, { format, ...options });
  const before = listOf(node?.attributes ?? {});
  const after = relisted(before, relisting);
  if (after === before) return;
  await dropConsolidated(store, folder, format, options);
  if (node === undefined) return writeGroup(store, folder, format, { tables: after }, options);
  await writeAttributes(store, folder, format, withList(node.attributes, after), options);
}

function relisted(names: readonly Json[], { from, to, at }: Relisting): readonly Json[] {
  const place = from === undefined ? -1 : names.indexOf(from);
  const isThere = to === undefined || names.includes(to);
  if (place < 0 && isThere) return names;
  const kept = names.filter((name) => name !== from);
  if (to === undefined || isThere) return kept;
  return kept.toSpliced(place < 0 ? (at ?? kept.length) : place, 0, to);
}

/** The group of an image's tables, or of a plate's. */
export function tablesPath(imagePath: string): string {
  return below(imagePath, "tables");
}

/** The list is flat in both formats (ngio, fractal-tasks-core); some writers put it below `ome`, as labels are. */
function listOf(attributes: JsonObject): readonly Json[] {
  const flat = listAt(attributes, "tables");
  return isBelowOme(attributes) ? listAt(attributes["ome"], "tables") : flat;
}

function withList(attributes: JsonObject, tables: readonly Json[]): JsonObject {
  if (!isBelowOme(attributes)) return { ...attributes, tables };
  const { ome } = attributes;
  return { ...attributes, ome: { ...(isJsonObject(ome) ? ome : {}), tables } };
}

function isBelowOme(attributes: JsonObject): boolean {
  const { ome } = attributes;
  return !("tables" in attributes) && isJsonObject(ome) && "tables" in ome;
}

function namesIn(list: readonly Json[]): string[] {
  const names = list.filter((name) => typeof name === "string");
  return [...new Set(names.filter((name) => name !== ""))];
}
