/** Several new ROIs as one edit: from a form, a grid, a copy, or from outside. */
import { type Box, type Zyx, zyx } from "../geometry/box.ts";
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import { nameCounts, nameProblem, nextLabel } from "../roi/names.ts";
import { type Roi, type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import { isSolid, movedBoxes } from "./box-edit.ts";
import type { Edit } from "./edit.ts";
import type { Selection } from "./selection.ts";

/** What is to become an ROI; without a name it gets one. */
export interface NewRoi extends Pick<Roi, "box" | "copiedFrom" | "cells"> {
  readonly name?: string | undefined;
}

/**
 * Adds ROIs and selects them. Names that are taken get a number, "FOV_1-2", those that no reader would give back get
 * "ROI_" before them, and where there is none it is ROI_1, ROI_2, …
 * @param verb what the step is called: "Paste"
 * @returns undefined where there is nothing to add
 */
export function addRois(rois: Rois, made: readonly NewRoi[], verb: string): Edit | undefined {
  if (made.length === 0) return undefined;
  const nameFor = namesBeside(nameCounts(rois));
  const label = rois.base.labels && nextLabel(rois);
  const diff = new Map<RoiId, { from: undefined; to: Roi }>();
  for (const [i, { name, ...roi }] of made.entries()) {
    const to = { ...roi, name: nameFor(name), label: label === undefined ? undefined : label + i };
    diff.set(rois.nextId + i, { from: undefined, to });
  }
  const [first] = diff.values();
  const what = diff.size === 1 ? first?.to.name : `${diff.size} ROIs`;
  return { label: `${verb} ${what}`, diff, selection: new Set(diff.keys()) };
}

/** Names that nobody has yet, given out one after the other; each search goes on where the last one ended. */
function namesBeside(taken: {
  has(name: string): boolean;
}): (wanted: string | undefined) => string {
  const given = new Set<string>();
  const next = new Map<string, number>();
  const isFree = (name: string): boolean => !taken.has(name) && !given.has(name);
  const numbered = (stem: string, from: number): string => {
    let number = next.get(stem) ?? from;
    while (!isFree(stem + number)) number++;
    next.set(stem, number + 1);
    return stem + number;
  };
  const found = (wanted: string | undefined): string => {
    const plain = wanted?.replaceAll(/\p{Cc}+/gu, " ").trim();
    if (!plain) return numbered("ROI_", 1);
    const name = nameProblem(plain, NOBODY) === undefined ? plain : `ROI_${plain}`;
    return isFree(name) ? name : numbered(`${name.replace(/-\d{1,9}$/, "")}-`, 2);
  };
  return (wanted) => {
    const name = found(wanted);
    given.add(name);
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
