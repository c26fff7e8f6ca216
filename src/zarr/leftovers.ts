/** What killed writes leave in a folder, and how to clear it away. */
import { throwIfStopped } from "../base/abort.ts";
import { type Key, keyOf, type Options, type Store } from "./store.ts";

/** Whether a name is that of a half-written file, as Chromium keeps it beside the real one. */
export function isSwap(name: string): boolean {
  return name.endsWith(".crswap");
}

const METADATA = new Set(["zarr.json", ".zarray", ".zgroup", ".zattrs", ".zmetadata"]);

/** Whether an empty file of this name can only be a leftover: a chunk ("0", "c.0.1") or metadata, not "notes.txt". */
function isNeverEmpty(name: string): boolean {
  return METADATA.has(name) || !/\.[a-z]\w*$/i.test(name);
}

/**
 * Removes what killed writes left below a folder; call it before writing, while nobody else writes there.
 * Only a directory store has leftovers.
 * @returns the keys removed
 */
export async function sweep(
  store: Store,
  folder: string,
  { signal }: Options = {},
): Promise<readonly Key[]> {
  if (store.spec.kind !== "directory") return [];
  const found = await folderAt(store.spec.handle, folder);
  const removed: Key[] = [];
  if (found !== undefined) await sweepFolder(found, keyOf(folder), removed, signal);
  return removed;
}

async function folderAt(
  root: FileSystemDirectoryHandle,
  path: string,
): Promise<FileSystemDirectoryHandle | undefined> {
  let handle = root;
  try {
    for (const name of path.split("/").filter((part) => part !== ""))
      handle = await handle.getDirectoryHandle(name);
  } catch (error) {
    if (error instanceof Error && error.name === "NotFoundError") return undefined;
    throw error;
  }
  return handle;
}

async function sweepFolder(
  folder: FileSystemDirectoryHandle,
  key: Key,
  removed: Key[],
  signal: AbortSignal | undefined,
): Promise<void> {
  for await (const [name, handle] of folder.entries()) {
    throwIfStopped(signal);
    const here: Key = key === "/" ? `/${name}` : `${key}/${name}`;
    if (handle.kind === "directory") await sweepFolder(handle, here, removed, signal);
    else if (await isLeftover(name, handle)) {
      await folder.removeEntry(name);
      removed.push(here);
    }
  }
}

async function isLeftover(name: string, file: FileSystemFileHandle): Promise<boolean> {
  if (isSwap(name)) return true;
  return isNeverEmpty(name) && (await file.getFile()).size === 0;
}
