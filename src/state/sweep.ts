/** Clears away what killed writes left beside the tables and labels of an image, when it is opened. */
import { isFault } from "../base/fault.ts";
import { sweep } from "../zarr/leftovers.ts";
import { below, type Options } from "../zarr/store.ts";
import { notify } from "./notices.ts";
import type { Session } from "./session.ts";
import type { Place } from "./source.ts";
import { lockNames } from "./writing.ts";

/** Only where writing is allowed already: nobody is asked for the sake of tidying. Says what it removed. */
export async function sweepImage(
  session: Session,
  { source, image }: Place,
  options: Options,
): Promise<void> {
  const { spec } = source.store;
  if (!image || spec.kind !== "directory") return;
  if (!(await session.services.permitted(spec.handle, "readwrite", false))) return;
  for (const folder of ["tables", "labels"]) {
    const path = below(image.path, folder);
    try {
      const removed = await session.services.locked(await lockNames(session, source, path), () =>
        sweep(source.store, path, options),
      );
      if (removed.length > 0)
        notify(
          session.notices,
          "info",
          `Removed ${removed.length === 1 ? "a file" : `${removed.length} files`} that a cut-off write had left in ${path}`,
        );
    } catch (error) {
      // Someone is writing there now, so what looks left over may be theirs.
      if (!isFault(error, "conflict")) throw error;
    }
  }
}
