/** Opening an ROI table of the image that is open, and which tables of the image are such. */
import { grouped } from "../base/counted.ts";
import { sentence } from "../base/fault.ts";
import { openedDocument } from "../editor/document.ts";
import { worldOf } from "../geometry/pixel-grid.ts";
import { listTables } from "../table/table-list.ts";
import { featureTables, setFeatureNames, tablePath } from "./features.ts";
import { notify, withdraw } from "./notices.ts";
import { type RoiState, replaceRois } from "./rois.ts";
import type { Session } from "./session.ts";
import { openPlace, type Place } from "./source.ts";
import { readStored } from "./stored-rois.ts";

/** What a link says of an image of whose tables none is open, unless one has this name. */
export const NO_TABLE = "none";

/** The table of FOVs, as Fractal calls it: chosen where an image has it. */
export const USUAL_TABLE = "FOV_ROI_table";

/**
 * Lists the image's tables and opens the one asked for (of `NO_TABLE`, none), else the FOVs, else the first that is
 * named for ROIs; then finds out which of the others hold features, and where no name gave a table away, opens the first
 * that does not.
 */
export async function openTables(
  session: Session,
  { image }: Place,
  options: { readonly signal: AbortSignal; readonly table?: string | undefined },
): Promise<void> {
  if (!image) return;
  // Until they are known, none is said to be missing.
  session.rois.setState({ loading: true });
  const listed = listTables(image.store, image.path, image.zarrFormat, options);
  const { names } = await listed.finally(() => {
    if (!options.signal.aborted) session.rois.setState({ loading: false });
  });
  options.signal.throwIfAborted();
  session.rois.setState({ names });
  const { table } = options;
  const isThere = table === undefined || names.includes(table);
  const isNone = table === NO_TABLE && !isThere;
  if (!isThere && !isNone) notify(session.notices, "warning", `The image has no table "${table}"`);
  const asked = [table, USUAL_TABLE].find((name) => name && names.includes(name));
  const likely = isNone ? undefined : (asked ?? names.find((name) => /roi/i.test(name)));
  if (likely !== undefined) await openTable(session, likely);
  const others = names.filter((name) => name !== likely);
  const features = await featureTables(image, others, options);
  options.signal.throwIfAborted();
  setFeatureNames(session, features);
  session.rois.setState((state) => ({
    names: state.names.filter((name) => !features.includes(name)),
  }));
  const first = others.find((name) => !features.includes(name));
  if (!isNone && likely === undefined && first !== undefined) await openTable(session, first);
}

/** The names in the list, without that of a new table that was never saved: once it is left, it is gone. */
export function storedNames({ names, tableName, table, onDisk }: RoiState): readonly string[] {
  return table && !onDisk ? names.filter((name) => name !== tableName) : names;
}

/** Opens a table of the image that is open, in place of the one before; unsaved changes are the caller's to ask about. */
export async function openTable(session: Session, name: string): Promise<void> {
  const image = openPlace(session.opened.getState())?.image;
  if (!image) return;
  const { signal } = session.opening.controller;
  const names = storedNames(session.rois.getState());
  replaceRois(session, { names, tableName: name, loading: true });
  const isCurrent = (): boolean => {
    const { tableName, loading } = session.rois.getState();
    return tableName === name && loading && !signal.aborted;
  };
  try {
    const world = worldOf(image.levels[0].grid);
    const { store, zarrFormat } = image;
    const { decode } = session.services;
    const stored = { store, path: tablePath(image, name), zarrFormat, world, decode };
    const { warnings, rois, ...read } = await readStored(stored, { signal });
    if (!isCurrent()) return;
    const { table, problems } = read;
    for (const warning of warnings)
      notify(session.notices, "warning", warning, `table/read/${warning}`);
    const [problem] = problems.values();
    if (problem) warn(session, `${told(problems.size)} in ${name}: ${problem.sentence}`);
    const document = openedDocument(rois);
    session.rois.setState({
      ...read,
      loading: false,
      onDisk: table,
      document,
      savedRois: rois,
      world,
    });
  } catch (error) {
    if (!isCurrent()) return;
    session.rois.setState({ loading: false });
    notify(
      session.notices,
      "error",
      `Table "${name}" cannot be shown: ${sentence(error)}`,
      "table/read",
    );
  }
}

/** What the warning of ROIs that need a look is about. */
const ABOUT = "table/look";

/** Says it until no ROI needs a look any more. */
function warn({ notices, rois }: Session, text: string): void {
  notify(notices, "warning", text, ABOUT);
  const stop = rois.subscribe(({ problems }) => {
    if (problems.size > 0) return;
    stop();
    withdraw(notices, ABOUT);
  });
}

function told(count: number): string {
  return count === 1 ? "One ROI needs a look" : `${grouped(count)} ROIs need a look`;
}
