/**
 * The way of a table to another name, or to none: new files first, then the list in one go, old files last. It can be gone
 * again from wherever it was cut off.
 */
import type { ZarrFormat } from "../zarr/array.ts";
import { keyOf, type Options, type Store, type WritableStore } from "../zarr/store.ts";
import {
  changedMeanwhile,
  type Entry,
  type FileChange,
  type ListChange,
  putChanges,
  undoneOf,
  type Written,
} from "./save-journal.ts";
import type { TableFiles } from "./table.ts";
import { listTables, relist } from "./table-list.ts";

/**
 * Does what is left to do of a copy, renaming or deletion.
 * @param told of the new files it writes
 * @throws Fault "conflict" where a file is neither as it was nor as it is to be; the list then names what is whole
 */
export async function finishMove(
  store: WritableStore,
  { path, changes }: Pick<Entry, "path" | "changes">,
  list: ListChange,
  options: Options,
  told: Written = {},
): Promise<void> {
  const { imagePath, format, from, to } = list;
  const isListed = await listing(store, imagePath, format, options);
  const isRelisted = to === undefined ? !isListed(from) : isListed(to);
  // Once the list has changed, the new table is its user's, who may have saved to it since.
  const copies = isRelisted
    ? []
    : await undoneOf(store, { path, changes: changes.filter(isCopy) }, options);
  const removals = changes.filter((change) => !isCopy(change));
  const left = await undoneOf(store, { path, changes: removals }, options);
  if (isRelisted && left.length > 0 && isListed(from)) throw changedMeanwhile(`${path}/${from}`);
  await putChanges(store, { path, changes: copies }, told);
  if (!isRelisted) await relist(store, imagePath, list, format);
  // The group's own metadata first: what is left of a group that is none is no table to anybody.
  for (const { key } of left.toReversed()) await store.delete(keyOf(path, key));
  if (from !== undefined) await deleteEmpty(store, `${path}/${from}`);
}

/** Tells which names the list itself says. */
export async function listing(
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
export async function deleteEmpty(store: WritableStore, path: string): Promise<void> {
  if ((await filesBelow(store, path, {})).size === 0) await store.delete(keyOf(path));
}

function isCopy({ to }: FileChange): boolean {
  return to !== undefined;
}

/** Every file of a group, those of its own metadata last: a group without them is none yet. */
export async function filesBelow(
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
