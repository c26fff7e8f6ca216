/** Tables that are deleted, and put back. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Image } from "../ome/multiscale.ts";
import type { StoredTable } from "../table/move-tables.ts";
import { loadSaving } from "./load-saving.ts";
import { openTable } from "./open-table.ts";
import { replaceRois } from "./rois.ts";
import type { Session } from "./session.ts";
import { journalName, openPlace, type Source } from "./source.ts";
import { listAgain, onDisk } from "./tables-on-disk.ts";

export interface DeletedTables {
  /** The tables that were deleted, the last one last; they can be put back until the page goes. */
  readonly deleted: readonly Deleted[];
}

interface Deleted {
  readonly stored: StoredTable;
  /** As `imageName`. */
  readonly image: string;
}

export function createDeletedTables(): StoreApi<DeletedTables> {
  return createStore<DeletedTables>(() => ({ deleted: [] }));
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
    session.deletedTables.setState(({ deleted }) => ({
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
  return session.deletedTables.getState().deleted.findLast((one) => one.image === here);
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
export function forgetDeleted({ deletedTables }: Session, gone: Deleted): void {
  deletedTables.setState(({ deleted }) => ({ deleted: deleted.filter((one) => one !== gone) }));
}
