/** What a careful reader would point out in an ROI table before others use it: a list to walk through. */
import { grouped } from "../base/counted.ts";
import type { Steps } from "../base/steps.ts";
import { type Box, isEmpty, overlaps, type Space, type Zyx } from "../geometry/box.ts";
import { type PixelGrid, pixelFromWorld, worldOf } from "../geometry/pixel-grid.ts";
import { nameProblem } from "./names.ts";
import { otherOrigin } from "./other-origin.ts";
import { overlapPairs, type Pairs } from "./overlaps.ts";
import { idsOf, type Roi, type RoiId, type Rois, roiAt } from "./rois.ts";
import { type SharedChunks, sharedChunks } from "./shared-chunks.ts";
import { boxProblem } from "./validate.ts";

/** In the order they are worth mending in. */
export const CHECKS = {
  box: "No box",
  duplicate: "Names given twice",
  name: "Names other tools would change",
  origin: "Another origin",
  outside: "Outside the image",
  beyond: "Beyond the image's border",
  empty: "Empty at this level",
  copy: "The same box twice",
  overlap: "Overlapping",
  pixels: "Sharing voxels at this level",
  size: "Other size than most",
  chunk: "Sharing a chunk at this level",
} as const;

/** What a kind of finding means for who works with the table, where its name does not say. */
export const MEANINGS: Readonly<Partial<Record<CheckKind, string>>> = {
  origin:
    "Old programs counted from where the stage was; others count from the image's first corner.",
  pixels:
    "They touch without overlapping: ngio reads whole voxels, so both get those between them.",
  chunk:
    "No mistake: Fovea writes each chunk once, whole. Programs that write these ROIs at the same time would undo parts of each other's work.",
};

export type CheckKind = keyof typeof CHECKS;

export interface Finding {
  readonly kind: CheckKind;
  /** One ROI, or the two that overlap. */
  readonly ids: readonly RoiId[];
  readonly sentence: string;
}

export interface Report {
  readonly findings: readonly Finding[];
  /** How many of each kind there are; more than are listed where pairs are very many. */
  readonly counts: ReadonlyMap<CheckKind, number>;
}

/** ROIs that are looked at between two pauses: a few milliseconds. */
const ROWS_A_STEP = 4096;

/** ROIs of one chunk that are named. */
const MOST_NAMES = 4;

/** More pairs than anybody walks through. */
const MOST_PAIRS = 1000;

export interface CheckOptions {
  /** Of the working level. */
  readonly grid: PixelGrid;
  /** The voxels of a chunk there. */
  readonly chunk: Zyx;
  /** A masking table's names are its labels, and its objects differ in size. */
  readonly masking: boolean;
}

/** About how many steps a check takes, of so many ROIs. */
export function checkSteps(count: number, { masking }: CheckOptions): number {
  return (masking ? 1 : 4) * (count / ROWS_A_STEP);
}

/** Everything worth a look, kind by kind, in table order; O(n log n) but for what really overlaps along x. */
export function* check(rois: Rois, { grid, chunk, masking }: CheckOptions): Steps<Report> {
  const findings: Finding[] = [];
  const counts = new Map<CheckKind, number>();
  const tell: Tell = (kind, ids, sentence) => {
    findings.push({ kind, ids, sentence });
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  };
  const ids = idsOf(rois);
  const world = new Float64Array(6 * ids.length);
  const pixels = new Float64Array(6 * ids.length);
  const image = worldOf(grid);
  const tellName = namesTold(masking, tell);
  const isCopy = copiesTold(masking, tell);
  const usual = masking ? undefined : usualSize(rois, ids);
  for (const [row, id] of ids.entries()) {
    if (row % ROWS_A_STEP === ROWS_A_STEP - 1) yield;
    const roi = roiAt(rois, id);
    if (!roi) continue;
    const { box, name } = roi;
    tellName(id, name);
    const footprint = pixelFromWorld(grid, box);
    const place = placeProblem(box, footprint, image, grid) ?? sizeProblem(box, usual);
    if (place) tell(place[0], [id], `"${name}" ${place[1]}`);
    // A box that is none shares nothing with others, and what a copy shares its original does.
    const isBox = place?.[0] !== "box" && !isCopy(id, roi);
    put(world, row, box, isBox);
    put(pixels, row, footprint, isBox);
  }
  // The boxes of objects overlap wherever the objects lie close, and must not be cut.
  if (!masking) {
    tellPairs("overlap", "overlap", yield* overlapPairs(world, MOST_PAIRS));
    tellPairs("pixels", "share voxels", yield* overlapPairs(pixels, MOST_PAIRS, world));
    tellChunks(yield* sharedChunks(pixels, { ...grid, chunk }, MOST_PAIRS));
  }
  tellOrigin();
  return { findings: inOrder(findings.filter(({ kind }) => counts.has(kind))), counts };

  function tellOrigin(): void {
    const away = (counts.get("outside") ?? 0) + (counts.get("beyond") ?? 0);
    const [first] = findings.find(({ kind }) => kind === "outside")?.ids ?? [];
    const said = 2 * away < ids.length ? undefined : otherOrigin(rois, ids, grid);
    if (first === undefined || said === undefined) return;
    tell("origin", [first], said);
    // One by one they would be mended to the wrong place.
    counts.delete("outside");
    counts.delete("beyond");
  }

  function tellPairs(kind: CheckKind, verb: string, pairs: Pairs): void {
    for (const two of pairsOf(pairs, ids)) tell(kind, two, `${namesOf(rois, two)} ${verb}`);
    if (pairs.count > 0) counts.set(kind, pairs.count);
  }

  function tellChunks(found: SharedChunks | undefined): void {
    for (const { at, rows } of found?.listed ?? []) {
      const some = rows.slice(0, MOST_NAMES).map((row) => ids[row] ?? 0);
      const more = rows.length > MOST_NAMES ? ` and ${grouped(rows.length - MOST_NAMES)} more` : "";
      tell("chunk", some, `${namesOf(rois, some)}${more} share the chunk ${at.join("/")}`);
    }
    if (found && found.count > 0) counts.set("chunk", found.count);
  }
}

type Tell = (kind: CheckKind, ids: readonly RoiId[], sentence: string) => void;

/** Tells of an ROI's name, met in table order: the first of namesakes may keep it. */
function namesTold(masking: boolean, tell: Tell): (id: RoiId, name: string) => void {
  const seen = new Set<string>();
  return (id, name) => {
    if (seen.has(name)) tell("duplicate", [id], `Another ROI is named "${name}"`);
    seen.add(name);
    const problem = masking ? undefined : nameProblem(name, NOBODY);
    if (problem !== undefined) tell("name", [id], problem);
  };
}

/** Tells of an ROI whose box an earlier one has, and whether it does. */
function copiesTold(masking: boolean, tell: Tell): (id: RoiId, roi: Roi) => boolean {
  const seen = new Map<string, string>();
  return (id, { name, box }) => {
    if (masking) return false;
    const key = [...box.min, ...box.max].join();
    const original = seen.get(key);
    if (original === undefined) seen.set(key, name);
    else tell("copy", [id], `"${name}" has the very box of "${original}"`);
    return original !== undefined;
  };
}

function sizeProblem(
  box: Box<"world">,
  usual: string | undefined,
): readonly [CheckKind, string] | undefined {
  const size = sizeOf(box);
  if (usual === undefined || size === usual) return undefined;
  return ["size", `is ${size}; most are ${usual}`];
}

function put(bounds: Float64Array, row: number, { min, max }: Box<Space>, isBox: boolean): void {
  if (isBox) bounds.set([...min, ...max], 6 * row);
  else bounds.fill(Number.NaN, 6 * row, 6 * row + 6);
}

/** What is wrong with where a box is, to be read after the ROI's name; the worst, as it hides the others. */
function placeProblem(
  box: Box<"world">,
  footprint: Box<"pixel">,
  image: Box<"world">,
  grid: PixelGrid,
): readonly [CheckKind, string] | undefined {
  const broken = boxProblem(box);
  if (broken !== undefined) return ["box", broken];
  if (!isEmpty(box) && !overlaps(box, image)) return ["outside", "lies outside the image"];
  if (isEmpty(footprint)) return ["empty", "covers no voxel at this level"];
  return isBeyond(box, image, grid) ? ["beyond", "reaches past the image"] : undefined;
}

function pairsOf({ rows }: Pairs, ids: readonly RoiId[]): (readonly RoiId[])[] {
  return Array.from({ length: rows.length / 2 }, (_, i) =>
    [...rows.slice(2 * i, 2 * i + 2)].map((row) => ids[row] ?? 0),
  );
}

function namesOf(rois: Rois, ids: readonly RoiId[]): string {
  return ids.map((id) => `"${roiAt(rois, id)?.name}"`).join(" and ");
}

const NOBODY: ReadonlySet<string> = new Set();

function inOrder(findings: readonly Finding[]): Finding[] {
  const order = Object.keys(CHECKS);
  return findings.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

/** Past the border by more than what is taken for a whole voxel. */
function isBeyond(box: Box<"world">, image: Box<"world">, { scale }: PixelGrid): boolean {
  return [0, 1, 2].some((i) => {
    const slack = 0.01 * (scale[i] ?? 1);
    return (
      (box.min[i] ?? 0) < (image.min[i] ?? 0) - slack ||
      (box.max[i] ?? 0) > (image.max[i] ?? 0) + slack
    );
  });
}

/** x × y of a box, to six digits, as float32 tables tell no more. */
function sizeOf({ min, max }: Box<"world">): string {
  return [2, 1].map((i) => Number(((max[i] ?? 0) - (min[i] ?? 0)).toPrecision(6))).join(" × ");
}

/** The size that at least three of four ROIs have, as fields of view do; undefined where sizes are many. */
function usualSize(rois: Rois, ids: readonly RoiId[]): string | undefined {
  const counts = new Map<string, number>();
  for (const id of ids) {
    const box = roiAt(rois, id)?.box;
    if (box) counts.set(sizeOf(box), (counts.get(sizeOf(box)) ?? 0) + 1);
  }
  const [size, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ["", 0] as const);
  return count >= 4 && count >= USUAL_SHARE * ids.length ? size : undefined;
}

const USUAL_SHARE = 0.75;
