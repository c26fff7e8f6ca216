/** A folder on disk that other programs write to meanwhile, as a store: each read sees what is there now. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sliceOf } from "../../src/zarr/memory-store.ts";
import type { Entry, Key, Range, StoreSpec, WritableStore } from "../../src/zarr/store.ts";

export class DiskStore implements WritableStore {
  /** Nothing that is sent to another thread. */
  readonly spec: StoreSpec = { kind: "memory", entries: new Map() };
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async get(key: Key): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const file = join(this.#root, key);
    const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
    return isFile ? Uint8Array.from(readFileSync(file)) : undefined;
  }

  async getRange(key: Key, range: Range): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = await this.get(key);
    return bytes && sliceOf(bytes, range);
  }

  async set(key: Key, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const file = join(this.#root, key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }

  async delete(key: Key): Promise<void> {
    rmSync(join(this.#root, key), { recursive: true, force: true });
  }

  async list(folder: Key): Promise<readonly Entry[]> {
    const path = join(this.#root, folder);
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
    return readdirSync(path, { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      kind: entry.isDirectory() ? "directory" : "file",
    }));
  }
}
