/** The list of an image's tables: the attribute of its `tables` group, and what lies there unlisted. */
import { Fault } from "../base/fault.ts";
import { isJsonObject, type Json, type JsonObject, listAt } from "../base/json.ts";
import type { ZarrFormat } from "../zarr/array.ts";
import { dropConsolidated } from "../zarr/consolidated.ts";
import { writeAttributes, writeGroup } from "../zarr/hierarchy.ts";
import { readAttributes, readNode } from "../zarr/node.ts";
import { isWritable, keyOf, type Options, type Store } from "../zarr/store.ts";

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

/** Puts a name at the end of the list, which is made where there is none; a name that is in it stays where it is. */
export async function registerTable(
  store: Store,
  imagePath: string,
  name: string,
  format: ZarrFormat,
  options: Options = {},
): Promise<void> {
  if (name === "" || name.includes("/"))
    throw new Fault("input", `"${name}" cannot name a table`, { where: name });
  await editList(store, imagePath, format, options, (names) =>
    names.includes(name) ? names : [...names, name],
  );
}

/** Takes a name off the list, if it is there. */
export async function unregisterTable(
  store: Store,
  imagePath: string,
  name: string,
  format: ZarrFormat,
  options: Options = {},
): Promise<void> {
  await editList(store, imagePath, format, options, (names) =>
    names.includes(name) ? names.filter((other) => other !== name) : names,
  );
}

/** One change of the list: a name in place of another, a name more, or one less. */
export interface Relisting {
  /** Taken off, where it is listed. */
  readonly from?: string;
  /** Put in its place, else at `at`, else at the end. */
  readonly to?: string;
  readonly at?: number;
}

/** Changes the list in one go; where it says so already, nothing is written. */
export async function relist(
  store: Store,
  imagePath: string,
  { from, to, at }: Relisting,
  format: ZarrFormat,
  options: Options = {},
): Promise<void> {
  await editList(store, imagePath, format, options, (names) => {
    const place = from === undefined ? -1 : names.indexOf(from);
    const isThere = to === undefined || names.includes(to);
    if (place < 0 && isThere) return names;
    const kept = names.filter((name) => name !== from);
    if (to === undefined || isThere) return kept;
    return kept.toSpliced(place < 0 ? (at ?? kept.length) : place, 0, to);
  });
}

async function editList(
  store: Store,
  imagePath: string,
  format: ZarrFormat,
  options: Options,
  edit: (names: readonly Json[]) => readonly Json[],
): Promise<void> {
  const folder = tablesPath(imagePath);
  const node = await readNode(store, folder, { format, ...options });
  const before = listOf(node?.attributes ?? {});
  const after = edit(before);
  if (after === before) return;
  await dropConsolidated(store, folder, format, options);
  if (node === undefined) return writeGroup(store, folder, format, { tables: after }, options);
  await writeAttributes(store, folder, format, withList(node.attributes, after), options);
}

function tablesPath(imagePath: string): string {
  return imagePath === "" ? "tables" : `${imagePath}/tables`;
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
