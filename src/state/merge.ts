/** The table changed on disk since it was opened: noticed, compared, and brought together with one's own edits. */
import { sameBytes } from "../base/bytes.ts";
import { isFault } from "../base/fault.ts";
import { openedDocument } from "../editor/document.ts";
import { type Choice, type Clash, type Merge, merged, resolved, roiChanges } from "../roi/merge.ts";
import { nameAt, type RoiId, type Rois } from "../roi/rois.ts";
import type { Table } from "../table/table.ts";
import { isWritable, keyOf, type Store } from "../zarr/store.ts";
import { notify, notifyError } from "./notices.ts";
import { openTable } from "./open-table.ts";
import { arrange } from "./roi-list.ts";
import { edit, type RoiState, undo } from "./rois.ts";
import type { Session } from "./session.ts";
import { readStored, type StoredRois } from "./stored-rois.ts";

/**
 * Finds out whether the open table is on disk as it was when it was opened or last saved; to be asked when the page is
 * looked at again, when another tab has saved, and when a save was refused. What cannot be read now is told by the next
 * save.
 */
export async function lookAtDisk(session: Session): Promise<void> {
  const opened = session.opened.getState();
  const { onDisk, saving, world } = session.rois.getState();
  if (opened.kind !== "open" || onDisk === undefined || saving) return;
  const { store } = opened.place.source;
  if (!isWritable(store)) return;
  const isCurrent = (): boolean => {
    const now = session.rois.getState();
    return now.onDisk === onDisk && !now.saving;
  };
  try {
    if (await isAsItWas(store, onDisk)) {
      if (isCurrent()) session.rois.setState({ changedOnDisk: false, theirs: undefined });
      return;
    }
    const { path, zarrFormat } = onDisk;
    const { decode } = session.services;
    const theirs = await readStored({ store, path, zarrFormat, world, decode });
    if (isCurrent()) session.rois.setState({ changedOnDisk: true, theirs });
  } catch (error) {
    if (!isCurrent()) return;
    const isGone = isFault(error, "missing");
    session.rois.setState({ changedOnDisk: true, theirs: isGone ? "gone" : undefined });
    if (!isGone) notifyError(session.notices, error);
  }
}

async function isAsItWas(store: Store, { path, origin }: Table): Promise<boolean> {
  for (const [key, bytes] of origin?.files ?? [])
    if (!sameBytes(await store.get(keyOf(path, key)), bytes)) return false;
  return true;
}

export interface Comparison extends Merge {
  readonly theirs: StoredRois;
  /** How many ROIs one changed oneself. */
  readonly mine: number;
}

/** What one changed oneself, and what of it the others changed too; undefined while nobody else did. */
export function comparison({
  theirs,
  savedRois,
  document,
}: Pick<RoiState, "theirs" | "savedRois" | "document">): Comparison | undefined {
  if (theirs === undefined || theirs === "gone") return undefined;
  const changes = roiChanges(savedRois, document.rois);
  return { ...merged(changes, theirs.rois), theirs, mine: changes.length };
}

/** Goes on from the table as it is on disk, with one's own changes on top as one step; nothing is written yet. */
export function mergeWithDisk(session: Session, choose: (clash: Clash) => Choice): void {
  const state = session.rois.getState();
  const compared = comparison(state);
  if (compared === undefined || state.saving) return;
  const { table, rois: theirs, problems, masking } = compared.theirs;
  const diff = resolved(compared, theirs, choose);
  if (diff.size === 0) {
    if (state.tableName !== undefined) void openTable(session, state.tableName);
    return;
  }
  session.rois.setState({
    table,
    onDisk: table,
    savedRois: theirs,
    document: openedDocument(theirs),
    problems,
    masking,
    changedOnDisk: false,
    theirs: undefined,
    preview: undefined,
    hovered: undefined,
    hidden: new Set(),
    locked: new Set(),
  });
  session.list.setState({ order: undefined });
  const kept = [...diff].flatMap(([id, { to }]) => (to ? [id] : []));
  edit(session, { label: "Keep my changes", diff, selection: new Set(kept) });
  const { rois } = session.rois.getState().document;
  const now = (ids: ReadonlySet<RoiId>) => renumbered(ids, state.document.rois, rois);
  session.rois.setState({ hidden: now(state.hidden), locked: now(state.locked) });
  void arrange(session, {});
}

/** The ROIs of the same names in another reading of the table, where rows have other numbers. */
function renumbered(ids: ReadonlySet<RoiId>, before: Rois, after: Rois): ReadonlySet<RoiId> {
  const names = new Set([...ids].map((id) => nameAt(before, id) ?? ""));
  return new Set([...names].flatMap((name) => [...after.names.idsOf(name)]));
}

/** Goes on from the table as it is on disk; one's own changes are one redo away. */
export function takeTheirs(session: Session): void {
  const before = session.rois.getState().table;
  mergeWithDisk(session, () => "mine");
  const { table, document } = session.rois.getState();
  if (table === before || document.history.done.length === 0) return;
  undo(session);
  notify(session.notices, "info", "Taken from disk. Redo brings your changes back");
}
