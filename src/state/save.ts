/** Saving the open ROI table: permission, lock, the table's own way of writing; edits made meanwhile stay unsaved. */
import { isFault } from "../base/fault.ts";
import { saved } from "../editor/document.ts";
import { markOf } from "../editor/history.ts";
import { tableFromRois } from "../roi/roi-table.ts";
import { createTable, saveTable } from "../table/save-table.ts";
import type { Table } from "../table/table.ts";
import { openStore } from "../zarr/open-store.ts";
import { lookAtDisk } from "./merge.ts";
import { notify, notifyError } from "./notices.ts";
import { changes } from "./rois.ts";
import type { Session } from "./session.ts";
import { journalName, type Source } from "./source.ts";
import { journalLock, writing } from "./writing.ts";

/** Writes the table that is open in the backend and dialect it came in. Failures are shown; nothing is lost by one. */
export async function saveRois(session: Session): Promise<void> {
  const state = session.rois.getState();
  const opened = session.opened.getState();
  if (opened.kind !== "open" || !state.table || state.saving) return;
  const { source } = opened.place;
  const table = tableFromRois(state.table, state.document.rois);
  const wrong = [...state.problems.values()].find(({ severity }) => severity === "error");
  if (wrong) {
    notify(session.notices, "error", `Not saved: ${wrong.sentence}`);
    return;
  }
  const mark = markOf(state.document.history);
  const made = changes(state);
  const isCurrent = (): boolean => session.rois.getState().table === state.table;
  let changed = false;
  session.rois.setState({ saving: true });
  try {
    const folder = table.path.slice(0, table.path.lastIndexOf("/"));
    const onDisk = await writing(session, source, folder, async () =>
      state.onDisk === undefined
        ? createTable({ store: source.store, table, existing: "refuse" })
        : replaceTable(session, source, table, state.onDisk),
    );
    if (isCurrent())
      session.rois.setState(({ document }) => ({
        onDisk,
        savedRois: state.document.rois,
        document: saved(document, mark),
        savedAt: session.services.now(),
      }));
    session.services.saves.tell();
    notify(session.notices, "info", `Saved ${state.tableName}: ${summary(made)}`);
  } catch (error) {
    notifyError(session.notices, error);
    if (isFault(error, "conflict") && error.where?.startsWith(table.path)) changed = true;
  } finally {
    if (isCurrent()) session.rois.setState({ saving: false });
  }
  if (changed && isCurrent()) await lookAtDisk(session);
}

/** One save of a source at a time goes through the journal, so that no other tab takes it for one that was cut off. */
async function replaceTable(
  { services }: Session,
  { store, origin }: Source,
  table: Table,
  previous: Table,
): Promise<Table> {
  const identity = journalName(origin);
  // What is in memory goes with the page, cut-off saves and all.
  const inMemory = store.spec.kind === "memory";
  const journal = inMemory
    ? openStore({ kind: "memory", entries: new Map() })
    : await services.journal();
  return services.locked([journalLock(identity)], () =>
    saveTable({ store, table, previous, journal, identity }),
  );
}

function summary(made: ReturnType<typeof changes>): string {
  const parts = [
    [made.added.length, "added"],
    [made.moved.length, "moved or resized"],
    [made.renamed.length, "renamed"],
    [made.valued.length, "given other values"],
    [made.deleted.length, "deleted"],
  ] as const;
  return parts.flatMap(([count, verb]) => (count > 0 ? [`${count} ${verb}`] : [])).join(", ");
}
