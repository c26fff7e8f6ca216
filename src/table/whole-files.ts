/** The files of a table that is put elsewhere: those that were read, and what no reader of the table asks for. */
import type { ZarrFormat } from "../zarr/array.ts";
import { jsonBytes } from "../zarr/json-file.ts";
import { emptyGroups } from "./anndata-write.ts";
import type { Table, TableFiles } from "./table.ts";

/**
 * Reading asks for no more than it needs: in Zarr v2 a group is known by its attributes, without ".zgroup", and the empty
 * groups of AnnData are not looked at. Without them zarr-python and anndata find no table.
 *
 * @returns all files by key, the group's own metadata last
 */
export function wholeFiles({ backend, zarrFormat }: Table, files: TableFiles): TableFiles {
  const whole = new Map(files);
  // A copy of metadata would name what is not here.
  whole.delete(".zmetadata");
  if (backend === "anndata") addEmptyGroups(whole, zarrFormat);
  if (zarrFormat === 2) addGroups(whole);
  for (const key of [".zattrs", ".zgroup", "zarr.json"]) {
    const bytes = whole.get(key);
    whole.delete(key);
    if (bytes) whole.set(key, bytes);
  }
  return whole;
}

/** Each folder there is, the table's own, "", among them. */
function foldersOf(files: TableFiles): ReadonlySet<string> {
  const folders = new Set<string>([""]);
  for (const key of files.keys())
    for (let at = key.lastIndexOf("/"); at > 0; at = key.lastIndexOf("/", at - 1))
      folders.add(key.slice(0, at));
  return folders;
}

/** Whether a folder is an array, or holds chunks of one. */
function isInArray(folder: string, files: TableFiles): boolean {
  for (let path = folder; path !== ""; path = path.slice(0, Math.max(0, path.lastIndexOf("/"))))
    if (files.has(`${path}/.zarray`)) return true;
  return false;
}

type Files = Map<string, Uint8Array<ArrayBuffer>>;

function addEmptyGroups(files: Files, format: ZarrFormat): void {
  const there = new Set([...files.keys()].map((key) => key.split("/")[0]));
  for (const [name, group] of emptyGroups(format)) {
    if (there.has(name)) continue;
    for (const [file, bytes] of group) files.set(`${name}/${file}`, bytes);
  }
}

function addGroups(files: Files): void {
  for (const folder of foldersOf(files)) {
    const key = folder === "" ? ".zgroup" : `${folder}/.zgroup`;
    if (!isInArray(folder, files) && !files.has(key)) files.set(key, jsonBytes({ zarr_format: 2 }));
  }
}
