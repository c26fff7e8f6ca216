/** Leave to write: permission from the user, and locks that keep every other tab from the same data. */
import { Fault } from "../base/fault.ts";
import { openStore } from "../zarr/open-store.ts";
import { type WritableStore, writable } from "../zarr/store.ts";
import { namesOf } from "./identity.ts";
import type { Session } from "./session.ts";
import { journalName, type Source } from "./source.ts";
import { isWrittenTo } from "./thumbnails.ts";

/**
 * Runs what writes below a folder of the source, or below several, asking the user where the browser has not been asked yet.
 * @throws Fault "readonly", "denied" where the user says no, "conflict" where another tab writes there
 */
export async function writing<T>(
  session: Session,
  source: Source,
  folder: string | readonly string[],
  run: () => Promise<T>,
): Promise<T> {
  const { spec } = writable(source.store);
  const { permitted, locked } = session.services;
  if (spec.kind === "directory" && !(await permitted(spec.handle, "readwrite", true)))
    throw new Fault(
      "denied",
      `The browser was not allowed to write to "${spec.handle.name}". Nothing was written; allow it when asked, or in the settings of this page beside its address`,
    );
  // Tidying of our own is waited for; it holds the same locks.
  await session.opening.tidied;
  const folders = typeof folder === "string" ? [folder] : folder;
  const names = await Promise.all(folders.map((one) => lockNames(session, source, one)));
  const all = [...new Set(names.flat())].sort();
  // Before, so that a picture is not kept of what a cut-off write has changed.
  await session.services.thumbnails.dropWells(isWrittenTo(all));
  return locked(all, run);
}

/** The names that whoever writes below a folder of the source must hold; the folder is "…/tables", "…/labels", an image or its well. */
export async function lockNames(
  session: Session,
  { origin }: Source,
  folder: string,
): Promise<readonly string[]> {
  switch (origin.kind) {
    case "url":
      return [];
    case "folder":
      return namesOf(session.services.folders, origin.handle, folder);
    case "demo":
      return [`${journalName(origin)}:${folder}`];
  }
}

/** The name that whoever uses a source's entries in the journal of saves must hold. */
export function journalLock(identity: string): string {
  return `journal:${identity}`;
}

/** Where changes of several files are kept while they are made, and under which name. */
export interface Kept {
  readonly journal: WritableStore | undefined;
  readonly identity: string;
}

/** Runs what goes through the journal, one at a time, so that no other tab takes it for a save that was cut off. */
export async function journalled<T>(
  { services }: Session,
  { store, origin }: Source,
  run: (kept: Kept) => Promise<T>,
): Promise<T> {
  const identity = journalName(origin);
  // What is in memory goes with the page, cut-off saves and all.
  const inMemory = store.spec.kind === "memory";
  const journal = inMemory
    ? openStore({ kind: "memory", entries: new Map() })
    : await services.journal();
  return services.locked([journalLock(identity)], () => run({ journal, identity }));
}
