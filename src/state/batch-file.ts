/** What is kept of a batch: one small file in the private file system, so that a page that was closed finds it again. */
import { jsonBytes, readJson } from "../zarr/json-file.ts";
import { openStore } from "../zarr/open-store.ts";
import {
  keyOf,
  type Options,
  type StoreSpec,
  type WritableStore,
  writable,
} from "../zarr/store.ts";
import type { Batch } from "./batch-state.ts";

const FILE = keyOf("batch.json");

/** One batch's file; without a folder nothing is kept. */
export class BatchFile {
  readonly #store: WritableStore | undefined;

  constructor(folder: StoreSpec | undefined) {
    this.#store = folder && writable(openStore(folder));
  }

  get isKept(): boolean {
    return this.#store !== undefined;
  }

  /** The batch of this folder; undefined where there is none, or none that this version understands. */
  async read(options: Options = {}): Promise<Batch | undefined> {
    const kept = this.#store && (await readJson(this.#store, FILE, options));
    // Written by this very code, as the number says.
    return kept?.["batch"] === 1 ? (kept as unknown as Batch) : undefined;
  }

  async write(batch: Batch): Promise<void> {
    await this.#store?.set(FILE, jsonBytes(batch));
  }

  async remove(): Promise<void> {
    await this.#store?.delete(FILE);
  }
}
