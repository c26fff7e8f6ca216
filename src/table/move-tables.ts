/**
 * Copies, renames and deletes tables, each file to the byte as it is. Wherever that is cut off, what the list names is
 * whole: new files come first, then the list changes in one go, and old files go last.
 */
import { sameBytes } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import type { ZarrFormat } from "../zarr/array.ts";
import { keyOf, type Options, type Store, type WritableStore, writable } from "../zarr/store.ts";
import { deleteEmpty, filesBelow, finishMove, listing } from "./finish-move.ts";
import { recoverSaves } from "./recover-saves.ts";
import {
  dropEntry,
  type FileChange,
  keepEntry,
  type ListChange,
  undoneOf,
} from "./save-journal.ts";
import type { TableFiles } from "./table.ts";
import { listTables, relist, tablesPath } from "./table-list.ts";
import { tableNameProblem } from "./table-name.ts";

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
  const { files, at } = await storedTable(tables, from, options);
  // What the list still names was not renamed, even if somebody else has a table of the new name.
  if (at === undefined)
    await relist(tables.store, tables.imagePath, { to: from }, tables.format, options);
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

export interface PutOptions extends Options {
  /** Told how much of its bytes is written, 0 to 1: 0 when nothing stops it any more. */
  readonly onWritten?: ((done: number) => void) | undefined;
}

/** Puts a table where none of its name is: one that was deleted, or a copy. @throws Fault "input" */
export async function putTable(
  tables: Tables,
  { name, files, at }: StoredTable,
  options: PutOptions = {},
): Promise<void> {
  await refuseTaken(tables, name, options);
  await move(
    tables,
    added(name, files),
    { to: name, ...(at === undefined ? {} : { at }) },
    options,
  );
}

async function move(
  { store: source, imagePath, format, journal, identity }: Tables,
  changes: readonly FileChange[],
  relisting: Omit<ListChange, "imagePath" | "format">,
  { onWritten, ...options }: PutOptions,
): Promise<void> {
  const store = writable(source);
  const path = tablesPath(imagePath);
  const list: ListChange = { ...relisting, imagePath, format };
  const entry = journal && (await keepEntry(journal, identity, path, changes, options, list));
  const begun = new Set<string>();
  const onBegin = ({ key }: FileChange): void => void begun.add(key);
  try {
    await finishMove(store, { path, changes }, list, {}, { onBegin, onWritten });
  } catch (error) {
    const isUndone = await isTakenBack(store, { path, changes, begun }, list);
    if (journal && entry && isUndone) await dropEntry(journal, identity, entry.name);
    throw error;
  }
  if (journal && entry) await dropEntry(journal, identity, entry.name);
}

/**
 * Leaves all as it was before, and alone what others wrote meanwhile; false where that cannot be, or something is done
 * already that cannot be taken back.
 */
async function isTakenBack(
  store: WritableStore,
  {
    path,
    changes,
    begun,
  }: { path: string; changes: readonly FileChange[]; begun: ReadonlySet<string> },
  { imagePath, format, from, to, at }: ListChange,
): Promise<boolean> {
  try {
    const isListed = await listing(store, imagePath, format, {});
    if (to === undefined) {
      const left = await undoneOf(store, { path, changes });
      if (left.length < changes.length || from === undefined) return false;
      if (at !== undefined) await relist(store, imagePath, { to: from, at }, format);
      return true;
    }
    if (begun.size > 0 && isListed(to)) return false;
    // The group's own metadata was written last, and goes first.
    for (const change of changes.toReversed()) {
      const key = keyOf(path, change.key);
      if (begun.has(change.key) && sameBytes(await store.get(key), change.to))
        await store.delete(key);
    }
    await deleteEmpty(store, `${path}/${to}`);
    return true;
  } catch {
    // The disk is gone or full: the journal has all that is needed to go on at the next opening.
    return false;
  }
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
  { store, imagePath, format, journal, identity }: Tables,
  name: string,
  options: Options,
): Promise<StoredTable> {
  // Half a save must not be copied, nor finished later on what is there by then.
  if (journal) await recoverSaves(store, journal, identity, options);
  const { names, unlisted } = await listTables(store, imagePath, format, options);
  const path = keyOf(imagePath, "tables", name);
  const files = await filesBelow(writable(store), path.slice(1), options);
  if (files.size === 0)
    throw new Fault("missing", `There is no table "${name}" on disk`, { where: path });
  const at = unlisted.includes(name) ? -1 : names.indexOf(name);
  return { name, files, ...(at < 0 ? {} : { at }) };
}
