/** New ROIs beside those that are there: the numbers, names and labels they get. */
import { worldBox } from "../geometry/box.ts";
import { nameProblem, nextLabel, takenBeside } from "./names.ts";
import {
  changedIn,
  idsOf,
  labelAt,
  nameAt,
  type Roi,
  type RoiDiff,
  type RoiId,
  type Rois,
} from "./rois.ts";

/** What is to become an ROI; without a name it gets one. */
export interface NewRoi extends Pick<Roi, "box" | "copiedFrom" | "cells"> {
  readonly name?: string | undefined;
  /** For a table of labels; one that is taken, or none, becomes the next that is free. */
  readonly label?: number;
}

/** ROIs to be copied, and where the copies lie: six numbers each, as in `RoiColumns`. */
export interface Copies {
  readonly of: Int32Array<ArrayBuffer>;
  readonly bounds: Float64Array<ArrayBuffer>;
}

/** Copies as ROIs to be added: they have the names and values of what they copy. */
export function newCopies(rois: Rois, { of, bounds }: Copies): readonly NewRoi[] {
  return Array.from(of, (id, i): NewRoi => {
    const at = (edge: number): number => bounds[6 * i + edge] ?? Number.NaN;
    const cells = rois.overlay.cells(id);
    return {
      name: nameAt(rois, id),
      copiedFrom: id,
      box: worldBox([at(0), at(1), at(2)], [at(3), at(4), at(5)]),
      ...(cells ? { cells } : {}),
    };
  });
}

/**
 * The change that adds ROIs. Names that are taken get a number, "FOV_1-2", those that no reader would give back get
 * "ROI_" before them, and where there is none it is ROI_1, ROI_2, …
 */
export function addedTo(rois: Rois, made: readonly NewRoi[]): RoiDiff {
  const nameFor = namesBeside(rois);
  const label = rois.base.labels && nextLabel(rois);
  const labelFor = label === undefined ? () => undefined : labelsBeside(rois, label, made);
  return changedIn(rois, ({ set }) => {
    for (const [i, { name, label: wanted, ...roi }] of made.entries()) {
      const id: RoiId = rois.nextId + i;
      set(id, { ...roi, name: nameFor(name), label: labelFor(wanted) });
    }
  });
}

/** Labels that nobody has yet: the wanted one where it is free, else the next after all that there are and are wanted. */
function labelsBeside(
  rois: Rois,
  first: number,
  made: readonly NewRoi[],
): (wanted: number | undefined) => number {
  const wanted = made.flatMap(({ label }) => label ?? []);
  const taken = new Set<number | undefined>();
  if (wanted.length > 0) for (const id of idsOf(rois)) taken.add(labelAt(rois, id));
  let next = wanted.reduce((most, label) => Math.max(most, label + 1), first);
  return (label) => {
    const given = label === undefined || taken.has(label) ? next++ : label;
    taken.add(given);
    return given;
  };
}

/** Names that nobody has yet, given out one after the other; each search goes on where the last one ended. */
function namesBeside(rois: Rois): (wanted: string | undefined) => string {
  const taken = takenBeside(rois.names);
  const next = new Map<string, number>();
  const numbered = (stem: string, from: number): string => {
    let number = next.get(stem) ?? from;
    while (taken.has(stem + number)) number++;
    next.set(stem, number + 1);
    return stem + number;
  };
  const found = (wanted: string | undefined): string => {
    const plain = wanted?.replaceAll(/\p{Cc}+/gu, " ").trim();
    if (!plain) return numbered("ROI_", 1);
    const name = nameProblem(plain, NOBODY) === undefined ? plain : `ROI_${plain}`;
    return taken.has(name) ? numbered(`${name.replace(/-\d{1,9}$/, "")}-`, 2) : name;
  };
  return (wanted) => {
    const name = found(wanted);
    taken.add(name);
    return name;
  };
}

const NOBODY: ReadonlySet<string> = new Set();
