/** Saves that were cut off, by a closed tab or a lost disk, are finished when their data is opened again. */
import { isAborted, isFault } from "../base/fault.ts";
import { openStore } from "../zarr/open-store.ts";
import type { Options, WritableStore } from "../zarr/store.ts";
import { overlapping } from "./identity.ts";
import { notify, notifyError } from "./notices.ts";
import type { Session } from "./session.ts";
import { journalName, type Origin } from "./source.ts";
import { journalLock } from "./writing.ts";

/**
 * Finishes what was begun in this source, or in a folder around or within it, and says so. What cannot be finished is
 * told too, and keeps nothing from being opened.
 */
export async function recover(
  session: Session,
  origin: Origin,
  options: Options = {},
): Promise<void> {
  if (origin.kind === "url") return;
  const { services } = session;
  const journal = await services.journal();
  if (!journal) return;
  const { entryNames } = await import("../table/save-journal.ts");
  const folders =
    origin.kind === "folder"
      ? await overlapping(services.folders, origin.handle)
      : [{ id: journalName(origin), handle: origin.handle }];
  for (const { id, handle } of folders) {
    try {
      if (!handle || (await entryNames(journal, id, options)).length === 0) continue;
      await services.locked([journalLock(id)], () =>
        finishSaves(session, journal, id, handle, options),
      );
    } catch (error) {
      if (isAborted(error)) throw error;
      // A tab that is saving now finishes by itself.
      if (!isFault(error, "conflict")) notifyError(session.notices, error);
    }
  }
}

async function finishSaves(
  { services, notices }: Session,
  journal: WritableStore,
  identity: string,
  handle: FileSystemDirectoryHandle,
  options: Options,
): Promise<void> {
  if (!(await services.permitted(handle, "readwrite", true))) {
    notify(
      notices,
      "warning",
      `A change of "${handle.name}" was cut off. It is kept in this browser; open the folder again and allow writing to finish it`,
    );
    return;
  }
  const store = openStore({ kind: "directory", handle });
  const { recoverSaves } = await import("../table/recover-saves.ts");
  const { finished, conflicts } = await recoverSaves(store, journal, identity, options);
  for (const path of finished)
    notify(notices, "info", `A change of ${path} that had been cut off is now finished`);
  for (const { path, fault } of conflicts)
    notify(
      notices,
      "warning",
      `A change ${path === undefined ? "" : `of ${path} `}was cut off and cannot be finished. ${fault.message}`,
    );
}
