/**
 * The long work on all ROIs of a table (listing, checking, writing it out), done where the page does not wait for it. A
 * host keeps the table and the states of its ROIs it was told of, so that a request brings only what was edited since.
 */
import { throwIfStopped } from "../base/abort.ts";
import { grouped } from "../base/counted.ts";
import { PagedMap } from "../base/paged-map.ts";
import { breaks, type Pause, paced } from "../base/steps.ts";
import type { Answer } from "../base/worker-serve.ts";
import { CSV_FILE } from "../table/csv-read.ts";
import { encodeSteps, encodeTable } from "../table/encode-table.ts";
import type { Table, TableFiles } from "../table/table.ts";
import { addedTo } from "./add.ts";
import { type Addition, madeOf } from "./addition.ts";
import { type CheckOptions, check, checkSteps, type Report } from "./checks.ts";
import { type CopiedText, copiedText, copySteps } from "./copied-text.ts";
import { merged, resolved } from "./merge.ts";
import { listing } from "./order.ts";
import { type PackedChanges, unpackedChanges } from "./packed-changes.ts";
import { buffersOf, type PackedEdits, packed, unpacked } from "./packed-edits.ts";
import { type JoinedFeatures, readersOf } from "./readers.ts";
import { tableFromRois } from "./roi-table.ts";
import { applied, idsOf, type RoiColumns, type RoiId, type Rois, roisOf } from "./rois.ts";
import { searchOf } from "./search.ts";
import { firstProblemsSince, type Problem, type Rules } from "./validate.ts";

export type ListJob =
  | {
      readonly kind: "arrange";
      readonly query: string;
      readonly sort: { readonly column: string; readonly descending: boolean } | undefined;
      /** Columns that an edit may add. */
      readonly added: readonly string[];
    }
  | { readonly kind: "check"; readonly options: CheckOptions }
  | { readonly kind: "encode" }
  /** As a CSV file to keep, whatever the backend. */
  | { readonly kind: "csv" }
  /** ROIs as a text for the clipboard. */
  | { readonly kind: "copy"; readonly ids: Int32Array<ArrayBuffer>; readonly as: CopiedText }
  /** New ROIs, numbered from `nextId` on. */
  | {
      readonly kind: "add";
      readonly addition: Addition;
      readonly nextId: RoiId;
      readonly rules: Rules;
    }
  /** Changes made on another reading of the table, put on this one. */
  | { readonly kind: "restore"; readonly changes: PackedChanges; readonly nextId: RoiId };

/** What is sent once for a table. */
export interface Loaded {
  readonly table: Table;
  readonly base: RoiColumns;
  readonly features: JoinedFeatures | undefined;
}

export interface ListRequest {
  /** Which table it is about; another number is another one. */
  readonly opening: number;
  /** With the first request of an opening, or after the host has said that it does not know it. */
  readonly loaded?: Loaded;
  /** The state that `edits` are counted from: one the host has answered about; 0 is the table as loaded. */
  readonly since: number;
  /** The state that the job is about. */
  readonly revision: number;
  readonly edits: PackedEdits;
  readonly job: ListJob;
  /** Told how much of the job is done, 0 to 1. */
  readonly progress?: MessagePort;
}

export type ListAnswer =
  /** The host is a new one, and knows nothing of the table. */
  | { readonly kind: "unknown" }
  | { readonly kind: "arranged"; readonly ids: Int32Array<ArrayBuffer> }
  | { readonly kind: "checked"; readonly report: Report }
  /** The table as it is now, without what it was read from, and the files it is stored in. */
  | { readonly kind: "encoded"; readonly table: Table; readonly files: TableFiles }
  | { readonly kind: "written"; readonly bytes: Uint8Array<ArrayBuffer> }
  | {
      readonly kind: "made";
      readonly edits: PackedEdits;
      /** The first of each new ROI that has any. */
      readonly problems: readonly Problem[];
      readonly warning: string | undefined;
    };

/** How long it works before it hears whether it is still wanted, in milliseconds. */
const SLICE_MS = 30;

export class ListHost {
  #opening: number | undefined;
  #loaded: Loaded | undefined;
  readonly #states = new Map<number, Rois>();

  /** @throws Fault "aborted" once stopped, "unsupported" for a table that its backend cannot hold */
  async answer(
    request: ListRequest,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<Answer<ListAnswer>> {
    const { loaded, opening, job, progress } = request;
    if (loaded) {
      this.#opening = opening;
      this.#loaded = loaded;
      this.#states.clear();
      this.#states.set(0, roisOf(loaded.base));
    }
    const rois = opening === this.#opening ? this.#stateOf(request) : undefined;
    if (this.#loaded === undefined || rois === undefined) return { value: { kind: "unknown" } };
    // The table stays, even where nobody waits for the answer any more.
    throwIfStopped(signal);
    const news = { signal, progress };
    switch (job.kind) {
      case "arrange": {
        const ids = await arranged(this.#loaded, rois, job, news);
        return { value: { kind: "arranged", ids }, transfer: [ids.buffer] };
      }
      case "check": {
        const { length } = idsOf(rois);
        const pause = pauses(checkSteps(length, job.options), news);
        return { value: { kind: "checked", report: await paced(check(rois, job.options), pause) } };
      }
      case "encode": {
        const whole = tableFromRois(this.#loaded.table, rois);
        const files = await encodeTable(whole, pauses(encodeSteps(whole), news));
        const { origin: _, ...table } = whole;
        return { value: { kind: "encoded", table, files } };
      }
      case "csv": {
        const { origin: _asItCame, ...values } = tableFromRois(this.#loaded.table, rois);
        const table = { ...values, backend: "csv" } as const;
        const files = await encodeTable(table, pauses(encodeSteps(table), news));
        const bytes = files.get(CSV_FILE) ?? new Uint8Array();
        return { value: { kind: "written", bytes }, transfer: [bytes.buffer] };
      }
      case "copy": {
        const { ids, as } = job;
        const steps = copiedText(this.#loaded.table, rois, ids, as);
        const text = await paced(steps, pauses(copySteps(ids.length), news));
        const bytes = new TextEncoder().encode(text);
        return { value: { kind: "written", bytes }, transfer: [bytes.buffer] };
      }
      case "add":
        return added(this.#loaded.table, rois, job);
      case "restore":
        return restored(rois, job);
    }
  }

  #stateOf({ since, revision, edits }: ListRequest): Rois | undefined {
    const before = this.#states.get(since);
    if (before === undefined) return undefined;
    // Nobody counts from an earlier one any more; they share what they have in common.
    for (const known of this.#states.keys()) if (known < since) this.#states.delete(known);
    const rois = edits.ids.length === 0 ? before : applied(before, unpacked(edits, before));
    this.#states.set(revision, rois);
    return rois;
  }
}

async function arranged(
  { table, features }: Loaded,
  rois: Rois,
  { query, sort, added }: Extract<ListJob, { kind: "arrange" }>,
  news: News,
): Promise<Int32Array<ArrayBuffer>> {
  const columns = readersOf(table, rois, { features, added });
  const search = searchOf(query, columns);
  const by = sort && columns.get(sort.column);
  const ids = idsOf(rois);
  const steps = listing(ids, {
    matches: search?.kind === "filter" ? search.matches : undefined,
    sort: sort && by && { by, descending: sort.descending },
  });
  const found = await paced(steps, pauses(stepsOf(ids.length), news));
  return Int32Array.from(found);
}

function added(
  table: Table,
  known: Rois,
  { addition, nextId, rules }: Extract<ListJob, { kind: "add" }>,
): Answer<ListAnswer> {
  // Numbers that were given out and taken back are not given out again.
  const before = { ...known, nextId };
  const { made, warning } = madeOf(addition, table, before);
  const after = applied(before, addedTo(before, made));
  const edits = packed(after, after.overlay.differing(before.overlay));
  // Nobody else's name is given: what was wrong with others stays.
  const problems = firstProblemsSince(PagedMap.of(), { before, after }, rules);
  const value = { kind: "made", edits, problems: [...problems.values()], warning } as const;
  return { value, transfer: buffersOf(edits) };
}

function restored(
  known: Rois,
  { changes, nextId }: Extract<ListJob, { kind: "restore" }>,
): Answer<ListAnswer> {
  const before = { ...known, nextId };
  const merge = merged(unpackedChanges(changes), before);
  const after = applied(
    before,
    resolved(merge, before, () => "mine"),
  );
  const edits = packed(after, after.overlay.differing(before.overlay));
  const { length } = merge.clashes;
  const warning =
    length === 0
      ? undefined
      : `${length === 1 ? "One ROI has" : `${grouped(length)} ROIs have`} changed since the draft was made; the draft's values were taken. Undo gives back those on disk`;
  return { value: { kind: "made", edits, problems: [], warning }, transfer: buffersOf(edits) };
}

/** About how many steps a listing takes: filter, keys and runs, then the merges. */
function stepsOf(count: number): number {
  const runs = Math.max(1, count / 4096);
  return runs * (3 + Math.log2(runs));
}

/** Who asked: may stop it, and is told how far it is. */
interface News {
  readonly signal: AbortSignal | undefined;
  readonly progress: MessagePort | undefined;
}

/** Hears messages once in a while. @throws Fault "aborted" once nobody waits for the answer any more */
function pauses(expected: number, { signal, progress }: News): Pause {
  let done = 0;
  const tell = (): void => progress?.postMessage(Math.min(1, done / expected));
  const pause = breaks(SLICE_MS, signal, tell);
  return () => {
    done++;
    return pause();
  };
}
