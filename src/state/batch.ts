/** A recipe over wells of a plate, one image after the other: begun, paused, gone on with, tried again, taken back. */
import { counted, grouped } from "../base/counted.ts";
import { Fault, isAborted, isFault, sentence } from "../base/fault.ts";
import { openImage } from "../ome/open-image.ts";
import type { Recipe } from "../tasks/recipe.ts";
import type { Options } from "../zarr/store.ts";
import { BatchFile } from "./batch-file.ts";
import { endSentence, newBatch } from "./batch-made.ts";
import {
  type Batch,
  type BatchStatus,
  noBatch,
  type RoisByWell,
  runIdOf,
  type WellRun,
  withWell,
} from "./batch-state.ts";
import { type PlatePlace, pastOf, runWell, showWell } from "./batch-well.ts";
import { takeBackIn } from "./carry-job.ts";
import { notify, notifyError } from "./notices.ts";
import { batchFolder } from "./run-folder.ts";
import type { Session } from "./session.ts";
import { openPlace } from "./source.ts";
import { writing } from "./writing.ts";

/**
 * Runs a recipe on the image of the same name in each of the wells, with the ROIs that its own table of the same name
 * has. A well that cannot be done is listed and passed over.
 * @param wells paths inside the plate that is open, in the order in which they are done
 */
export async function runOnWells(
  session: Session,
  recipe: Recipe,
  wells: readonly string[],
): Promise<void> {
  const { plate, image, source } = openPlace(session.opened.getState()) ?? {};
  if (!plate || !image || !source || !isFree(session)) return;
  const batch = newBatch(plate, image, recipe, wells, session.services.now());
  await drive(session, { source, path: plate.path }, batch, new Map());
}

/** Goes on with a batch that was paused or cut off. */
export async function resumeWells(session: Session): Promise<void> {
  const { status, plate } = session.batch.getState();
  if (status.kind === "paused" && plate) await drive(session, plate, status.batch, status.rois);
}

/** Tries again, in one go, the ROIs that failed and the wells that failed or lacked something. */
export async function retryWells(session: Session): Promise<void> {
  await again(session, (well) => {
    const hasFailed = well.state === "failed" || well.state === "skipped";
    return hasFailed || (well.failures?.length ?? 0) > 0 ? { ...well, state: "waiting" } : well;
  });
}

/** Runs the wells that have an output of the recipe's name already, and replaces it there. */
export async function replaceInWells(session: Session): Promise<void> {
  await again(session, (well) =>
    well.state === "taken" ? { ...well, state: "waiting", replace: true } : well,
  );
}

/** Forgets what the last batch did, so that it is shown no more; it can still be taken back when the plate is opened again. */
export function closeBatch(session: Session): void {
  const { status, plate } = session.batch.getState();
  if (status.kind === "ended") session.batch.setState({ status: { kind: "idle" }, plate });
}

/** Shows what is known of the last batch of the plate that was opened. */
export async function findBatch(
  session: Session,
  at: PlatePlace,
  options: Options = {},
): Promise<void> {
  const file = new BatchFile(await batchFolder(session, at.source, at.path));
  const batch = await file.read(options);
  if (!batch || options.signal?.aborted) return;
  const why = "It was cut off before it was done";
  const shown = { batch, rois: new Map() };
  const status: BatchStatus = batch.isEnded
    ? { kind: "ended", ...shown, sentence: endSentence(batch) }
    : { kind: "paused", ...shown, why };
  session.batch.setState({ status, plate: at, canUndo: true });
}

/** Takes back the runs of all wells: what they made is removed, and what they replaced is put back. */
export async function takeWellsBack(session: Session): Promise<void> {
  const { status, plate } = session.batch.getState();
  if (!plate || (status.kind !== "paused" && status.kind !== "ended")) return;
  const { batch, rois } = status;
  const begun = batch.wells.filter(hasRun).toReversed();
  let left = batch;
  const tell = (to: BatchStatus): void => {
    if (session.batch.getState().plate === plate) session.batch.setState({ status: to });
  };
  const problems: string[] = [];
  const file = new BatchFile(await batchFolder(session, plate.source, plate.path));
  for (const [done, well] of begun.entries()) {
    tell({ kind: "undoing", done, total: begun.length });
    try {
      await takeWellBack(session, plate, batch, well);
      const { counts: _counts, failures: _failures, ...rest } = well;
      left = withWell(left, { ...rest, state: "waiting" });
    } catch (error) {
      problems.push(`${well.name}: ${sentence(error)}`);
    }
  }
  if (problems.length === 0) {
    await file.remove();
    if (session.batch.getState().plate === plate) session.batch.setState(noBatch, true);
    return;
  }
  const why = `Not taken back in ${grouped(problems.length)} of ${counted(begun.length, "well")}. ${problems.join(". ")}`;
  left = { ...left, isEnded: true };
  await file.write(left);
  tell({ kind: "ended", batch: left, rois, sentence: why });
}

/** Whether a well's image may hold a run of the batch. */
function hasRun({ state, failures }: WellRun): boolean {
  return state === "running" || state === "done" || state === "failed" || failures !== undefined;
}

async function takeWellBack(
  session: Session,
  plate: PlatePlace,
  batch: Batch,
  well: WellRun,
): Promise<void> {
  const { source } = plate;
  const past = await pastOf(session, source, well);
  // Taken back already, or run again since then by itself.
  if (past?.header.id !== runIdOf(batch, well)) return;
  const place = { source, image: await openImage(source.store, well.image) };
  await showWell(session, place, await takeBackIn(session, place));
}

function isFree(session: Session): boolean {
  const { kind } = session.batch.getState().status;
  if (kind === "idle" || kind === "ended") return true;
  notify(
    session.notices,
    "warning",
    kind === "paused"
      ? "A run over wells is paused: resume it or undo it first"
      : "A run over wells is under way: wait until it is done",
  );
  return false;
}

async function again(session: Session, change: (well: WellRun) => WellRun): Promise<void> {
  const { status, plate } = session.batch.getState();
  if (!plate || (status.kind !== "ended" && status.kind !== "paused")) return;
  const { batch, rois } = status;
  await drive(session, plate, { ...batch, wells: batch.wells.map(change) }, rois);
}

/** Goes through the wells that are left, and follows them to whatever end. */
async function drive(
  session: Session,
  plate: PlatePlace,
  begun: Batch,
  known: RoisByWell,
): Promise<void> {
  const [stopping, pausing] = [new AbortController(), new AbortController()];
  let batch: Batch = { ...begun, isEnded: false };
  let rois = known;
  const cancel = (): void => stopping.abort();
  session.batch.setState(
    { status: { kind: "running", batch, rois, cancel, pause: undefined }, plate, canUndo: false },
    true,
  );
  let file = new BatchFile(undefined);
  let pause: (() => void) | undefined;
  // Another plate may have been opened meanwhile.
  const show = (status: BatchStatus, canUndo = false): void => {
    if (session.batch.getState().plate === plate) session.batch.setState({ status, canUndo });
  };
  const tell = (): void => show({ kind: "running", batch, rois, cancel, pause });
  const goThrough = async (): Promise<void> => {
    for (const well of batch.wells) {
      if (well.state !== "waiting" && well.state !== "running") continue;
      stopping.signal.throwIfAborted();
      if (pausing.signal.aborted) throw new Fault("paused", "Paused");
      const running: WellRun = { ...well, state: "running", why: "" };
      batch = withWell(batch, running);
      // So that a page that is killed knows which well to take back.
      await file.write(batch);
      tell();
      const outcome = await runWell(session, plate, batch, running, {
        signal: stopping.signal,
        pause: pausing.signal,
        onRois: (of) => {
          rois = new Map(rois).set(well.well, of);
          tell();
        },
      });
      batch = withWell(batch, outcome);
      await file.write(batch);
    }
  };
  try {
    file = new BatchFile(await batchFolder(session, plate.source, plate.path));
    if (file.isKept) pause = () => pausing.abort();
    tell();
    // Nothing is below that folder: its name keeps other tabs from the same batch.
    await writing(session, plate.source, `${plate.path}/batch`, goThrough);
    batch = { ...batch, isEnded: true };
    await file.write(batch);
    show({ kind: "ended", batch, rois, sentence: endSentence(batch) }, file.isKept);
  } catch (error) {
    if (stopping.signal.aborted && isAborted(error)) {
      batch = { ...cancelled(batch), isEnded: true };
      await file.write(batch).catch((failed: unknown) => notifyError(session.notices, failed));
      const said = `Cancelled. ${endSentence(batch)}`;
      show({ kind: "ended", batch, rois, sentence: said }, file.isKept);
    } else {
      const why = isFault(error, "paused") ? "" : sentence(error);
      show({ kind: "paused", batch, rois, why }, file.isKept);
    }
  }
}

/** The well under way was taken back. */
function cancelled(batch: Batch): Batch {
  const wells = batch.wells.map(
    (well): WellRun => (well.state === "running" ? { ...well, state: "waiting" } : well),
  );
  return { ...batch, wells };
}
