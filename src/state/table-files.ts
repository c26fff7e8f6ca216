/** The image's tables as files: saved under another name, copied, renamed, deleted and put back; and what others did. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { saved } from "../editor/document.ts";
import { markOf } from "../editor/history.ts";
import type { Image } from "../ome/multiscale.ts";
import { freeName } from "../roi/names.ts";
import type { StoredTable, Tables } from "../table/move-tables.ts";
import type { Table } from "../table/table.ts";
import { listTables, tablesPath } from "../table/table-list.ts";
import { tableNameProblem } from "../table/table-name.ts";
import { carryDrafts, tableKey } from "./draft.ts";
import { tablePath } from "./features.ts";
import { loadSaving } from "./load-saving.ts";
import { lookAtDisk } from "./merge.ts";
import { notify, notifyError } from "./notices.ts";
import { openTable, storedNames } from "./open-table.ts";
import { replaceRois } from "./rois.ts";
import { ABOUT_SAVES, maySave, tellFailure, tellSaving } from "./save.ts";
import type { Renamed } from "./services.ts";
import type { Session } from "./session.ts";
import { journalName, openPlace, type Source } from "./source.ts";
import { journalled, writing } from "./writing.ts";

export interface TableFilesState {
  /** The tables that were deleted, the last one last; they can be put back until the page goes. */
  readonly deleted: readonly Deleted[];
}

interface Deleted {
  readonly stored: StoredTable;
  /** As `imageName`. */
  readonly image: string;
}

export function createTableFiles(): StoreApi<TableFilesState> {
  return createStore<TableFilesState>(() => ({ deleted: [] }));
}

/** Why the open table cannot get this name, as a sentence; undefined where it can. */
export function tableNameTaken(session: Session, name: string): string | undefined {
  return tableNameProblem(name, takenNames(session));
}

/** A free name that begins like this one. */
export function freeTableName(session: Session, wanted: string): string {
  const taken = new Set([...takenNames(session)].map((name) => name.toLowerCase()));
  return freeName(wanted, { has: (name) => taken.has(name.toLowerCase()) });
}

function takenNames(session: Session): readonly string[] {
  const state = session.rois.getState();
  return [...storedNames(state), ...session.features.getState().names];
}

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

/** Deletes the open table and opens the one after it; it is kept at hand to be put back. */
export async function deleteOpenTable(session: Session): Promise<void> {
  const { tableName, names, table, onDisk: stored } = session.rois.getState();
  if (tableName === undefined) return;
  const leave = async (): Promise<void> => {
    if (session.rois.getState().table !== table) return listAgain(session);
    const at = names.indexOf(tableName);
    const rest = names.filter((name) => name !== tableName);
    const next = rest[Math.min(at, rest.length - 1)];
    replaceRois(session, { names: rest });
    if (next !== undefined) await openTable(session, next);
  };
  if (stored === undefined) return leave();
  await onDisk(session, async (tables, image, source) => {
    const { deleteTable } = await loadSaving();
    const gone = await deleteTable(tables, tableName);
    session.tableFiles.setState(({ deleted }) => ({
      deleted: [...deleted, { stored: gone, image: imageName(source, image) }],
    }));
    await leave();
  });
}

/** The table of this image that was deleted last and can be put back; undefined where there is none. */
export function restorable(session: Session): Deleted | undefined {
  const { source, image } = openPlace(session.opened.getState()) ?? {};
  if (!source || !image) return undefined;
  const here = imageName(source, image);
  return session.tableFiles.getState().deleted.findLast((one) => one.image === here);
}

/** The same for an image each time its source is opened. */
function imageName({ origin }: Source, { path }: Image): string {
  return `${journalName(origin)} ${path}`;
}

/** Puts the table deleted last back where it was, and opens it where nothing would be lost by that. */
export async function restoreTable(session: Session): Promise<void> {
  const deleted = restorable(session);
  if (!deleted) return;
  const { stored } = deleted;
  await onDisk(session, async (tables, image) => {
    const { putTable } = await loadSaving();
    await putTable(tables, stored);
    forgetDeleted(session, deleted);
    await listAgain(session);
    const isFree = session.rois.getState().document.history.done.length === 0;
    if (isFree && openPlace(session.opened.getState())?.image === image)
      await openTable(session, stored.name);
  });
}

/** Offers a deleted table no more. */
export function forgetDeleted({ tableFiles }: Session, gone: Deleted): void {
  tableFiles.setState(({ deleted }) => ({ deleted: deleted.filter((one) => one !== gone) }));
}

/** Reads anew which tables the image has; one that is open and new stays among them. */
async function listAgain(session: Session): Promise<void> {
  const { image } = openPlace(session.opened.getState()) ?? {};
  if (!image) return;
  try {
    const { signal } = session.opening.controller;
    const { names } = await listTables(image.store, image.path, image.zarrFormat, { signal });
    if (openPlace(session.opened.getState())?.image !== image) return;
    const features = session.features.getState().names;
    session.rois.setState(({ table, onDisk: stored, tableName }) => {
      const own = names.filter((name) => !features.includes(name));
      const isNew = table && !stored && tableName !== undefined && !own.includes(tableName);
      return { names: isNew ? [...own, tableName] : own };
    });
  } catch (error) {
    notifyError(session.notices, error);
  }
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

/** Does something to the tables of the image that is open, as one of all who write there; failures are told. */
async function onDisk(
  session: Session,
  act: (tables: Tables, image: Image, source: Source) => Promise<void>,
  {
    renamed,
    onFailure = (error) => notifyError(session.notices, error),
  }: { readonly renamed?: Renamed; readonly onFailure?: (error: unknown) => void } = {},
): Promise<void> {
  const { source, image } = openPlace(session.opened.getState()) ?? {};
  if (!source || !image || session.rois.getState().saving) return;
  const { store } = source;
  const { path: imagePath, zarrFormat: format } = image;
  session.rois.setState({ saving: { kind: "writing", done: 0 } });
  try {
    await writing(session, source, tablesPath(imagePath), () =>
      journalled(session, source, (kept) =>
        act({ store, imagePath, format, ...kept }, image, source),
      ),
    );
    session.services.saves.tell(renamed);
  } catch (error) {
    onFailure(error);
  } finally {
    session.rois.setState({ saving: undefined });
  }
}
