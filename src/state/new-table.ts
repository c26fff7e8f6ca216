/** Starting an ROI table: empty, or a copy of the one that is open. It is on disk once it is saved. */
import { counted } from "../base/counted.ts";
import { openedDocument } from "../editor/document.ts";
import { worldOf } from "../geometry/pixel-grid.ts";
import { withColumnsOf } from "../roi/cells.ts";
import { freeName, nameProblem } from "../roi/names.ts";
import { newRoiTable } from "../roi/new-roi-table.ts";
import { roisFromTable } from "../roi/roi-table.ts";
import {
  type Cell,
  idsOf,
  type Roi,
  type RoiDiff,
  type RoiId,
  type Rois,
  roiAt,
} from "../roi/rois.ts";
import { NOTES_COLUMN, TRIAGE_COLUMN } from "../roi/triage.ts";
import { cellOf, valueColumns } from "../roi/values.ts";
import { labelOf } from "../table/feature-table.ts";
import type { Table } from "../table/table.ts";
import { tablePath } from "./features.ts";
import { storedNames } from "./open-table.ts";
import { edit, replaceRois } from "./rois.ts";
import type { Session } from "./session.ts";
import { openPlace } from "./source.ts";
import { freeTableName } from "./table-names.ts";
import { keptIn } from "./triage.ts";

/** Opens a new, empty ROI table in place of the one before; unsaved changes are the caller's to ask about. */
export function startTable(session: Session): void {
  start(session, "ROI_table", []);
}

/**
 * Opens an ROI table with the ROIs of the one that is open. The names of a masking table are numbers, which an ROI
 * table's readers would not keep as names, so they become "ROI_<label>".
 */
export function startCopy(session: Session): void {
  const { document, tableName } = session.rois.getState();
  const taken = new Set<string>();
  const copies = idsOf(document.rois).flatMap((id): Roi[] => {
    const roi = roiAt(document.rois, id);
    if (!roi) return [];
    const wanted = nameProblem(roi.name, taken) === undefined ? roi.name : `ROI_${roi.name}`;
    const name = freeName(wanted, taken);
    taken.add(name);
    return [{ name, box: roi.box, label: undefined }];
  });
  start(session, `${tableName}_copy`, copies);
}

/**
 * Opens a table with the kept ROIs of the one that is open, and the values they have in its columns: a masking table of
 * the same label where it is such, so that its features and tasks on its objects go on.
 */
export function startKept(session: Session): void {
  const { table, document, tableName, masking } = session.rois.getState();
  if (!table) return;
  const region = masking ? labelOf(table) : undefined;
  const kept = valued(table, document.rois, keptIn(table, document.rois), region !== undefined);
  start(session, `${tableName}_kept`, kept, region === undefined ? {} : { region });
}

/** Opens a copy of the open masking table that is about another label: its own may be gone, or named anew. */
export function startAbout(session: Session, region: string): void {
  const { table, document, tableName } = session.rois.getState();
  if (!table) return;
  const all = valued(table, document.rois, idsOf(document.rois), true);
  start(session, `${tableName}_${region}`, all, { region });
}

/** ROIs with the values they have in the columns of their table, those of triage too. */
function valued(table: Table, rois: Rois, ids: Iterable<RoiId>, masking: boolean): Roi[] {
  const columns = [...valueColumns(table).keys(), TRIAGE_COLUMN, NOTES_COLUMN];
  const taken = new Set<string>();
  return [...ids].flatMap((id): Roi[] => {
    const roi = roiAt(rois, id);
    if (!roi) return [];
    const cells = new Map(
      columns.flatMap((column): [string, Cell][] => {
        const value = cellOf(table, rois, id, column);
        return value === undefined ? [] : [[column, value]];
      }),
    );
    const { box, label } = roi;
    if (masking) return [{ name: roi.name, box, label, cells }];
    const name = freeName(nameProblem(roi.name, taken) ? `ROI_${roi.name}` : roi.name, taken);
    taken.add(name);
    return [{ name, box, label: undefined, cells }];
  });
}

/** Opens an ROI table, or with a region the masking table of that label, with ROIs that were found. */
export function startFound(
  session: Session,
  wanted: string,
  rois: readonly Roi[],
  region?: string,
): void {
  start(session, wanted, rois, { verb: "Find", ...(region === undefined ? {} : { region }) });
}

function start(
  session: Session,
  wanted: string,
  rois: readonly Roi[],
  { verb = "Copy", region }: { readonly verb?: string; readonly region?: string } = {},
): void {
  const image = openPlace(session.opened.getState())?.image;
  if (!image) return;
  const names = storedNames(session.rois.getState());
  // Beside tables of features too, and apart from all by more than case.
  const name = freeTableName(session, wanted);
  const empty = newRoiTable({
    path: tablePath(image, name),
    zarrFormat: image.zarrFormat,
    backend: "csv",
    rois: [],
    ...(region === undefined ? {} : { region }),
  });
  const table = withColumnsOf(empty, rois);
  replaceRois(session, {
    names: [...names, name],
    tableName: name,
    table,
    document: openedDocument(roisFromTable(table).rois),
    world: worldOf(image.levels[0].grid),
    masking: region !== undefined,
  });
  if (rois.length === 0) return;
  const diff: RoiDiff = new Map(rois.map((roi, id) => [id, { from: undefined, to: roi }]));
  edit(session, { label: `${verb} ${counted(rois.length, "ROI")}`, diff, selection: new Set() });
}
