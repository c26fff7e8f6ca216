/** Copies a group, file by file, before it is replaced, and puts it back: costs its bytes on disk once more. */
import { type Key, keyOf, type Options, type WritableStore } from "../zarr/store.ts";

/** Files that make a group or an array exist; put back last, so that what can be found is whole. */
const METADATA = /\/(?:zarr\.json|\.zgroup|\.zarray|\.zattrs)$/;

/** Copies all files below a folder of one store to a folder of another, metadata last. */
export async function copyFolder(
  from: WritableStore,
  source: Key,
  to: WritableStore,
  target: Key,
  options: Options = {},
): Promise<void> {
  const names = await filesBelow(from, source, options);
  const inOrder = [
    ...names.filter((name) => !METADATA.test(name)),
    ...names.filter((name) => METADATA.test(name)),
  ];
  for (const name of inOrder) {
    const bytes = await from.get(keyOf(source.slice(1), name.slice(1)), options);
    if (bytes) await to.set(keyOf(target.slice(1), name.slice(1)), bytes, options);
  }
}

/** The keys of files, relative to the folder, each beginning with "/". */
async function filesBelow(store: WritableStore, folder: Key, options: Options): Promise<string[]> {
  const found: string[] = [];
  for (const { name, kind } of await store.list(folder, options)) {
    if (kind === "file") found.push(`/${name}`);
    else {
      const below = await filesBelow(store, keyOf(folder.slice(1), name), options);
      for (const file of below) found.push(`/${name}${file}`);
    }
  }
  return found;
}
