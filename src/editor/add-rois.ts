/** Several new ROIs as one edit: from a form, a grid, a copy, or from outside. */
import { type Box, type Zyx, zyx } from "../geometry/box.ts";
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import { nameProblem, nextLabel, takenBeside } from "../roi/names.ts";
import { idsOf, type Roi, type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import { isSolid, movedBoxes } from "./box-edit.ts";
import type { Edit } from "./edit.ts";
import type { Selection } from "./selection.ts";

/** What is to become an ROI; without a name it gets one. */
export interface NewRoi extends Pick<Roi, "box" | "copiedFrom" | "cells"> {
  readonly name?: string | undefined;
  /** For a table of labels; one that is taken, or none, becomes the next that is free. */
  readonly label?: number;
}

/**
 * Adds ROIs and selects them. Names that are taken get a number, "FOV_1-2", those that no reader would give back get
 * "ROI_" before them, and where there is none it is ROI_1, ROI_2, …
 * @param verb what the step is called: "Paste"
 * @returns undefined where there is nothing to add
 */
export function addRois(rois: Rois, made: readonly NewRoi[], verb: string): Edit | undefined {
  if (made.length === 0) return undefined;
  const nameFor = namesBeside(rois);
  const label = rois.base.labels && nextLabel(rois);
  const diff = new Map<RoiId, { from: undefined; to: Roi }>();
  const labelFor = label === undefined ? () => undefined : labelsBeside(rois, label, made);
  for (const [i, { name, label: wanted, ...roi }] of made.entries()) {
    const to = { ...roi, name: nameFor(name), label: labelFor(wanted) };
    diff.set(rois.nextId + i, { from: undefined, to });
  }
  const [first] = diff.values();
  const what = diff.size === 1 ? first?.to.name : `${diff.size} ROIs`;
  return { label: `${verb} ${what}`, diff, selection: new Set(diff.keys()) };
}

/** Labels that nobody has yet: the wanted one where it is free, else the next after all that there are and are wanted. */
function labelsBeside(
  rois: Rois,
  first: number,
  made: readonly NewRoi[],
): (wanted: number | undefined) => number {
  const wanted = made.flatMap(({ label }) => label ?? []);
  const taken = new Set<number | undefined>();
  if (wanted.length > 0) for (const id of idsOf(rois)) taken.add(roiAt(rois, id)?.label);
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

/** How far a duplicate lies from what it copies, in voxels. */
const APART = 10;

/** Copies beside the originals, a little down and to the right, or up and to the left where the image ends there. */
export function duplicate(rois: Rois, ids: Selection, grid: PixelGrid): Edit | undefined {
  const originals = [...ids].flatMap((id) => {
    const roi = roiAt(rois, id);
    return roi !== undefined && isSolid(roi.box) ? [{ id, roi }] : [];
  });
  const boxes = originals.map(({ roi }) => roi.box);
  const [first] = boxes;
  if (first === undefined) return undefined;
  const copies = shiftedCopies(boxes, first, grid);
  const made = originals.map(({ id, roi: { name, cells } }, i) => ({
    name,
    copiedFrom: id,
    box: copies[i] ?? first,
    ...(cells ? { cells } : {}),
  }));
  return addRois(rois, made, "Duplicate");
}

function shiftedCopies(
  boxes: readonly Box<"world">[],
  grabbed: Box<"world">,
  grid: PixelGrid,
): readonly Box<"world">[] {
  const moved = (voxels: number): Box<"world">[] => {
    const by: Zyx = zyx((i) => (i === 0 ? 0 : voxels * grid.scale[i]));
    return movedBoxes(boxes, by, grid, { grabbed, snap: "voxels" });
  };
  const down = moved(APART);
  const [copy] = down;
  const stuck = ([1, 2] as const).every((i) => copy?.min[i] === grabbed.min[i]);
  return stuck ? moved(-APART) : down;
}
