/**
 * The journal of saves: a folder where a change of several files is kept whole before the first of them is touched, so
 * that a save cut off at any point can be finished. An entry is `<source>/<entry>/` with the old and new bytes of each
 * file and a header, which is written last and deleted first: an entry without one has nothing to say.
 */
import { sameBytes } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import {
  isJsonObject,
  type Json,
  type JsonObject,
  listAt,
  numberAt,
  textAt,
} from "../base/json.ts";
import type { ZarrFormat } from "../zarr/array.ts";
import { jsonBytes, readJson } from "../zarr/json-file.ts";
import { type Key, keyOf, type Options, type Store, type WritableStore } from "../zarr/store.ts";
import type { TableFiles } from "./table.ts";
import type { Relisting } from "./table-list.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** One file's bytes before and after; undefined where it is not there. */
export interface FileChange {
  /** Below the table's group. */
  readonly key: string;
  readonly from: Bytes | undefined;
  readonly to: Bytes | undefined;
}

/** What becomes of an image's list of tables once the new files are there, and before the old ones go. */
export interface ListChange extends Relisting {
  readonly imagePath: string;
  readonly format: ZarrFormat;
}

/** A save that was begun, or with a change of the list a table that is being copied, renamed or deleted. */
export interface Entry {
  readonly name: string;
  /** Inside the source: the table's path, or with a change of the list that of the folder of tables. */
  readonly path: string;
  readonly changes: readonly FileChange[];
  readonly list?: ListChange;
}

/** What has to happen to the files of `from` so that they are those of `to`. */
export function changesBetween(from: TableFiles, to: TableFiles): FileChange[] {
  const keys = [...new Set([...to.keys(), ...from.keys()])];
  return keys
    .map((key) => ({ key, from: from.get(key), to: to.get(key) }))
    .filter((change) => !sameBytes(change.from, change.to));
}

/** What is told while files are written. */
export interface Written {
  /** Each change, before its file is touched. */
  readonly onBegin?: ((change: FileChange) => void) | undefined;
  /** How much of the bytes is written, 0 to 1. */
  readonly onWritten?: ((done: number) => void) | undefined;
}

/** Makes changes one after the other: nothing stops them on request, half of them would be worse than all. */
export async function putChanges(
  store: WritableStore,
  { path, changes }: Pick<Entry, "path" | "changes">,
  { onBegin, onWritten }: Written = {},
): Promise<void> {
  const bytes = changes.reduce((sum, { to }) => sum + (to?.byteLength ?? 0), 0);
  let written = 0;
  onWritten?.(0);
  for (const change of changes) {
    onBegin?.(change);
    const key = keyOf(path, change.key);
    await (change.to ? store.set(key, change.to) : store.delete(key));
    written += change.to?.byteLength ?? 0;
    onWritten?.(bytes === 0 ? 1 : written / bytes);
  }
}

/** The changes that are still to be made. @throws Fault "conflict" where a file is neither as before its change nor as after it */
export async function undoneOf(
  store: Store,
  { path, changes }: Pick<Entry, "path" | "changes">,
  options: Options = {},
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

export function changedMeanwhile(where: string): Fault {
  const sentence = `${where} was changed by someone else meanwhile, and is left as it is`;
  return new Fault("conflict", sentence, { where });
}

/** Keeps a change; it counts once this returns. */
export async function keepEntry(
  journal: WritableStore,
  source: string,
  path: string,
  changes: readonly FileChange[],
  options: Options,
  list?: ListChange,
): Promise<Entry> {
  const name = crypto.randomUUID();
  const files: JsonObject[] = [];
  for (const [number, { key, from, to }] of changes.entries()) {
    files.push({ key, number, from: from !== undefined, to: to !== undefined });
    if (from) await journal.set(keyIn(source, name, `${number}.from`), from, options);
    if (to) await journal.set(keyIn(source, name, `${number}.to`), to, options);
  }
  const header = { version: 1, source, path, files, ...(list ? { list: { ...list } } : {}) };
  await journal.set(keyIn(source, name, HEADER), jsonBytes(header), options);
  return { name, path, changes, ...(list ? { list } : {}) };
}

/** Takes an entry away: from the moment its header is gone it counts for nothing. */
export async function dropEntry(
  journal: WritableStore,
  source: string,
  name: string,
): Promise<void> {
  await journal.delete(keyIn(source, name, HEADER));
  await journal.delete(keyIn(source, name));
}

/** The names of a source's entries, those that were never finished writing included. */
export async function entryNames(
  journal: WritableStore,
  source: string,
  options: Options,
): Promise<string[]> {
  const entries = await journal.list(keyIn(source), options);
  return entries.map(({ name }) => name);
}

/** An entry; undefined where it has no header. @throws Fault "invalid" where it is not what a header says */
export async function readEntry(
  journal: WritableStore,
  source: string,
  name: string,
  options: Options,
): Promise<Entry | undefined> {
  const header = await readJson(journal, keyIn(source, name, HEADER), options);
  if (header === undefined) return undefined;
  const path = textAt(header, "path");
  if (header["version"] !== 1 || header["source"] !== source || path === undefined)
    throw new Fault("invalid", `The entry ${name} of the journal of saves cannot be understood`);
  const changes: FileChange[] = [];
  for (const file of listAt(header, "files")) {
    if (!isJsonObject(file)) continue;
    const number = numberAt(file, "number");
    const bytes = (side: "from" | "to") =>
      file[side] ? kept(journal, keyIn(source, name, `${number}.${side}`), options) : undefined;
    const [from, to] = await Promise.all([bytes("from"), bytes("to")]);
    changes.push({ key: textAt(file, "key") ?? "", from, to });
  }
  const list = listChange(header);
  return { name, path, changes, ...(list ? { list } : {}) };
}

function listChange(header: Json): ListChange | undefined {
  const list = isJsonObject(header) ? header["list"] : undefined;
  const imagePath = textAt(list, "imagePath");
  if (imagePath === undefined) return undefined;
  const [from, to, at] = [textAt(list, "from"), textAt(list, "to"), numberAt(list, "at")];
  return {
    imagePath,
    format: numberAt(list, "format") === 3 ? 3 : 2,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(at === undefined ? {} : { at }),
  };
}

async function kept(journal: Store, key: Key, options: Options): Promise<Bytes> {
  const bytes = await journal.get(key, options);
  if (bytes) return bytes;
  throw new Fault("invalid", `The journal of saves lacks its file ${key}`, { where: key });
}

const HEADER = "header.json";

function keyIn(source: string, ...names: readonly string[]): Key {
  return keyOf(encodeURIComponent(source), ...names);
}
