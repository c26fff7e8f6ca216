/** What is kept of a batch: one small file in the private file system, so that a page that was closed finds it again. */
import { objectAt } from "../base/json.ts";
import {
  anyFlag,
  anyNumber,
  anyText,
  listOf,
  objectOf,
  oneOf,
  optional,
  type Shape,
  shaped,
} from "../base/json-shape.ts";
import { knowsRecipe, recipeShape } from "../tasks/recipe-shape.ts";
import type { Counts } from "../tasks/run-sentence.ts";
import { jsonBytes, readJson } from "../zarr/json-file.ts";
import { openStore } from "../zarr/open-store.ts";
import {
  keyOf,
  type Options,
  type StoreSpec,
  type WritableStore,
  writable,
} from "../zarr/store.ts";
import type { Batch, WellRun } from "./batch-state.ts";

const FILE = keyOf("batch.json");

const counts = objectOf<Counts>({
  objects: anyNumber,
  done: anyNumber,
  failed: anyNumber,
  skipped: anyNumber,
  areFovs: anyFlag,
  channels: anyNumber,
  chunks: anyNumber,
  mostWrites: anyNumber,
});

const batchShape: Shape<Batch> = objectOf<Batch>({
  batch: oneOf(1),
  id: anyText,
  recipe: recipeShape,
  isEnded: anyFlag,
  wells: listOf(
    objectOf<WellRun>({
      well: anyText,
      name: anyText,
      image: anyText,
      state: oneOf("waiting", "running", "done", "failed", "skipped", "taken"),
      why: anyText,
      replace: anyFlag,
      counts: optional(counts),
      failures: optional(listOf(objectOf({ id: anyNumber, name: anyText, note: anyText }))),
    }),
  ),
});

/** One batch's file; without a folder nothing is kept. */
export class BatchFile {
  readonly #store: WritableStore | undefined;

  constructor(folder: StoreSpec | undefined) {
    this.#store = folder && writable(openStore(folder));
  }

  get isKept(): boolean {
    return this.#store !== undefined;
  }

  /**
   * The batch of this folder; undefined where there is none, or none that this version understands.
   * @throws Fault "invalid" where the file is not as it was written
   */
  async read(options: Options = {}): Promise<Batch | undefined> {
    const kept = this.#store && (await readJson(this.#store, FILE, options));
    if (kept?.["batch"] !== 1 || !knowsRecipe(objectAt(kept, "recipe"))) return undefined;
    return shaped(kept, batchShape, FILE);
  }

  async write(batch: Batch): Promise<void> {
    await this.#store?.set(FILE, jsonBytes(batch));
  }

  async remove(): Promise<void> {
    await this.#store?.delete(FILE);
  }
}
