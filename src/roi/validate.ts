/** What is wrong with ROIs: told before they are saved, and beside the row it is about. */
import { PagedMap } from "../base/paged-map.ts";
import { STEP, type Steps } from "../base/steps.ts";
import { type Box, isEmpty, overlaps } from "../geometry/box.ts";
import { nameProblem } from "./names.ts";
import { loadedAt } from "./overlay.ts";
import { labelAt, nameAt, type Roi, type RoiId, type Rois, roiAt } from "./rois.ts";

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
  /** The image's box; an ROI that shares nothing with it is told. */
  readonly world?: Box<"world">;
}

/** By ROI, what is to be mended first; of the whole table. What was loaded is never an error: saving keeps it as it was. */
export function* firstProblems(rois: Rois, rules: Rules): Steps<PagedMap<Problem>> {
  yield* rois.names.making();
  const at = problemIn(rois, rules);
  let problems = PagedMap.of<Problem>();
  for (let from = 0; from < rois.nextId; from += STEP) {
    problems = problems.with((draft) => {
      for (let id = from; id < Math.min(rois.nextId, from + STEP); id++) {
        const problem = at(id);
        if (problem) draft.set(id, problem);
      }
    });
    yield;
  }
  return problems;
}

/**
 * The first problems after an edit, from those before it: only ROIs the edit may have made better or worse are looked
 * at. Both states are of the same loaded table.
 */
export function firstProblemsSince(
  problems: PagedMap<Problem>,
  { before, after }: { readonly before: Rois; readonly after: Rois },
  rules: Rules,
): PagedMap<Problem> {
  const { reshaped, renamed } = idsToValidate(problems, before, after);
  return problems.with((draft) => {
    const at = problemIn(after, rules);
    const look = (id: RoiId, had: boolean, namesakes?: number): void => {
      const problem = at(id, namesakes);
      if (problem) draft.set(id, problem);
      else if (had) draft.delete(id);
    };
    for (const id of reshaped) {
      const had = problems.has(id);
      // Nobody had, or gets, the name of an ROI that nothing was wrong with and that kept it.
      look(id, had, had ? undefined : 1);
    }
    for (const id of renamed) look(id, problems.has(id));
  });
}

export interface ToValidate {
  /** ROIs that differ and have the name they had. */
  readonly reshaped: readonly RoiId[];
  /** ROIs that are new or named otherwise, those that are gone with their problem, and whoever shares a name with one of those, or did. */
  readonly renamed: ReadonlySet<RoiId>;
}

/**
 * What an edit may have made better or worse.
 * @param problems the first problems before it: an ROI that has none has its name alone
 */
export function idsToValidate(problems: PagedMap<Problem>, before: Rois, after: Rois): ToValidate {
  const reshaped: RoiId[] = [];
  const renamed = new Set<RoiId>();
  const names = new Set<string>();
  const ids = after.overlay.differing(before.overlay);
  if (before.names === after.names) return { reshaped: ids, renamed };
  const lost = (id: RoiId, name: string | undefined): void => {
    if (!problems.has(id)) return;
    renamed.add(id);
    if (name !== undefined) names.add(name);
  };
  const got = (id: RoiId, name: string): void => {
    renamed.add(id);
    if (after.names.count(name) > 1) names.add(name);
  };
  for (const id of ids) {
    const [from, to] = [nameAt(before, id), nameAt(after, id)];
    if (from === to) reshaped.push(id);
    else lost(id, from);
    if (to !== undefined && from !== to) got(id, to);
  }
  for (const name of names) for (const id of after.names.idsOf(name)) renamed.add(id);
  return { reshaped, renamed };
}

type ProblemAt = (id: RoiId, namesakes?: number) => Problem | undefined;

/** @returns the problem of an ROI; `namesakes` is how many have its name, known of one that nothing was wrong with */
function problemIn(rois: Rois, rules: Rules): ProblemAt {
  const edges = new Float64Array(6);
  return (id, known) => {
    const name = nameAt(rois, id);
    if (name === undefined) return undefined;
    const namesakes = known ?? rois.names.count(name);
    // Whoever knows that nobody shares the name knows as well that nothing else is wrong with it.
    const isNameFine = known === 1 || name === rois.base.names[id];
    if (namesakes === 1 && isNameFine && isPlainlyFine(rois, id, name, rules, edges))
      return undefined;
    const roi = roiAt(rois, id);
    return roi && problemOf(rois, id, roi, namesakes, rules);
  };
}

/** An error before any warning: it is what a save has to be kept from. */
function problemOf(
  { base, overlay }: Rois,
  id: RoiId,
  roi: Roi,
  namesakes: number,
  { type, world }: Rules,
): Problem | undefined {
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
      `"${roi.name}" ${emptyProblem(roi.box)}`,
      loaded === undefined || (wasBox && !isEmpty(loaded.box)),
    );
  else if (world && !overlaps(roi.box, world)) {
    const sentence = `"${roi.name}" lies outside the image`;
    found.push({ id, kind: "outside", severity: "warning", sentence });
  }
  return found.find(({ severity }) => severity === "error") ?? found[0];
}

/**
 * Whether nothing is wrong with the box and the label of an ROI, told without making an object of it.
 * @param edges room for six numbers
 */
function isPlainlyFine(
  rois: Rois,
  id: RoiId,
  name: string,
  { type, world }: Rules,
  edges: Float64Array,
): boolean {
  rois.overlay.copyEdges(id, edges);
  for (const axis of AXIS_NUMBERS) {
    const min = edges[axis] ?? Number.NaN;
    const max = edges[axis + 3] ?? Number.NaN;
    if (!(max > min && Number.isFinite(max - min))) return false;
    if (world && !overlaps1d(min, max, world.min[axis], world.max[axis])) return false;
  }
  return type === "roi_table" || String(labelAt(rois, id)) === name;
}

const AXIS_NUMBERS = [0, 1, 2] as const;

function overlaps1d(min: number, max: number, low = -Infinity, high = Infinity): boolean {
  return min < high && max > low;
}

const NOBODY: ReadonlySet<string> = new Set();

const AXES = ["z", "y", "x"] as const;

/** Why a box is none, to be read after the ROI's name; undefined where it is one, be it empty. */
export function boxProblem(box: Box<"world">): string | undefined {
  for (const [i, axis] of AXES.entries()) {
    const [min, max] = [box.min[i] ?? Number.NaN, box.max[i] ?? Number.NaN];
    if (Number.isNaN(min) || Number.isNaN(max))
      return `has no number for its place or length along ${axis}`;
    if (!Number.isFinite(max - min))
      return `has too large a number for its place or length along ${axis}`;
    if (max < min) return `has a negative length along ${axis}`;
  }
  return undefined;
}

/** Why a box holds nothing, to be read after the ROI's name. */
function emptyProblem({ min, max }: Box<"world">): string {
  const i = ([2, 1, 0] as const).find((one) => max[one] <= min[one]) ?? 0;
  return Math.abs(min[i]) < Number.MAX_SAFE_INTEGER
    ? `holds nothing: its length along ${AXES[i]} is 0`
    : `holds nothing: its place along ${AXES[i]} is too large a number for a length to count beside it`;
}

function labelProblem({ label, name }: Roi): string | undefined {
  if (label === undefined || !Number.isInteger(label) || label < 0)
    return `"${name}" has no label: a masking ROI is named by a whole number`;
  return name === String(label) ? undefined : `The ROI of label ${label} is named "${name}"`;
}
