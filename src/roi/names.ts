/** Which names an ROI may have, so that the tools that read its table get it back by that name. */
import { labelAt, type Rois } from "./rois.ts";

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$|^[+-]?inf(?:inity)?$|^0x[0-9a-f]+$/i;
const TRUTH = /^(?:true|false)$/i;
const DATE = /^\d{4}-\d{1,2}(?:-\d{1,2})?(?:[T ].*)?$|^\d{1,2}:\d{2}(?::\d{2}(?:\.\d*)?)?$/;
const MISSING = /^(?:nan|n\/a|na|null|none|#n\/a)$/i;
const CONTROL = /\p{Cc}/u;

/**
 * Why a name cannot be given to an ROI, as a sentence; undefined where it can. ngio keys ROIs by name, and its CSV
 * reader takes a column of names that look like numbers, dates or truth values for those (ngio 1.1, pyarrow).
 *
 * @param others the names of the other ROIs
 */
export function nameProblem(
  name: string,
  others: { has(name: string): boolean },
): string | undefined {
  if (name.trim() === "") return "An ROI needs a name";
  if (name !== name.trim()) return "A name cannot begin or end with a space";
  if (CONTROL.test(name)) return "A name cannot hold a line break or a tab";
  if (others.has(name))
    return `Another ROI is named "${name}"; "${freeName(name, others)}" is free`;
  const like = likeness(name);
  return like && `"${name}" would be read as ${like}; "ROI_${name}" would not`;
}

function likeness(name: string): string | undefined {
  if (NUMBER.test(name)) return "a number";
  if (TRUTH.test(name)) return "true or false";
  if (DATE.test(name)) return "a date or time";
  if (MISSING.test(name)) return "a missing value";
  return undefined;
}

/**
 * The name itself where it is free, else with a number after the one it ends in: FOV_1, FOV_2, … It is the first free
 * one where the numbers have no gaps; it is found in a few looks, however many are taken.
 */
export function freeName(base: string, taken: { has(name: string): boolean }): string {
  if (!taken.has(base)) return base;
  const [, stem = base, digits = "1"] = /^(.*)_(\d{1,9})$/s.exec(base) ?? [];
  const isTaken = (number: number): boolean => taken.has(`${stem}_${number}`);
  let low = Number(digits);
  let step = 1;
  while (isTaken(low + step)) {
    low += step;
    step *= 2;
  }
  let high = low + step;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isTaken(middle)) low = middle;
    else high = middle;
  }
  return `${stem}_${high}`;
}

/** Names taken besides those of an index: what is given out goes in with `add`. */
export function takenBeside(names: { has(name: string): boolean }): {
  has(name: string): boolean;
  add(name: string): void;
} {
  const given = new Set<string>();
  return { has: (name) => names.has(name) || given.has(name), add: (name) => void given.add(name) };
}

/** The label after the greatest; 1 where there is none. */
export function nextLabel(rois: Rois): number {
  let greatest = 0;
  const see = (label: number | undefined): void => {
    if (label !== undefined && label > greatest) greatest = label;
  };
  const labels = rois.base.labels ?? NO_LABELS;
  for (let id = 0; id < labels.length; id++) {
    const label = labels[id] ?? Number.NaN;
    if (label > greatest && !rois.overlay.has(id)) see(label);
  }
  for (const id of rois.overlay.keys()) see(labelAt(rois, id));
  return greatest + 1;
}

const NO_LABELS = new Float64Array();
