/** Where runs are kept, in the browser's private file system: a folder for each image, and one for each plate. */
import { forgetRun } from "../tasks/run-folder.ts";
import { openStore } from "../zarr/open-store.ts";
import { type StoreSpec, writable } from "../zarr/store.ts";
import type { Session } from "./session.ts";
import { journalName, type Source } from "./source.ts";

/** The folder that runs on an image have to themselves, one at a time; undefined where there is no private file system. */
export function runFolder(
  { services }: Session,
  { origin }: Pick<Source, "origin">,
  imagePath: string,
): Promise<StoreSpec | undefined> {
  return services.runFolder(nameOf("run", journalName(origin), imagePath));
}

/** The folder of what is run over the wells of a plate. */
export function batchFolder(
  { services }: Session,
  { origin }: Pick<Source, "origin">,
  platePath: string,
): Promise<StoreSpec | undefined> {
  return services.runFolder(nameOf("batch", journalName(origin), platePath));
}

/** Forgets what was run over a plate and on images of it: the plate is made anew. */
export async function forgetRuns(
  session: Session,
  source: Pick<Source, "origin">,
  platePath: string,
  imagePaths: readonly string[],
): Promise<void> {
  const folders = [
    await batchFolder(session, source, platePath),
    ...(await Promise.all(imagePaths.map((path) => runFolder(session, source, path)))),
  ];
  for (const folder of folders) if (folder) await forgetRun(writable(openStore(folder)));
}

function nameOf(...parts: readonly string[]): string {
  return parts.join("-").replace(/[^\w.-]/g, "_");
}
