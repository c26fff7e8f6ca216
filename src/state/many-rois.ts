/** Very many ROIs copied or added at once: made away from the page, told how far, and stopped when asked. */
import { added } from "../editor/add-rois.ts";
import type { Addition } from "../roi/addition.ts";
import type { CopiedText } from "../roi/copied-text.ts";
import { unpacked } from "../roi/packed-edits.ts";
import { notify } from "./notices.ts";
import { addChecked, type Making, type RoiState, rulesOf } from "./rois.ts";
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
  return watched(session, doing, async (options) => {
    while (!(await isAdded(session, addition, verb, options)));
  });
}

/** @returns false where something was edited meanwhile, and nothing was added */
async function isAdded(
  session: Session,
  addition: Addition,
  verb: string,
  options: WatchedOptions,
): Promise<boolean> {
  const before = session.rois.getState();
  const { rois } = before.document;
  const made = await madeAway(session, before, addition, options);
  if (made === undefined) return true;
  const edit = added(unpacked(made.edits, rois), verb);
  // In a task of its own: what follows from very many new ROIs must not add to unpacking them.
  await new Promise((resolve) => setTimeout(resolve));
  options.signal.throwIfAborted();
  const now = session.rois.getState().document.rois;
  if (now.base !== rois.base) return true;
  if (now.overlay !== rois.overlay || now.nextId !== rois.nextId) return false;
  if (made.warning !== undefined) notify(session.notices, "warning", made.warning);
  if (edit) addChecked(session, edit, made.problems);
  return true;
}

async function madeAway(
  { listJobs, features }: Session,
  state: RoiState,
  addition: Addition,
  options: WatchedOptions,
) {
  const { table, document } = state;
  const { rois } = document;
  if (!table) return undefined;
  const job = { kind: "add", addition, nextId: rois.nextId, rules: rulesOf(state) } as const;
  return listJobs.run(job, { table, rois, features: features.getState().chosen }, options);
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
  const isCurrent = (): boolean => session.rois.getState().making?.stop === stop;
  const onProgress = (done: number): void => {
    if (isCurrent()) session.rois.setState({ making: { doing, done, stop } });
  };
  session.rois.setState({ making: { doing, done: 0, stop } });
  try {
    return await work({ signal: stopping.signal, onProgress });
  } finally {
    if (isCurrent()) session.rois.setState({ making: undefined });
  }
}
