/** What a store of bytes is, and how one is named in a message or a test: as plain data. */
import { Fault } from "../base/fault.ts";

/** Where bytes live. Crosses threads by structured clone (a memory store is copied by it). */
export type StoreSpec =
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "directory"; readonly handle: FileSystemDirectoryHandle }
  | { readonly kind: "memory"; readonly entries: Map<string, Uint8Array<ArrayBuffer>> };

/** A key as zarrita writes it: absolute, "/" between names. */
export type Key = `/${string}`;

export interface Options {
  readonly signal?: AbortSignal;
}

export type Range =
  | { readonly offset: number; readonly length: number }
  | { readonly suffixLength: number };

/**
 * A place bytes are read from; a zarrita `AsyncReadable`. Returned arrays own their whole buffer.
 * @returns `undefined` for what is missing; of a range what there is of it, which beyond the end is nothing
 * @throws Fault "aborted"; "denied" by browser or server; in a folder also "input", "conflict"; on the web also "offline",
 * "cors", "http", "html", "crashed", "invalid" (another part than asked for) and "unsupported" (no parts of large files)
 */
export interface Store {
  readonly spec: StoreSpec;
  get(key: Key, options?: Options): Promise<Uint8Array<ArrayBuffer> | undefined>;
  getRange(key: Key, range: Range, options?: Options): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /**
   * Asked where a refused file may be one that is not there: what to say where the store now refuses also what it gave
   * before, so that its refusals say nothing of a file; undefined where it still gives that, or gave nothing yet.
   */
  lapse?(options?: Options): Promise<Fault | undefined>;
}

export interface Entry {
  readonly name: string;
  readonly kind: "file" | "directory";
}

/** A store that can also be written and listed. Each `set` replaces one file whole or not at all. */
export interface WritableStore extends Store {
  set(key: Key, bytes: Uint8Array<ArrayBuffer>, options?: Options): Promise<void>;
  /** Removes a file, or a folder with all it holds; what is not there is left so. */
  delete(key: Key, options?: Options): Promise<void>;
  /** What a folder holds, without leftovers of killed writes; nothing for a folder that is not there. */
  list(folder: Key, options?: Options): Promise<readonly Entry[]>;
}

export function isWritable(store: Store): store is WritableStore {
  return "set" in store;
}

/** The store as one that can be written; @throws Fault "readonly". */
export function writable(store: Store): WritableStore {
  if (isWritable(store)) return store;
  throw new Fault(
    "readonly",
    "This source can only be read: it is a web address, and Fovea cannot write there",
  );
}

/** A path below another; "" is the root. */
export function below(...path: readonly string[]): string {
  return path.filter((part) => part !== "").join("/");
}

/** The key of a path inside the store; "" is the root. */
export function keyOf(...path: readonly string[]): Key {
  return `/${below(...path)}`;
}
