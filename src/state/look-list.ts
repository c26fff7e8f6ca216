/** What a link says of the ROIs of the open table, taken; and how they are listed as a link says it. */
import { nameAt } from "../roi/rois.ts";
import type { Options } from "../zarr/store.ts";
import { chooseFeatures } from "./features.ts";
import type { LinkedList } from "./link-list.ts";
import { notify } from "./notices.ts";
import { colorBy, setEnds } from "./roi-colors.ts";
import { arrange, columnsOf } from "./roi-list.ts";
import { select } from "./rois.ts";
import type { Session } from "./session.ts";

/** An address has no room for more names. */
const NAMED_MAX = 50;

/** The names of the selected ROIs; undefined where there are none, or too many for a link. */
export function selectedNames({ rois }: Session): readonly string[] | undefined {
  const { document } = rois.getState();
  const { size } = document.selection;
  if (size === 0 || size > NAMED_MAX) return undefined;
  return [...document.selection].flatMap((id) => nameAt(document.rois, id) ?? []);
}

/** Selects the ROIs that a link names, in the table that is open; those that are not there are told. */
export function selectLinked(session: Session, names: readonly string[]): void {
  const { document, tableName, table } = session.rois.getState();
  if (table === undefined) return;
  const found = names.map((name) => {
    const [id] = document.rois.names.idsOf(name);
    return id;
  });
  select(session, new Set(found.filter((id) => id !== undefined)));
  const missing = names.filter((_, i) => found[i] === undefined).map((name) => `"${name}"`);
  if (missing.length > 0)
    notify(
      session.notices,
      "warning",
      `The link selects the ROI${missing.length > 1 ? "s" : ""} ${missing.join(", ")}, which ${tableName} does not have`,
    );
}

/** How the ROIs are listed and coloured, as a link says it. */
export function listOf({ list, colors, features, rois }: Session): LinkedList | undefined {
  if (rois.getState().table === undefined) return undefined;
  const { query, sort } = list.getState();
  const { column, ends } = colors.getState();
  return {
    features: features.getState().wanted?.name,
    find: query || undefined,
    sort,
    color: column === undefined ? undefined : { column, ends },
  };
}

/** Lists and colours the ROIs of the open table as a link says; what it names that is not there is told. */
export async function takeList(
  session: Session,
  { features, find, sort, color }: LinkedList,
  { signal }: Options,
): Promise<void> {
  const { tableName, table } = session.rois.getState();
  if (table === undefined) return;
  const problems: string[] = [];
  if (features !== undefined) {
    if (session.features.getState().names.includes(features))
      await chooseFeatures(session, features);
    else problems.push(`The link shows the features "${features}", which the image does not have`);
  }
  if (signal?.aborted) return;
  const columns = columnsOf(session);
  const known = <C extends { readonly column: string }>(named: C | undefined, does: string) => {
    if (named === undefined || columns.has(named.column)) return named;
    problems.push(
      `The link ${does} ROIs by "${named.column}", which ${tableName} does not have as a column`,
    );
    return undefined;
  };
  const [sorted, colored] = [known(sort, "sorts"), known(color, "colours")];
  if (problems.length > 0) notify(session.notices, "warning", problems.join(". "));
  const coloring = async (): Promise<void> => {
    if (!colored) return;
    await colorBy(session, colored.column);
    if (!signal?.aborted && session.colors.getState().column === colored.column)
      setEnds(session, colored.ends);
  };
  const arranging =
    find !== undefined || sorted ? [arrange(session, { query: find ?? "", sort: sorted })] : [];
  await Promise.all([coloring(), ...arranging]);
}
