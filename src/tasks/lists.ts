/** The lists that make a group visible to other tools: of labels, of tables, of a well's images. */
import { labelsPath, parseLabels } from "../ome/labels.ts";
import type { Image } from "../ome/multiscale.ts";
import { registerLabel, unregisterLabel } from "../ome/register-label.ts";
import { isInWell, registerInWell, unregisterInWell } from "../ome/register-well-image.ts";
import { listTables, relist } from "../table/table-list.ts";
import { dropConsolidated } from "../zarr/consolidated.ts";
import { readNode } from "../zarr/node.ts";
import { below, keyOf, type Options, writable } from "../zarr/store.ts";
import type { MadeGroup } from "./journal.ts";

type Listed = Pick<MadeGroup, "list" | "name">;

/** The group that holds a list; undefined for a well's, which is there wherever an image of it is. */
function listPath(image: Image, list: MadeGroup["list"]): string | undefined {
  return list === "images" ? undefined : below(image.path, list);
}

/** Whether the group that would hold the list is not there. */
export async function isListMissing(
  image: Image,
  { list }: Pick<Listed, "list">,
  options: Options,
): Promise<boolean> {
  const path = listPath(image, list);
  if (path === undefined) return false;
  const { store, zarrFormat: format } = image;
  return (await readNode(store, path, { ...options, format })) === undefined;
}

/** Removes the group of a list, if nothing is left in it. */
export async function dropEmptyList(
  image: Image,
  { list }: Pick<Listed, "list">,
  options: Options,
): Promise<void> {
  const path = listPath(image, list);
  if (path === undefined) return;
  const store = writable(image.store);
  const entries = await store.list(keyOf(path), options);
  if (entries.some(({ kind, name }) => kind === "directory" || !METADATA.has(name))) return;
  await dropConsolidated(store, path, image.zarrFormat, options);
  await store.delete(keyOf(path), options);
}

const METADATA: ReadonlySet<string> = new Set(["zarr.json", ".zgroup", ".zattrs", ".zmetadata"]);

/** Whether a name is on its list. */
export async function isListed(
  image: Image,
  { list, name }: Listed,
  options: Options,
): Promise<boolean> {
  const { store, path, zarrFormat: format } = image;
  switch (list) {
    case "labels": {
      const group = await readNode(store, labelsPath(path), { ...options, format });
      return parseLabels(group?.attributes ?? {}).includes(name);
    }
    case "tables": {
      const { names, unlisted } = await listTables(store, path, format, options);
      return names.includes(name) && !unlisted.includes(name);
    }
    case "images":
      return isInWell(image, name, options);
  }
}

/** Puts a name on its list, if it is not there. */
export async function enlist(
  image: Image,
  { list, name }: Listed,
  options: Options,
): Promise<void> {
  switch (list) {
    case "labels":
      return registerLabel(image, name, options);
    case "tables":
      return relist(image.store, image.path, { to: name }, image.zarrFormat, options);
    case "images":
      return registerInWell(image, name, options);
  }
}

/** Takes a name off its list, if it is there. */
export async function unlist(
  image: Image,
  { list, name }: Listed,
  options: Options,
): Promise<void> {
  switch (list) {
    case "labels":
      return unregisterLabel(image, name, options);
    case "tables":
      return relist(image.store, image.path, { from: name }, image.zarrFormat, options);
    case "images":
      return unregisterInWell(image, name, options);
  }
}
