/** What runs make, as the page shows it: lists, pixels and tables brought in line with what is on disk. */
import { isFault } from "../base/fault.ts";
import { listLabels } from "../ome/labels.ts";
import type { Image } from "../ome/multiscale.ts";
import { openMultiscale } from "../ome/open-multiscale.ts";
import { requireNode } from "../ome/require-node.ts";
import { listTables } from "../table/table-list.ts";
import type { MadeGroup } from "../tasks/journal.ts";
import { chooseFeatures, featureTables, setFeatureNames } from "./features.ts";
import { setLabels } from "./labels.ts";
import { openTable, openTables } from "./open-table.ts";
import { unsavedCount } from "./rois.ts";
import type { Session } from "./session.ts";
import { openPlace, type Source } from "./source.ts";

export type Output = Pick<MadeGroup, "list" | "name" | "path">;

/** The folders to lock for a run that makes this: that of the image's own runs, and those with the lists it is put on. */
export function foldersOf(image: Image, outputs: readonly Output[]): readonly string[] {
  const lists = outputs.map(({ path }) => path.split("/").slice(0, -1).join("/"));
  return [...new Set([image.path, ...lists])];
}

/** Whether an image of a source is the one on the screen. */
export function isOpen(session: Session, source: Source, image: Image): boolean {
  const place = openPlace(session.opened.getState());
  return place?.source === source && place.image?.path === image.path;
}

/** Shows outputs of an image as they are on disk now: made, replaced, put back or gone. */
export async function showOutputs(
  session: Session,
  source: Source,
  image: Image,
  outputs: readonly Output[],
): Promise<void> {
  for (const { list, path } of outputs)
    if (list !== "tables") await forgetPixels(source, image, path);
  if (!isOpen(session, source, image)) return;
  const lists = new Set(outputs.map(({ list }) => list));
  if (lists.has("labels")) await showLabels(session, source, image);
  if (lists.has("tables")) await showTables(session, source, image, outputs);
}

/** Has the pixels of a label or image read anew; what is gone has none. */
async function forgetPixels({ reader }: Source, image: Image, path: string): Promise<void> {
  const { store, zarrFormat: format } = image;
  try {
    const { levels } = await openMultiscale(store, await requireNode(store, path, { format }));
    for (const { array } of levels) reader.invalidate(array);
  } catch (error) {
    if (!isFault(error, "missing")) throw error;
  }
}

/** The labels that the image's list names now; those that are drawn stay if they are among them. */
async function showLabels(session: Session, source: Source, image: Image): Promise<void> {
  const labels = await listLabels(image.store, image.path, image.zarrFormat, []);
  if (!isOpen(session, source, image)) return;
  setLabels(session.view, labels);
}

async function showTables(
  session: Session,
  source: Source,
  image: Image,
  outputs: readonly Output[],
): Promise<void> {
  const { names } = await listTables(image.store, image.path, image.zarrFormat);
  const features = await featureTables(image, names, {});
  if (!isOpen(session, source, image)) return;
  const { chosen } = session.features.getState();
  session.rois.setState((state) => {
    const isNew = state.table !== undefined && state.onDisk === undefined;
    const unsaved = isNew && state.tableName !== undefined ? [state.tableName] : [];
    const rois = names.filter((name) => !features.includes(name));
    return { names: [...rois, ...unsaved.filter((name) => !rois.includes(name))] };
  });
  const changed = new Set(outputs.flatMap(({ list, name }) => (list === "tables" ? name : [])));
  setFeatureNames(session, features, changed);
  if (chosen && changed.has(chosen.name))
    await chooseFeatures(session, features.includes(chosen.name) ? chosen.name : undefined);
  await showOpenTable(session, changed);
}

/** The ROI table that is open may have been replaced or removed: what is there is read, unless that would lose edits. */
async function showOpenTable(session: Session, changed: ReadonlySet<string>): Promise<void> {
  const opened = session.opened.getState();
  const state = session.rois.getState();
  const { tableName, onDisk, names } = state;
  if (opened.kind !== "open" || tableName === undefined || onDisk === undefined) return;
  if (!changed.has(tableName)) return;
  const isListed = names.includes(tableName);
  if (unsavedCount(state) > 0)
    session.rois.setState({ changedOnDisk: true, theirs: isListed ? undefined : "gone" });
  else if (isListed) await openTable(session, tableName);
  else await openTables(session, opened.place, { signal: session.opening.controller.signal });
}
