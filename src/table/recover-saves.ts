/** Finishing the saves that were cut off: all of a source when it is opened, those of a table before the next save of it. */
import { sameBytes } from "../base/bytes.ts";
import { type Fault, isFault } from "../base/fault.ts";
import { keyOf, type Options, type Store, type WritableStore, writable } from "../zarr/store.ts";
import { finishMove } from "./finish-move.ts";
import {
  dropEntry,
  type Entry,
  entryNames,
  type FileChange,
  putChanges,
  readEntry,
  undoneOf,
} from "./save-journal.ts";

/** What became of the saves that were cut off. */
export interface Recovered {
  /** The paths of the tables whose change was finished. */
  readonly finished: readonly string[];
  /**
   * What cannot be finished, since the disk has been changed since or the entry cannot be understood, and then its path
   * is not known. A save is kept until the table is saved again; a copy, renaming or deletion while its journal holds
   * what is nowhere else.
   */
  readonly conflicts: readonly {
    readonly path: string | undefined;
    readonly fault: Fault;
  }[];
}

/** Finishes the saves to a source that were cut off; to be called when it is opened, before its tables are read. */
export async function recoverSaves(
  source: Store,
  journal: WritableStore,
  identity: string,
  options: Options = {},
): Promise<Recovered> {
  const finished: string[] = [];
  const conflicts: Recovered["conflicts"][number][] = [];
  for (const name of await entryNames(journal, identity, options)) {
    let entry: Entry | undefined;
    try {
      entry = await readEntry(journal, identity, name, options);
      if (entry) {
        await finish(writable(source), journal, identity, entry, options);
        finished.push(subjectOf(entry));
      } else await dropEntry(journal, identity, name);
    } catch (error) {
      // Neither keeps the entries after it from being finished.
      if (!isFault(error, "conflict") && !isFault(error, "invalid")) throw error;
      conflicts.push({ path: entry && subjectOf(entry), fault: error });
      if (entry?.list && isFault(error, "conflict") && (await isElsewhere(source, entry, options)))
        await dropEntry(journal, identity, name);
    }
  }
  return { finished, conflicts };
}

/** Whether each file of an entry is in some table of the folder, or has been written anew by somebody else. */
async function isElsewhere(
  source: Store,
  { path, changes }: Entry,
  options: Options,
): Promise<boolean> {
  const folder = await writable(source).list(keyOf(path), options);
  const tables = folder.flatMap(({ name, kind }) => (kind === "directory" ? [name] : []));
  for (const { key, from, to } of changes) {
    const below = key.slice(key.indexOf("/") + 1);
    const places = tables.map((table) => source.get(keyOf(path, table, below), options));
    const isThere = (await Promise.all(places)).some((bytes) => sameBytes(bytes, to ?? from));
    const isReplaced = to === undefined && (await source.get(keyOf(path, key), options));
    if (!isThere && !isReplaced) return false;
  }
  return true;
}

/** The path of the table that an entry is about. */
function subjectOf({ path, list }: Entry): string {
  return list ? `${path}/${list.to ?? list.from}` : path;
}

interface Pending {
  readonly journal: WritableStore | undefined;
  readonly identity: string;
  /** The table's. */
  readonly path: string;
}

/** Finishes what earlier saves of a table left. @returns what that changed, and the entries that cannot be finished */
export async function finishPending(
  store: WritableStore,
  { journal, identity, path }: Pending,
  options: Options,
): Promise<{ readonly changes: readonly FileChange[]; readonly stale: readonly string[] }> {
  const changes: FileChange[] = [];
  const stale: string[] = [];
  if (journal === undefined) return { changes, stale };
  for (const name of await entryNames(journal, identity, options)) {
    const entry = await readEntry(journal, identity, name, options).catch((error: unknown) => {
      // If it is of this table and halfway through, the disk is not as it was, which is found out next.
      if (isFault(error, "invalid")) return undefined;
      throw error;
    });
    if (entry?.path !== path) continue;
    try {
      await finish(store, journal, identity, entry, options);
      changes.push(...entry.changes);
    } catch (error) {
      if (!isFault(error, "conflict")) throw error;
      stale.push(name);
    }
  }
  return { changes, stale };
}

async function finish(
  store: WritableStore,
  journal: WritableStore,
  identity: string,
  { name, path, changes, list }: Entry,
  options: Options,
): Promise<void> {
  if (list) {
    await finishMove(store, { path, changes }, list, options);
    return dropEntry(journal, identity, name);
  }
  const left = await undoneOf(store, { path, changes }, options);
  await putChanges(store, { path, changes: left });
  await dropEntry(journal, identity, name);
}
