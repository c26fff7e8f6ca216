/** Very many ROIs copied, added or brought back at once: made away from the page, told how far, and stopped when asked. */
import { inSlices, othersTurn } from "../base/steps.ts";
import { added } from "../editor/add-rois.ts";
import type { Addition } from "../roi/addition.ts";
import type { CopiedText } from "../roi/copied-text.ts";
import type { ListAnswer, ListJob } from "../roi/list-host.ts";
import type { PackedChanges } from "../roi/packed-changes.ts";
import { unpacked } from "../roi/packed-edits.ts";
import { applied, isThere, type RoiDiff } from "../roi/rois.ts";
import { firstProblems } from "../roi/validate.ts";
import { notify } from "./notices.ts";
import { addChecked, type Making, putChecked, type RoiState, rulesOf } from "./rois.ts";
import type { Session } from "./session.ts";

/** More ROIs than this are not made or written on this thread. */
export const FEW = 1000;

/** The selected ROIs as a text. @throws Fault "aborted" once stopped */
export async function selectedText(
  session: Session,
  as: CopiedText,
): Promise<Uint8Array<ArrayBuffer>> {
  const { table, document } = session.rois.getState();
  if (!table) return new Uint8Array();
  const listed = { table, rois: document.rois, features: session.features.getState().chosen };
  const job = { kind: "copy", ids: Int32Array.from(document.selection), as } as const;
  const { bytes } = await watched(session, "Copying", (options) =>
    session.listJobs.run(job, listed, options),
  );
  return bytes;
}

/**
 * Adds ROIs in one step and selects them. What is edited meanwhile stays; the ROIs are made anew beside it then.
 * @throws Fault "aborted" once stopped, "input" as `madeOf`; nothing changes then
 */
export function addMany(
  session: Session,
  addition: Addition,
  { doing, verb }: { readonly doing: Making["doing"]; readonly verb: string },
): Promise<void> {
  return changeAway(session, doing, {
    jobFor: (state) => ({
      kind: "add",
      addition,
      nextId: state.document.rois.nextId,
      rules: rulesOf(state),
    }),
    prepared: async (diff, { problems }) => {
      const edit = added(diff, verb);
      return () => edit && addChecked(session, edit, problems);
    },
  });
}

/**
 * Puts changes that were made on another reading of the table on this one, in one step, and selects what they are of.
 * @param onPut told just before, of how many ROIs change by it
 * @throws Fault "aborted" once stopped; nothing changes then
 */
export function restoreMany(
  session: Session,
  changes: PackedChanges,
  onPut: (count: number) => void,
): Promise<void> {
  return changeAway(session, "Restoring", {
    jobFor: ({ document }) => ({ kind: "restore", changes, nextId: document.rois.nextId }),
    prepared: async (diff, _, { state, signal }) => {
      const after = applied(state.document.rois, diff);
      const problems = await inSlices(firstProblems(after, rulesOf(state)), { signal });
      const selection = new Set([...diff.keys()].filter((id) => isThere(after, id)));
      return () => {
        onPut(diff.size);
        if (diff.size > 0)
          putChecked(session, { label: "Restore draft", diff, selection }, problems);
      };
    },
  });
}

type Made = Extract<ListAnswer, { kind: "made" }>;

interface Away {
  readonly jobFor: (state: RoiState) => Extract<ListJob, { kind: "add" | "restore" }>;
  /** @returns what puts the change in place, at once */
  readonly prepared: (
    diff: RoiDiff,
    made: Made,
    on: { readonly state: RoiState; readonly signal: AbortSignal },
  ) => Promise<() => void>;
}

/** Makes a change away from the page, and anew where something was edited meanwhile. */
function changeAway(session: Session, doing: Making["doing"], away: Away): Promise<void> {
  return watched(session, doing, async (options) => {
    while (!(await isChanged(session, away, options)));
  });
}

/** @returns false where something was edited meanwhile, and nothing was changed */
async function isChanged(
  session: Session,
  { jobFor, prepared }: Away,
  options: WatchedOptions,
): Promise<boolean> {
  const state = session.rois.getState();
  const { table, document } = state;
  const { rois } = document;
  if (!table) return true;
  const listed = { table, rois, features: session.features.getState().chosen };
  const made = await session.listJobs.run(jobFor(state), listed, options);
  const put = await prepared(unpacked(made.edits, rois), made, { state, signal: options.signal });
  // In a task of its own: what follows from very many ROIs must not add to unpacking them.
  await othersTurn();
  options.signal.throwIfAborted();
  const now = session.rois.getState().document.rois;
  if (now.base !== rois.base) return true;
  if (now.overlay !== rois.overlay || now.nextId !== rois.nextId) return false;
  if (made.warning !== undefined) notify(session.notices, "warning", made.warning, "table/made");
  put();
  return true;
}

interface WatchedOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

/** Tells how far work is until it is over; one at a time. */
async function watched<T>(
  session: Session,
  doing: Making["doing"],
  work: (options: WatchedOptions) => Promise<T>,
): Promise<T> {
  session.rois.getState().making?.stop();
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  const isCurrent = (): boolean => session.rois.getState().making?.stop === stop;
  const onProgress = (done: number): void => {
    if (isCurrent()) session.rois.setState({ making: { doing, done, stop, over } });
  };
  session.rois.setState({ making: { doing, done: 0, stop, over } });
  try {
    return await work({ signal: stopping.signal, onProgress });
  } finally {
    if (isCurrent()) session.rois.setState({ making: undefined });
    end();
  }
}
