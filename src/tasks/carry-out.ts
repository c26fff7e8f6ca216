/** Carries out a run, new or gone on with: the order of its steps, and what is left of it where it fails. */
import { type Fault, faultFromData, isFault } from "../base/fault.ts";
import type { JsonObject } from "../base/json.ts";
import type { Image, Multiscale } from "../ome/multiscale.ts";
import { type Options, type WritableStore, writable } from "../zarr/store.ts";
import { copyBeside } from "./copied.ts";
import type { RunEvent } from "./events.ts";
import type { Executor } from "./executor.ts";
import { type Filled, fill } from "./fill.ts";
import type { Journal, MadeGroup, RunHeader } from "./journal.ts";
import { maskingTable } from "./object-boxes.ts";
import { finishOutput, keepAside, makeOutput, takeBack } from "./output.ts";
import { checkOutput, reopenOutput } from "./own-output.ts";
import type { Past } from "./past.ts";
import type { Plan } from "./plan.ts";
import { levelOf } from "./recipe.ts";
import { forgetRun } from "./run-folder.ts";
import { StoreFence } from "./store-fence.ts";
import { type Summary, summaryOf } from "./summary.ts";
import { featureTable, writeTable } from "./write-table.ts";

/** What the thread that runs it brings along. */
export interface RunTools {
  readonly executor: Executor;
  /** Puts into the folder of a new run what its executor reads there (`Prepared.keep`). */
  readonly keep?: (folder: WritableStore, options: Options) => Promise<void>;
  readonly onEvent: (event: RunEvent) => void;
  /**
   * A folder that this run has to itself, for its journal, for what it replaces, and for chunks that memory has no room
   * for. With it a run can be paused, go on after a kill, have its failures tried again, and be taken back.
   */
  readonly folder?: WritableStore;
  /** Pauses the run once it fires, where there is a folder. */
  readonly pause?: AbortSignal;
  /** For results that wait for their turn and chunks that wait for their last ROI; 1 GiB unless said otherwise. */
  readonly bytes?: number;
}

export const BYTES: number = 2 ** 30;

export interface Going {
  readonly image: Image;
  readonly header: RunHeader;
  readonly plan: Plan;
  readonly past: Past | undefined;
  readonly journal: Journal | undefined;
  readonly tools: RunTools;
}

/**
 * Does what is left of a run: what is replaced kept aside, metadata, voxels and pyramid, table, provenance, and last the
 * lists. Where it ends otherwise, nothing of it is left, unless it can go on.
 */
export async function carryOut(going: Going, options: Options): Promise<Summary> {
  const { image, header, plan, past, journal, tools } = going;
  const { folder, onEvent, executor, pause, bytes = BYTES } = tools;
  const { recipe, makes, replace, id } = header;
  const level = levelOf(recipe, image);
  const begin = performance.now();
  const fence = new StoreFence(writable(image.store), journal && (() => journal.checkEpoch()));
  const target: Image = { ...image, store: fence };
  let groups = past?.groups;
  let isHopeless = false;
  try {
    if (groups === undefined) {
      groups = await keepAside(target, makes, plan, replace, folder, options);
      journal?.append({ kind: "kept", groups });
      await journal?.flush();
    }
    const output = past?.isMade
      ? await reopenOutput(target, makes, groups, id, options)
      : await makeOutput(target, level, makes, groups, id, options);
    if (!past?.isMade) journal?.append({ kind: "made" });
    await journal?.flush();
    onEvent({ kind: "planned", plan });
    const filled = await fill(
      { output, plan, makes, executor, onEvent, past, journal, scratch: folder, bytes, pause },
      options,
    );
    // Listed is only what still stands: chunks land also where their array is gone.
    if (output) await checkOutput(output, id, options);
    const ms = performance.now() - begin;
    const summary = summaryOf(header, plan, { ...filled, ms: (past?.ms ?? 0) + ms });
    const failed = summary.rois.find(({ kind }) => kind === "failed");
    if (failed?.kind === "failed" && !summary.rois.some(({ kind }) => kind === "done")) {
      isHopeless = true;
      throw faultFromData(failed.fault);
    }
    await finish(target, output, groups, going, filled, summary, options);
    journal?.append({ kind: "ended", repeats: filled.repeats - (past?.repeats ?? 0), ms });
    await journal?.flush();
    onEvent({ kind: "done", summary });
    return summary;
  } catch (error) {
    await fence.shut();
    const isLeft = journal && !isHopeless && canGoOn(error, past, options);
    if (groups && !isLeft) await remove(image, groups, folder);
    throw error;
  }
}

async function finish(
  image: Image,
  output: Multiscale | undefined,
  groups: readonly MadeGroup[],
  { header, plan }: Going,
  { rows, extents }: Filled,
  summary: Summary,
  options: Options,
): Promise<void> {
  const provenance = provenanceOf(image, header, summary);
  const { table: made } = header.makes;
  const path = groups.find(({ list }) => list === "tables")?.path;
  if (made?.kind === "masking" && output && path !== undefined) {
    const table = maskingTable({ ...made, path }, output, plan.at, extents);
    await writeTable(image, table, provenance, options);
  } else if (made?.kind === "features" && path !== undefined) {
    const inOrder = plan.units.flatMap(({ index }) => rows.get(index) ?? []);
    await writeTable(image, featureTable(image, path, made, inOrder), provenance, options);
  }
  await copyBeside(image, output, header.makes, options);
  await finishOutput(image, output, groups, provenance, options);
}

/** Whether what is left of a run can be resumed: it was not cancelled, and doing it again may come out otherwise. */
function canGoOn(error: unknown, past: Past | undefined, { signal }: Options): boolean {
  // A second try of what failed never costs what was there before it.
  if (past?.pass.units) return true;
  if (signal?.aborted) return false;
  return !(isFault(error) && FINAL.has(error.tag));
}

const FINAL: ReadonlySet<Fault["tag"]> = new Set(["input", "unsupported", "invalid", "readonly"]);

async function remove(
  image: Image,
  groups: readonly MadeGroup[],
  folder: WritableStore | undefined,
): Promise<void> {
  try {
    await takeBack(image, groups, folder);
    if (folder) await forgetRun(folder);
  } catch {
    // What ended the run (disk gone, permission lost) can also keep the rest from being removed. If it is not listed
    // it says that it is unfinished, so the next run of that name removes it; the first error is the one to tell.
  }
}

/** All that is needed to run it again, and what came out. */
function provenanceOf(image: Image, header: RunHeader, summary: Summary): JsonObject {
  const { recipe, version, id, begin } = header;
  const { name, scale, array } = levelOf(recipe, image);
  const input = { level: name, shape: array.shape, scale };
  // By way of JSON, as it is stored: leaves out what is undefined.
  return { run: JSON.parse(JSON.stringify({ id, recipe, version, input, begin, summary })) };
}
