/** ROIs as a text for the clipboard, written step by step. */
import { STEP, type Steps, stepwise } from "../base/steps.ts";
import type { Table } from "../table/table.ts";
import { copier } from "./copied.ts";
import { csvOf } from "./delimited.ts";
import type { Frame } from "./found-roi.ts";
import { geojsonOf } from "./geojson.ts";
import type { RoiId, Rois } from "./rois.ts";

export interface CopiedText {
  readonly format: "geojson" | "csv";
  readonly frame: Frame;
}

/** The text, a part at a time; ROIs that are not there any more are left out. */
export function* copiedText(
  table: Table,
  rois: Rois,
  ids: Iterable<RoiId>,
  { format, frame }: CopiedText,
): Steps<string> {
  const found = yield* stepwise([...ids], copier(table, rois));
  const copied = found.filter((roi) => roi !== undefined);
  return yield* format === "csv" ? csvOf(copied, frame) : geojsonOf(copied, frame);
}

/** About how many steps so many ROIs take. */
export function copySteps(count: number): number {
  return 2 * Math.ceil(count / STEP);
}
