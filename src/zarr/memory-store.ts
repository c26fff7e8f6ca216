/** A store in memory: for tests, for what is made before it is saved, and for small things sent to a worker. */
import { throwIfStopped } from "../base/abort.ts";
import type { Entry, Key, Options, Range, StoreSpec, WritableStore } from "./store.ts";

export type MemorySpec = Extract<StoreSpec, { kind: "memory" }>;

/** Entries are named by whole keys ("/0/.zarray"); bytes are copied in and out, so that nobody shares them. */
export class MemoryStore implements WritableStore {
  readonly spec: MemorySpec;

  /** @param spec an empty one unless given. */
  constructor(spec: MemorySpec = { kind: "memory", entries: new Map() }) {
    this.spec = spec;
  }

  async get(key: Key, { signal }: Options = {}): Promise<Uint8Array<ArrayBuffer> | undefined> {
    throwIfStopped(signal);
    return this.spec.entries.get(key)?.slice();
  }

  async getRange(
    key: Key,
    range: Range,
    { signal }: Options = {},
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    throwIfStopped(signal);
    const bytes = this.spec.entries.get(key);
    return bytes && sliceOf(bytes, range);
  }

  async set(key: Key, bytes: Uint8Array<ArrayBuffer>, { signal }: Options = {}): Promise<void> {
    throwIfStopped(signal);
    this.spec.entries.set(key, bytes.slice());
  }

  async delete(key: Key, { signal }: Options = {}): Promise<void> {
    throwIfStopped(signal);
    for (const name of this.spec.entries.keys())
      if (name === key || name.startsWith(folderPrefix(key))) this.spec.entries.delete(name);
  }

  async list(folder: Key, { signal }: Options = {}): Promise<readonly Entry[]> {
    throwIfStopped(signal);
    const prefix = folderPrefix(folder);
    const found = new Map<string, Entry>();
    for (const key of this.spec.entries.keys()) {
      if (!key.startsWith(prefix)) continue;
      const [name = "", ...rest] = key.slice(prefix.length).split("/");
      found.set(name, { name, kind: rest.length > 0 ? "directory" : "file" });
    }
    return [...found.values()];
  }
}

const folderPrefix = (key: Key): string => (key === "/" ? key : `${key}/`);

/** The bytes a range names, as a copy; cut off at the file's end. */
export function sliceOf(bytes: Uint8Array<ArrayBuffer>, range: Range): Uint8Array<ArrayBuffer> {
  if ("suffixLength" in range) return bytes.slice(Math.max(0, bytes.length - range.suffixLength));
  return bytes.slice(range.offset, range.offset + range.length);
}
