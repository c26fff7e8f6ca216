/** Writing to the tables of the open image as one of all who do, and finding out which there are. */
import type { Image } from "../ome/multiscale.ts";
import type { Tables } from "../table/move-tables.ts";
import { listTables, tablesPath } from "../table/table-list.ts";
import { notifyError } from "./notices.ts";
import type { Renamed } from "./services.ts";
import type { Session } from "./session.ts";
import { openPlace, type Source } from "./source.ts";
import { journalled, writing } from "./writing.ts";

/** Does something to the tables of the image that is open, as one of all who write there; failures are told. */
export async function onDisk(
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

/** Reads anew which tables the image has; one that is open and new stays among them. */
export async function listAgain(session: Session): Promise<void> {
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
