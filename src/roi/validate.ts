/** What is wrong with ROIs: told before they are saved, and beside the row it is about. */
import { type Box, isEmpty, overlaps } from "../geometry/box.ts";
import { nameCounts, nameProblem } from "./names.ts";
import {
  idsOf,
  loadedAt,
  type Roi,
  type RoiColumns,
  type RoiId,
  type Rois,
  roiAt,
} from "./rois.ts";

export interface Problem {
  readonly id: RoiId;
  readonly kind: "name" | "duplicate" | "label" | "box" | "empty" | "outside";
  /** An error was made by an edit and must not be saved; a warning was there before, or is allowed. */
  readonly severity: "error" | "warning";
  readonly sentence: string;
}

export interface Rules {
  /** A masking table's names are its labels. */
  readonly type: "roi_table" | "masking_roi_table";
  /** The image's box; a ROI that shares nothing with it is told. */
  readonly world?: Box<"world">;
}

/** Everything wrong with the ROIs, in table order. What was loaded is never an error: saving keeps it as it was. */
export function validate(rois: Rois, rules: Rules): Problem[] {
  const counts = nameCounts(rois);
  const found: Problem[] = [];
  for (const id of idsOf(rois)) {
    if (!rois.overlay.has(id) && isPlainlyFine(rois.base, id, counts, rules)) continue;
    const roi = roiAt(rois, id);
    if (roi) found.push(...problemsOf(rois, id, roi, counts.get(roi.name) ?? 0, rules));
  }
  return found;
}

function problemsOf(
  { base, overlay }: Rois,
  id: RoiId,
  roi: Roi,
  namesakes: number,
  { type, world }: Rules,
): Problem[] {
  const found: Problem[] = [];
  // An edit answers for what it made wrong, not for what it left as it was.
  const tell = (kind: Problem["kind"], sentence: string | undefined, isNew: boolean): void => {
    const severity = overlay.has(id) && isNew ? "error" : "warning";
    if (sentence !== undefined) found.push({ id, kind, severity, sentence });
  };
  const loaded = loadedAt(base, id);
  const isRenamed = roi.name !== loaded?.name;
  if (type === "masking_roi_table") tell("label", labelProblem(roi), true);
  else if (isRenamed) tell("name", nameProblem(roi.name, NOBODY), true);
  if (namesakes > 1) tell("duplicate", `${namesakes} ROIs are named "${roi.name}"`, isRenamed);
  const box = boxProblem(roi.box);
  const wasBox = loaded === undefined || boxProblem(loaded.box) === undefined;
  if (box !== undefined) tell("box", `"${roi.name}" ${box}`, wasBox);
  else if (isEmpty(roi.box))
    tell(
      "empty",
      `"${roi.name}" holds nothing: one of its lengths is 0`,
      loaded === undefined || (wasBox && !isEmpty(loaded.box)),
    );
  else if (world && !overlaps(roi.box, world)) {
    const sentence = `"${roi.name}" lies outside the image`;
    found.push({ id, kind: "outside", severity: "warning", sentence });
  }
  return found;
}

/** Whether nothing can be wrong with a loaded row, told without making an object of it: there may be very many. */
function isPlainlyFine(
  { names, bounds, labels }: RoiColumns,
  row: number,
  counts: ReadonlyMap<string, number>,
  { type, world }: Rules,
): boolean {
  const name = names[row] ?? "";
  if (counts.get(name) !== 1) return false;
  for (let axis = 0; axis < 3; axis++) {
    const min = bounds[6 * row + axis] ?? Number.NaN;
    const max = bounds[6 * row + 3 + axis] ?? Number.NaN;
    if (!(max > min && Number.isFinite(max - min))) return false;
    if (world && !overlaps1d(min, max, world.min[axis], world.max[axis])) return false;
  }
  return type === "roi_table" || String(labels?.[row]) === name;
}

function overlaps1d(min: number, max: number, low = -Infinity, high = Infinity): boolean {
  return min < high && max > low;
}

const NOBODY: ReadonlySet<string> = new Set();

const AXES = ["z", "y", "x"] as const;

/** Why a box is none, to be read after the ROI's name; undefined where it is one, be it empty. */
export function boxProblem(box: Box<"world">): string | undefined {
  for (const [i, axis] of AXES.entries()) {
    const length = (box.max[i] ?? Number.NaN) - (box.min[i] ?? Number.NaN);
    if (!Number.isFinite(length)) return `has no number for its place or length along ${axis}`;
    if (length < 0) return `has a negative length along ${axis}`;
  }
  return undefined;
}

function labelProblem({ label, name }: Roi): string | undefined {
  if (label === undefined || !Number.isInteger(label) || label < 0)
    return `"${name}" has no label: a masking ROI is named by a whole number`;
  return name === String(label) ? undefined : `The ROI of label ${label} is named "${name}"`;
}
