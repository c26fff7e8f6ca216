/** Saves tables so that, wherever a save is cut off, the table ends up wholly old or wholly new. */
import { sameBytes } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { keyOf, type Options, type Store, type WritableStore, writable } from "../zarr/store.ts";
import { rowCount } from "./columns.ts";
import { encodeTable } from "./encode-table.ts";
import { finishPending } from "./recover-saves.ts";
import {
  changesBetween,
  dropEntry,
  type FileChange,
  keepEntry,
  putChanges,
} from "./save-journal.ts";
import type { Table, TableFiles } from "./table.ts";

export interface Save {
  readonly store: Store;
  /** As it is to be. */
  readonly table: Table;
  /** It as files, as `encodeTable` gives them, where that was done elsewhere. */
  readonly files?: TableFiles | undefined;
  /** As it is on disk: as it was read, or as the last save returned it. */
  readonly previous: Table;
  /** Where changes of several files are kept while they are made; a folder Fovea has to itself. */
  readonly journal: WritableStore | undefined;
  /** What tells this source from all others, so that an entry of the journal is never played on another. */
  readonly identity: string;
  /** Told how much of the bytes is written, 0 to 1: 0 when nothing stops the save any more. */
  readonly onWritten?: ((done: number) => void) | undefined;
}

/**
 * Writes what differs from what is on disk. One file is replaced in one go; several go through the journal.
 * The caller sees to it that nobody else saves to this source at the same time.
 *
 * @returns the table as it is now on disk, for the next save
 * @throws Fault "conflict" where the disk is not as `previous` says, "readonly", "unsupported" where several files must
 * change and there is no journal, or as the store does
 */
export async function saveTable(save: Save, options: Options = {}): Promise<Table> {
  const { table, previous, journal, identity, onWritten } = save;
  const { path, readOnly } = table;
  const store = writable(save.store);
  if (readOnly !== undefined) throw new Fault("readonly", readOnly, { where: path });
  const expected = new Map(previous.origin?.files);
  const pending = await finishPending(store, { journal, identity, path }, options);
  for (const change of pending.changes) patch(expected, change);
  // The disk is as the user has seen it: what an earlier save left half done is what is saved over now.
  const dropStale = async (): Promise<void> => {
    if (journal) for (const name of pending.stale) await dropEntry(journal, identity, name);
  };
  const wanted = save.files ?? (await encodeTable(table));
  const changes = changesBetween(expected, wanted);
  const saved: Table = { ...table, origin: { files: wanted } };
  if (changes.length === 0) return saved;
  if (rowCount(table) !== rowCount(previous)) await refuseOtherRows(store, table, options);
  const known = changesBetween(expected, new Map());
  const added = changes.filter(({ from }) => from === undefined);
  await checkDisk(store, path, [...known, ...added], options);
  options.signal?.throwIfAborted();
  if (changes.length === 1) {
    await putChanges(store, { path, changes }, { onWritten });
    await dropStale();
    return saved;
  }
  if (journal === undefined)
    throw new Fault(
      "unsupported",
      `Saving ${path} changes ${changes.length} files, which is not safe here: there is no place to keep them until all are written`,
      { where: path },
    );
  const entry = await keepEntry(journal, identity, path, changes, options);
  await putChanges(store, { path, changes }, { onWritten });
  await dropEntry(journal, identity, entry.name);
  await dropStale();
  return saved;
}

function patch(files: Map<string, Uint8Array<ArrayBuffer>>, { key, to }: FileChange): void {
  if (to) files.set(key, to);
  else files.delete(key);
}

/** @throws Fault "conflict" where a file is not as it is to be before its change */
async function checkDisk(
  store: Store,
  path: string,
  changes: readonly FileChange[],
  options: Options,
): Promise<void> {
  await Promise.all(
    changes.map(async ({ key, from }) => {
      const now = await store.get(keyOf(path, key), options);
      if (!sameBytes(now, from)) throw changedOnDisk(path, key);
    }),
  );
}

function changedOnDisk(path: string, key: string): Fault {
  return new Fault(
    "conflict",
    `The table ${path} changed on disk since it was opened: its file ${key} is another`,
    { where: `${path}/${key}` },
  );
}

/** What an AnnData group may hold beside the table, a row for each of the table's. */
const ROW_COMPANIONS = ["layers", "obsm", "obsp", "raw"];

/** @throws Fault "unsupported" where rows would no longer fit to what else the group holds for each of them */
async function refuseOtherRows(
  store: WritableStore,
  table: Table,
  options: Options,
): Promise<void> {
  if (table.backend !== "anndata") return;
  for (const name of ROW_COMPANIONS) {
    const entries = await store.list(keyOf(table.path, name), options);
    if (entries.some(({ kind }) => kind === "directory"))
      throw new Fault(
        "unsupported",
        `ROIs cannot be added to or taken from ${table.path}: it holds ${name} of as many rows, which Fovea cannot edit`,
        { where: `${table.path}/${name}` },
      );
  }
}
