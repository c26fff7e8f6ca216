/** Saving the open ROI table: permission, lock, the table's own way of writing; edits made meanwhile stay unsaved. */
import { grouped } from "../base/counted.ts";
import { isAborted, isFault, sentence } from "../base/fault.ts";
import { saved } from "../editor/document.ts";
import { markOf } from "../editor/history.ts";
import { loadSaving } from "./load-saving.ts";
import { lookAtDisk } from "./merge.ts";
import { notify, notifyError } from "./notices.ts";
import { changes, type Saving, unsavedCount } from "./rois.ts";
import type { Session } from "./session.ts";
import { journalled, writing } from "./writing.ts";

/**
 * Writes the table that is open in the backend and dialect it came in. What was asked for just before, and is still being
 * made, is in it. Failures are shown; nothing is lost by one.
 */
export async function saveRois(session: Session): Promise<void> {
  const { making } = session.rois.getState();
  if (!making) return saveNow(session);
  await making.over;
  if (unsavedCount(session.rois.getState()) > 0) await saveNow(session);
}

async function saveNow(session: Session): Promise<void> {
  const state = session.rois.getState();
  const opened = session.opened.getState();
  if (opened.kind !== "open" || !state.table || state.saving) return;
  const { source, image } = opened.place;
  const { table: loaded } = state;
  if (!image || !maySave(session)) return;
  const mark = markOf(state.document.history);
  const made = changes(state);
  const isCurrent = (): boolean => session.rois.getState().table === state.table;
  let conflict: unknown;
  const stopping = new AbortController();
  const { signal } = stopping;
  const stop = (): void => stopping.abort();
  const tell = (saving: Saving): void => {
    if (isCurrent()) tellSaving(session, saving);
  };
  const onProgress = (done: number): void => tell({ kind: "preparing", done, stop });
  const onWritten = (done: number): void => tell({ kind: "writing", done });
  onProgress(0);
  try {
    const folder = loaded.path.slice(0, loaded.path.lastIndexOf("/"));
    const { store } = source;
    const previous = state.onDisk;
    const features = session.features.getState().chosen;
    const listed = { table: loaded, rois: state.document.rois, features };
    const onDisk = await writing(session, source, folder, async () => {
      const { table, files } = await session.listJobs.run({ kind: "encode" }, listed, {
        onProgress,
        signal,
      });
      const { createTable, saveTable } = await loadSaving();
      return journalled(session, source, (kept) => {
        signal.throwIfAborted();
        const save = { store, table, files, onWritten, ...kept };
        return previous
          ? saveTable({ ...save, previous }, { signal })
          : createTable(save, { signal });
      });
    });
    if (isCurrent())
      session.rois.setState(({ document }) => ({
        onDisk,
        savedRois: state.document.rois,
        document: saved(document, mark),
        savedAt: session.services.now(),
        changedOnDisk: false,
        theirs: undefined,
      }));
    session.services.saves.tell();
    notify(session.notices, "info", `Saved ${state.tableName}: ${summary(made)}`, ABOUT_SAVES);
  } catch (error) {
    const isOurs = isFault(error, "conflict") && error.where?.startsWith(loaded.path);
    if (isOurs && isCurrent()) conflict = error;
    else tellFailure(session, error);
  } finally {
    if (isCurrent()) session.rois.setState({ saving: undefined });
  }
  if (conflict === undefined) return;
  await lookAtDisk(session);
  // Otherwise the page tells of it beside what can be done.
  if (!session.rois.getState().changedOnDisk) tellFailure(session, conflict);
}

/** Tells how far a save is: a change for the eye, not one for each file. */
export function tellSaving({ rois }: Session, saving: Saving): void {
  const { saving: told } = rois.getState();
  const isNews = told?.kind !== saving.kind || percent(told.done) !== percent(saving.done);
  if (isNews) rois.setState({ saving });
}

/** Whole percents. */
export function percent(done: number): number {
  return Math.floor(100 * done);
}

/** Says what went wrong, and what can be done where it is not told by itself: nothing of what was edited is lost. */
export function tellFailure({ notices }: Session, error: unknown): void {
  if (isAborted(error) || isFault(error, "conflict") || isFault(error, "input"))
    notifyError(notices, error, ABOUT_SAVES);
  else notify(notices, "error", `Not saved: ${sentence(error)}. ${STILL_HERE}`, ABOUT_SAVES);
}

/** What all messages of saves are about: once one is through, it is not told any more that another was not. */
export const ABOUT_SAVES = "table/save";

const STILL_HERE =
  "Your changes are still here. Save again once that is mended, or keep the table with Download CSV";

/** Whether what is edited may be written; why not, is told. */
export function maySave(session: Session): boolean {
  const { problems } = session.rois.getState();
  const wrong = [...problems.values()].find(({ severity }) => severity === "error");
  if (wrong) notify(session.notices, "error", `Not saved: ${wrong.sentence}`, ABOUT_SAVES);
  return wrong === undefined;
}

/** "2 added, 1 renamed". */
function summary(made: ReturnType<typeof changes>): string {
  const parts = [
    [made.added.length, "added"],
    [made.moved.length, "moved or resized"],
    [made.renamed.length, "renamed"],
    [made.valued.length, "with new values"],
    [made.deleted.length, "deleted"],
  ] as const;
  return parts
    .flatMap(([count, verb]) => (count > 0 ? [`${grouped(count)} ${verb}`] : []))
    .join(", ");
}
