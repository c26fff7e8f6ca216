/**
 * The journal of a run: a folder that lets it go on after a kill, and be taken back. `run.json` says what was asked for;
 * each file below `journal/` holds one or more records and is written whole before the next, so that wherever a run is
 * killed the records that are there are the first ones that were made. `epoch.json` counts who runs it: whoever finds
 * another number than its own must not write any more.
 */
import { Fault } from "../base/fault.ts";
import { type JsonObject, numberAt, objectAt } from "../base/json.ts";
import { listOf, objectOf, type Shape, shaped } from "../base/json-shape.ts";
import { jsonBytes, readJson } from "../zarr/json-file.ts";
import { type Key, keyOf, type Options, type WritableStore } from "../zarr/store.ts";
import { headerShape } from "./journal-shape.ts";
import type { Makes } from "./makes.ts";
import type { Recipe } from "./recipe.ts";
import { knowsRecipe } from "./recipe-shape.ts";
import { forgetRun } from "./run-folder.ts";
import type { UnitReport } from "./summary.ts";

/** What was asked for: all that is needed to go on. */
export interface RunHeader {
  /** Its shape; recipes that the catalogue no longer knows are told apart by themselves. */
  readonly journal: 2;
  /** Of this run; the unfinished output names it too. */
  readonly id: string;
  readonly recipe: Recipe;
  readonly makes: Makes;
  readonly replace: boolean;
  /** Fovea's version. */
  readonly version: string;
  /** The image inside its store. */
  readonly path: string;
  /** Of the plan's units, the recipe and the arrays read and written. */
  readonly planHash: string;
  /** ISO 8601. */
  readonly begin: string;
}

/** A group that the run makes, and whether one that was there lies aside. */
export interface MadeGroup {
  /** The list that makes it visible. */
  readonly list: "labels" | "tables" | "images";
  readonly name: string;
  readonly path: string;
  /** "itself" is the image that is processed, in place: its pixels from before lie aside. */
  readonly before: "nothing" | "unlisted" | "listed" | "itself";
  /** The list's own group was not there either. */
  readonly isListNew?: true;
}

export type JournalRecord =
  /** What is to be replaced is copied; from here on it may be removed. */
  | { readonly kind: "kept"; readonly groups: readonly MadeGroup[] }
  /** The output's metadata stands, unlisted. */
  | { readonly kind: "made" }
  /** A unit has its ids; its chunks may not be stored yet. Rows are those of the table. */
  | {
      readonly kind: "retired";
      readonly unit: number;
      readonly report: UnitReport;
      readonly rows?: JsonObject;
    }
  /** A chunk is as it will be; it is no file where it holds only fill. Objects are those of a label with a table of them. */
  | {
      readonly kind: "stored";
      readonly level: number;
      readonly coords: readonly number[];
      readonly isFile: boolean;
      readonly objects?: readonly (readonly number[])[];
    }
  /** All is written and listed. */
  | { readonly kind: "ended"; readonly repeats: number; readonly ms: number }
  /** What failed is tried again. */
  | { readonly kind: "retry"; readonly units: readonly number[] };

const HEADER = keyOf("run.json");
const EPOCH = keyOf("epoch.json");
const RECORDS = keyOf("journal");
const SPILL = "spill";

/**
 * Begins the journal of a new run in a folder of its own, over what another run left there.
 * @param keep puts there, before the run has begun, what it cannot go on without
 */
export async function beginJournal(
  folder: WritableStore,
  header: RunHeader,
  keep: ((folder: WritableStore, options: Options) => Promise<void>) | undefined,
  options: Options = {},
): Promise<Journal> {
  await forgetRun(folder, options);
  await keep?.(folder, options);
  await folder.set(EPOCH, jsonBytes({ epoch: 1 }), options);
  await folder.set(HEADER, jsonBytes(header), options);
  return new Journal(folder, 1);
}

/** Goes on with a journal in an epoch of its own: whoever wrote before is shut out. */
export async function continueJournal(
  folder: WritableStore,
  options: Options = {},
): Promise<Journal> {
  const epoch = (await epochOf(folder, options)) + 1;
  await folder.set(EPOCH, jsonBytes({ epoch }), options);
  await folder.delete(keyOf(SPILL), options);
  return new Journal(folder, epoch);
}

/**
 * What was asked for; undefined where no run was begun.
 * @throws Fault "unsupported" where another version of Fovea began it, which can be taken back and no more; "invalid"
 * where the file is not as it was written
 */
export async function readHeader(
  folder: WritableStore,
  options: Options = {},
): Promise<RunHeader | undefined> {
  const header = await readJson(folder, HEADER, options);
  if (header === undefined) return undefined;
  if (header["journal"] !== 2 || !knowsRecipe(objectAt(header, "recipe")))
    throw new Fault(
      "unsupported",
      "Another version of Fovea began a run on this image, and this one cannot go on with it",
    );
  return shaped(header, headerShape, HEADER);
}

/**
 * The records that were made, in order.
 * @param shape what they must say at least: those of another version of Fovea may say other things beside
 * @throws Fault "invalid" where a file is not as it was written
 */
export async function readRecords<T>(
  folder: WritableStore,
  shape: Shape<T>,
  options: Options = {},
): Promise<readonly T[]> {
  const found = await folder.list(RECORDS, options);
  const names = found.map(({ name }) => name).sort();
  const file = objectOf({ records: listOf(shape) });
  const records: T[] = [];
  for (const name of names) {
    const key = keyOf("journal", name);
    const json = await readJson(folder, key, options);
    if (json) records.push(...shaped(json, file, key).records);
  }
  return records;
}

async function epochOf(folder: WritableStore, options: Options): Promise<number> {
  return numberAt(await readJson(folder, EPOCH, options), "epoch") ?? 0;
}

/** Writes records in the order they are told, several at once where they come faster than they can be written. */
export class Journal {
  readonly #folder: WritableStore;
  readonly #epoch: number;
  readonly #waiting: JournalRecord[] = [];
  #files = 0;
  #writing: Promise<void> | undefined;
  #failure: unknown;

  constructor(folder: WritableStore, epoch: number) {
    this.#folder = folder;
    this.#epoch = epoch;
  }

  /** The folder, below the run's, for chunks that wait; each epoch has its own, as one before may still be alive. */
  get spillFolder(): string {
    return `${SPILL}/${this.#epoch}`;
  }

  /** @throws what writing a record before did */
  append(record: JournalRecord): void {
    if (this.#failure !== undefined) throw this.#failure;
    this.#waiting.push(record);
    this.#writing ??= this.#write();
  }

  /** Waits until all records are written. @throws as the store does */
  async flush(): Promise<void> {
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** @throws Fault "conflict" where the run was taken over */
  async checkEpoch(): Promise<void> {
    if ((await epochOf(this.#folder, {})) !== this.#epoch)
      throw new Fault("conflict", "The run goes on elsewhere, so this part of it writes no more");
  }

  async #write(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const records = this.#waiting.splice(0);
        await this.checkEpoch();
        await this.#folder.set(this.#nextKey(), jsonBytes({ records }));
      }
    } catch (error) {
      this.#failure = error;
    }
    this.#writing = undefined;
  }

  /** Names sort in the order of writing. */
  #nextKey(): Key {
    const digits = (n: number, length: number) => String(n).padStart(length, "0");
    return keyOf("journal", `${digits(this.#epoch, 6)}-${digits(this.#files++, 9)}.json`);
  }
}
