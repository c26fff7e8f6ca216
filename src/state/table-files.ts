/** The open table as files: saved under another name, renamed, copied; and what other tabs did to it. */
import { saved } from "../editor/document.ts";
import { markOf } from "../editor/history.ts";
import type { Image } from "../ome/multiscale.ts";
import type { Tables } from "../table/move-tables.ts";
import type { Table } from "../table/table.ts";
import { carryDrafts, tableKey } from "./draft.ts";
import { tablePath } from "./features.ts";
import { loadSaving } from "./load-saving.ts";
import { lookAtDisk } from "./merge.ts";
import { notify } from "./notices.ts";
import { storedNames } from "./open-table.ts";
import { ABOUT_SAVES, maySave, tellFailure, tellSaving } from "./save.ts";
import type { Session } from "./session.ts";
import { openPlace } from "./source.ts";
import { freeTableName } from "./table-names.ts";
import { listAgain, onDisk } from "./tables-on-disk.ts";

/**
 * Writes the open table, with all that was edited, as a new one and goes on in that; the one on disk stays as it is.
 * Failures are shown.
 */
export async function saveTableAs(session: Session, name: string): Promise<void> {
  const state = session.rois.getState();
  const { table, document } = state;
  if (!table || !maySave(session)) return;
  const mark = markOf(document.history);
  const { chosen: features } = session.features.getState();
  const listed = { table, rois: document.rois, features };
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  const save = async (tables: Tables, image: Image): Promise<void> => {
    tellSaving(session, { kind: "preparing", done: 0, stop });
    const path = tablePath(image, name);
    const { table: whole, files } = await session.listJobs.run({ kind: "encode" }, listed, {
      onProgress: (done) => tellSaving(session, { kind: "preparing", done, stop }),
      signal: stopping.signal,
    });
    const { createTable } = await loadSaving();
    const onWritten = (done: number): void => tellSaving(session, { kind: "writing", done });
    const { signal } = stopping;
    const { store, journal, identity } = tables;
    const creation = { store, journal, identity, table: { ...whole, path }, files, onWritten };
    const written = await createTable(creation, { signal });
    session.rois.setState((now) => {
      if (now.table !== table) return {};
      // The next save starts from all files that are there now, also those that reading the first one did not ask for.
      return {
        names: [...storedNames(now), name],
        tableName: name,
        table: { ...table, path, ...(written.origin ? { origin: written.origin } : {}) },
        onDisk: written,
        savedRois: document.rois,
        document: saved(now.document, mark),
        savedAt: session.services.now(),
        changedOnDisk: false,
        theirs: undefined,
      };
    });
    notify(session.notices, "info", `Saved as ${name}`, ABOUT_SAVES);
  };
  await onDisk(session, save, { onFailure: (error) => tellFailure(session, error) });
}

/** Gives the open table another name; what is edited and not saved stays so. A new one is only renamed here. */
export async function renameOpenTable(session: Session, name: string): Promise<void> {
  const { table, tableName, onDisk: stored } = session.rois.getState();
  if (!table || tableName === undefined) return;
  if (stored === undefined) {
    takeName(session, table, name);
    return;
  }
  const key = tableKey(session, table.path) ?? "";
  const rename = async (tables: Tables, image: Image): Promise<void> => {
    const { renameTable } = await loadSaving();
    await renameTable(tables, tableName, name);
    await carryDrafts(session, table.path, tablePath(image, name));
    takeName(session, table, name);
    notify(session.notices, "info", `Renamed ${tableName} to ${name}`);
  };
  await onDisk(session, rename, { renamed: { key, name } });
}

/** The open table goes by another name, on disk or before it is there. */
function takeName(session: Session, table: Table, name: string): void {
  const { image } = openPlace(session.opened.getState()) ?? {};
  session.rois.setState((now) => {
    if (!image || now.table !== table) return {};
    const at = (one: Table): Table => ({ ...one, path: tablePath(image, name) });
    return {
      names: now.names.map((other) => (other === now.tableName ? name : other)),
      tableName: name,
      table: at(table),
      onDisk: now.onDisk && at(now.onDisk),
    };
  });
}

/** Copies the open table as it is on disk, beside it. */
export async function duplicateOpenTable(session: Session): Promise<void> {
  const { tableName } = session.rois.getState();
  if (tableName === undefined) return;
  const name = freeTableName(session, `${tableName}_copy`);
  await onDisk(session, async (tables) => {
    const { copyTable } = await loadSaving();
    await copyTable(tables, tableName, name);
    await listAgain(session);
    notify(session.notices, "info", `${tableName} as it is on disk was copied to ${name}`);
  });
}

/**
 * Looks at the disk whenever another tab has saved, renamed or deleted a table; the open table goes along with a new name,
 * and its draft with it. @returns ends that
 */
export function watchSaves(session: Session): () => void {
  return session.services.saves.hear((renamed) => {
    const { table } = session.rois.getState();
    if (table && renamed && renamed.key === tableKey(session, table.path)) {
      notify(session.notices, "info", `Another tab has renamed this table to ${renamed.name}`);
      takeName(session, table, renamed.name);
    }
    void lookAround(session);
  });
}

/** Which tables there are now, and whether the open one is as it was. */
export async function lookAround(session: Session): Promise<void> {
  if (session.rois.getState().loading) return;
  await lookAtDisk(session);
  await listAgain(session);
}
