/**
 * Copies, renames and deletes tables, each file to the byte as it is. Wherever that is cut off, what the list names is
 * whole: new files come first, then the list changes in one go, and old files go last.
 */
import { Fault } from "../base/fault.ts";
import type { ZarrFormat } from "../zarr/array.ts";
import { keyOf, type Options, type Store, type WritableStore, writable } from "../zarr/store.ts";
import { encodeTable } from "./encode-table.ts";
import {
  dropEntry,
  type Entry,
  type FileChange,
  keepEntry,
  type ListChange,
  putFile,
  sameBytes,
} from "./save-journal.ts";
import type { Table, TableFiles } from "./table.ts";
import { listTables, relist } from "./table-list.ts";
import { tableNameProblem } from "./table-name.ts";
import { wholeFiles } from "./whole-files.ts";

/** The tables of one image. The caller sees to it that nobody else writes there at the same time. */
export interface Tables {
  readonly store: Store;
  /** Inside the store; a plate has tables too. */
  readonly imagePath: string;
  readonly format: ZarrFormat;
  /** As for a save; without one, what is cut off leaves files that no list names. */
  readonly journal: WritableStore | undefined;
  readonly identity: string;
}

/** A table as it lies on disk, taken from there or to be put there. */
export interface StoredTable {
  readonly name: string;
  readonly files: TableFiles;
  /** Its place in the list; absent where it was not in it. */
  readonly at?: number;
}

/** Copies a table under another name. @throws Fault "input" where the name cannot be, or is taken, "missing" */
export async function copyTable(
  tables: Tables,
  from: string,
  to: string,
  options: Options = {},
): Promise<void> {
  const { files } = await storedTable(tables, from, options);
  await putTable(tables, { name: to, files }, options);
}

/** Renames a table; its place in the list stays. @throws as `copyTable` */
export async function renameTable(
  tables: Tables,
  from: string,
  to: string,
  options: Options = {},
): Promise<void> {
  await refuseTaken(tables, to, options);
  const { files } = await storedTable(tables, from, options);
  await move(tables, [...added(to, files), ...removed(from, files)], { from, to }, options);
}

/** Deletes a table. @returns all that it was, to be put back; @throws Fault "missing" */
export async function deleteTable(
  tables: Tables,
  name: string,
  options: Options = {},
): Promise<StoredTable> {
  const stored = await storedTable(tables, name, options);
  const { at } = stored;
  const list = { from: name, ...(at === undefined ? {} : { at }) };
  await move(tables, removed(name, stored.files), list, options);
  return stored;
}

/** Puts a table where none of its name is: one that was deleted, or a copy. @throws Fault "input" */
export async function putTable(
  tables: Tables,
  { name, files, at }: StoredTable,
  options: Options = {},
): Promise<void> {
  await refuseTaken(tables, name, options);
  await move(
    tables,
    added(name, files),
    { to: name, ...(at === undefined ? {} : { at }) },
    options,
  );
}

/**
 * Writes a table under the name its path ends in, in the backend and dialect it came in.
 * @returns it as it is now on disk, to be saved later
 */
export async function putTableAs(
  tables: Tables,
  table: Table,
  options: Options = {},
): Promise<Table> {
  const files = wholeFiles(table, await encodeTable(table));
  await putTable(
    tables,
    { name: table.path.slice(table.path.lastIndexOf("/") + 1), files },
    options,
  );
  return { ...table, origin: { files } };
}

/**
 * Does what is left to do of a copy, renaming or deletion.
 * @returns whether anything was left
 * @throws Fault "conflict" where a file is neither as it was nor as it is to be; the list then names what is whole
 */
export async function finishMove(
  store: WritableStore,
  { path, changes }: Pick<Entry, "path" | "changes">,
  list: ListChange,
  options: Options,
): Promise<boolean> {
  const { imagePath, format, from, to } = list;
  const isListed = await listing(store, imagePath, format, options);
  const isRelisted = to === undefined ? !isListed(from) : isListed(to);
  // Once the list has changed, the new table is its user's, who may have saved to it since.
  const copies = isRelisted ? [] : await undoneOf(store, path, changes.filter(isCopy), options);
  const removals = changes.filter((change) => !isCopy(change));
  const left = await undoneOf(store, path, removals, options);
  if (isRelisted && left.length > 0 && isListed(from)) throw changedMeanwhile(`${path}/${from}`);
  for (const { key, to: bytes } of copies) await putFile(store, keyOf(path, key), bytes);
  if (!isRelisted) await relist(store, imagePath, list, format);
  // The group's own metadata first: what is left of a group that is none is no table to anybody.
  for (const { key } of left.toReversed()) await store.delete(keyOf(path, key));
  if (from !== undefined) await deleteEmpty(store, `${path}/${from}`);
  return !isRelisted || left.length > 0;
}

async function move(
  { store: source, imagePath, format, journal, identity }: Tables,
  changes: readonly FileChange[],
  relisting: Omit<ListChange, "imagePath" | "format">,
  options: Options,
): Promise<void> {
  const store = writable(source);
  const path = imagePath === "" ? "tables" : `${imagePath}/tables`;
  const list: ListChange = { ...relisting, imagePath, format };
  const entry = journal && (await keepEntry(journal, identity, path, changes, options, list));
  try {
    await finishMove(store, { path, changes }, list, {});
  } catch (error) {
    const isUndone = await isTakenBack(store, path, changes, list);
    if (journal && entry && isUndone) await dropEntry(journal, identity, entry.name);
    throw error;
  }
  if (journal && entry) await dropEntry(journal, identity, entry.name);
}

/** Leaves all as it was before; false where that cannot be, or something is done already that cannot be taken back. */
async function isTakenBack(
  store: WritableStore,
  path: string,
  changes: readonly FileChange[],
  { imagePath, format, from, to, at }: ListChange,
): Promise<boolean> {
  try {
    const isListed = await listing(store, imagePath, format, {});
    if (to === undefined) {
      const left = await undoneOf(store, path, changes, {});
      if (left.length < changes.length || from === undefined) return false;
      if (at !== undefined) await relist(store, imagePath, { to: from, at }, format);
      return true;
    }
    if (isListed(to)) return false;
    await store.delete(keyOf(path, to));
    return true;
  } catch {
    // The disk is gone or full: the journal has all that is needed to go on at the next opening.
    return false;
  }
}

/** @throws Fault "conflict" where a file is neither as before its change nor as after it */
async function undoneOf(
  store: Store,
  path: string,
  changes: readonly FileChange[],
  options: Options,
): Promise<FileChange[]> {
  const left: FileChange[] = [];
  for (const change of changes) {
    const now = await store.get(keyOf(path, change.key), options);
    if (sameBytes(now, change.to)) continue;
    if (!sameBytes(now, change.from)) throw changedMeanwhile(`${path}/${change.key}`);
    left.push(change);
  }
  return left;
}

function changedMeanwhile(where: string): Fault {
  const sentence = `${where} was changed by someone else meanwhile, and is left as it is`;
  return new Fault("conflict", sentence, { where });
}

/** Tells which names the list itself says. */
async function listing(
  store: Store,
  imagePath: string,
  format: ZarrFormat,
  options: Options,
): Promise<(name: string | undefined) => boolean> {
  const { names, unlisted } = await listTables(store, imagePath, format, options);
  const listed = new Set(names.filter((name) => !unlisted.includes(name)));
  return (name) => name !== undefined && listed.has(name);
}

/** Deletes a folder and those in it, where no file is left. */
async function deleteEmpty(store: WritableStore, path: string): Promise<void> {
  if ((await filesBelow(store, path, {})).size === 0) await store.delete(keyOf(path));
}

function isCopy({ to }: FileChange): boolean {
  return to !== undefined;
}

function added(name: string, files: TableFiles): FileChange[] {
  return [...files].map(([key, to]) => ({ key: `${name}/${key}`, from: undefined, to }));
}

function removed(name: string, files: TableFiles): FileChange[] {
  return [...files].map(([key, from]) => ({ key: `${name}/${key}`, from, to: undefined }));
}

async function refuseTaken(
  { store, imagePath, format }: Tables,
  name: string,
  options: Options,
): Promise<void> {
  const { names } = await listTables(store, imagePath, format, options);
  const entries = await writable(store).list(keyOf(imagePath, "tables"), options);
  const others = new Set([...names, ...entries.map((entry) => entry.name)]);
  const problem = tableNameProblem(name, others);
  if (problem !== undefined) throw new Fault("input", problem, { where: name });
}

async function storedTable(
  { store, imagePath, format }: Tables,
  name: string,
  options: Options,
): Promise<StoredTable> {
  const { names, unlisted } = await listTables(store, imagePath, format, options);
  const path = keyOf(imagePath, "tables", name);
  const files = await filesBelow(writable(store), path.slice(1), options);
  if (files.size === 0)
    throw new Fault("missing", `There is no table "${name}" on disk`, { where: path });
  const at = unlisted.includes(name) ? -1 : names.indexOf(name);
  return { name, files, ...(at < 0 ? {} : { at }) };
}

/** Every file of a group, those of its own metadata last: a group without them is none yet. */
async function filesBelow(
  store: WritableStore,
  path: string,
  options: Options,
): Promise<TableFiles> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const walk = async (below: string): Promise<void> => {
    const entries = [...(await store.list(keyOf(path, below), options))];
    entries.sort((a, b) => Number(a.kind === "file") - Number(b.kind === "file"));
    for (const { name, kind } of entries) {
      const key = below === "" ? name : `${below}/${name}`;
      if (kind === "directory") await walk(key);
      else {
        const bytes = await store.get(keyOf(path, key), options);
        if (bytes) files.set(key, bytes);
      }
    }
  };
  await walk("");
  for (const key of OWN_METADATA) {
    const bytes = files.get(key);
    files.delete(key);
    if (bytes) files.set(key, bytes);
  }
  return files;
}

/** The file that makes a folder a group is the last of all. */
const OWN_METADATA = [".zmetadata", ".zattrs", ".zgroup", "zarr.json"];
