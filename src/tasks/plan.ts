/** The plan of a run: which voxels each unit reads and writes, and how often each chunk of the output is touched. */
import { Fault } from "../base/fault.ts";
import { type Box, intersect, isEmpty, pixelBox, type Zyx, zyx } from "../geometry/box.ts";
import { pixelFromWorld, wholeOf } from "../geometry/pixel-grid.ts";
import { selection, zyxOf } from "../ome/axes.ts";
import type { Image, Level } from "../ome/multiscale.ts";
import { chunksInBox, coordsKey } from "../zarr/chunk-grid.ts";
import { zeros } from "../zarr/pixels.ts";
import { type MadeLevels, type Makes, madeLevels } from "./makes.ts";
import { overlappingPairs } from "./overlapping.ts";
import { levelOf, makesOf, type Recipe, type RecipeRoi, recipeProblem } from "./recipe.ts";

/** The work for one ROI, or for one channel of it. */
export interface Unit {
  /** Its place among the plan's units; results are committed in this order. */
  readonly index: number;
  readonly roi: RecipeRoi;
  readonly t: number;
  /** The channel read, and written where the output has channels. */
  readonly c: number;
  /** Voxels that are written, at the output's finest level; rounded as ngio does. Never empty. */
  readonly box: Box<"pixel">;
  /** Voxels of the level that are read: the box and its halo, or all planes of what is projected. */
  readonly read: Box<"pixel">;
  /** The chunks of the output's finest level that the box touches, one number per axis; none for a table alone. */
  readonly chunks: readonly (readonly number[])[];
}

/** An ROI that nothing can be computed for. */
interface SkippedRoi {
  readonly roi: RecipeRoi;
  /** A sentence that says why. */
  readonly why: string;
}

/** Plain data: it crosses threads. */
export interface Plan {
  readonly level: string;
  /** In ROI order. */
  readonly units: readonly Unit[];
  readonly skipped: readonly SkippedRoi[];
  /** How many units touch each chunk of the output's finest level, by `coordsKey`. */
  readonly touches: ReadonlyMap<string, number>;
  /** Units that share a chunk with another one. */
  readonly sharing: number;
  /** Pairs of units that share voxels: there the later one is merged onto the earlier. */
  readonly overlappingPairs: number;
  /** The most chunks that are stored, per level of the output, finest first; those that stay 0 are not. */
  readonly writes: readonly number[];
  /** The bytes of all these chunks before compression. */
  readonly bytes: number;
}

/**
 * @param given what is made; what the recipe's task says, unless given.
 * @throws Fault "input" where the recipe cannot be used on the image. An ROI that cannot be used is a value: `skipped`.
 */
export function planRun(recipe: Recipe, image: Image, given?: Makes): Plan {
  const problem = recipeProblem(recipe, image);
  if (problem !== undefined) throw new Fault("input", problem);
  const level = levelOf(recipe, image);
  const makes = given ?? makesOf(recipe, image);
  const made = madeLevels(makes, image, level);
  const { units, skipped } = unitsOf(recipe, level, makes, made);
  const touches = touchesOf(units);
  const writes = made ? made.levels.map((_, i) => countChunks(units, made, i)) : [];
  const size = made ? zeros(made.dtype, 1).byteLength : 0;
  return {
    level: level.name,
    units,
    skipped,
    touches,
    sharing: units.filter(({ chunks }) =>
      chunks.some((at) => (touches.get(coordsKey(at)) ?? 0) > 1),
    ).length,
    overlappingPairs: made ? overlappingPairs(units) : 0,
    writes,
    bytes: writes.reduce(
      (sum, count, i) => sum + (made?.levels[i]?.chunks.reduce((a, b) => a * b, size) ?? 0) * count,
      0,
    ),
  };
}

/** How many of the units touch each chunk, by `coordsKey`. */
export function touchesOf(units: readonly Unit[]): ReadonlyMap<string, number> {
  const touches = new Map<string, number>();
  for (const { chunks } of units)
    for (const coords of chunks)
      touches.set(coordsKey(coords), (touches.get(coordsKey(coords)) ?? 0) + 1);
  return touches;
}

function unitsOf(
  recipe: Recipe,
  level: Level,
  makes: Makes,
  made: MadeLevels | undefined,
): { readonly units: readonly Unit[]; readonly skipped: readonly SkippedRoi[] } {
  const units: Unit[] = [];
  const skipped: SkippedRoi[] = [];
  const { t } = recipe;
  for (const roi of recipe.rois) {
    const inside = voxelsOf(roi, level);
    if (typeof inside === "string") {
      skipped.push({ roi, why: inside });
      continue;
    }
    const box = makes.array?.kind === "image" ? flattened(inside, makes.array.z) : inside;
    const read = grown(inside, makes.halo, wholeOf(level.grid));
    for (const c of makes.channels) {
      const chunks = made ? chunksAt(made, 0, box, { t, c }) : [];
      units.push({ index: units.length, roi, t, c, box, read, chunks });
    }
  }
  return { units, skipped };
}

/** The voxels of an ROI, or why it has none. */
function voxelsOf({ name, box }: RecipeRoi, level: Level): Box<"pixel"> | string {
  if (!isSound(box)) return `"${name}" has a negative length or a missing number`;
  const inside = pixelFromWorld(level.grid, box);
  return isEmpty(inside) ? `"${name}" holds no voxel of level "${level.name}"` : inside;
}

function isSound({ min, max }: Box<"world">): boolean {
  return min.every((from, i) => Number.isFinite(from) && (max[i] ?? Number.NaN) >= from);
}

function flattened(box: Box<"pixel">, z: "all" | "projected"): Box<"pixel"> {
  if (z === "all") return box;
  return pixelBox([0, box.min[1], box.min[2]], [1, box.max[1], box.max[2]]);
}

function grown({ min, max }: Box<"pixel">, halo: Zyx, whole: Box<"pixel">): Box<"pixel"> {
  const outer = pixelBox(
    zyx((i) => min[i] - halo[i]),
    zyx((i) => max[i] + halo[i]),
  );
  return intersect(outer, whole);
}

/** The chunks of an output level that hold voxels sampled from a box of the finest, at most. */
function chunksAt(
  { axes, levels }: MadeLevels,
  index: number,
  box: Box<"pixel">,
  at: { readonly t: number; readonly c: number },
): number[][] {
  const { shape, chunks } = levels[index] ?? levels[0];
  const fine = zyxOf(axes, levels[0].shape, 1);
  const coarse = zyxOf(axes, shape, 1);
  const sampled = pixelBox(
    zyx((i) => Math.floor((box.min[i] * coarse[i]) / fine[i])),
    zyx((i) => Math.ceil((box.max[i] * coarse[i]) / fine[i])),
  );
  const { min, max } = selection(axes, at, sampled);
  return chunksInBox(chunks, min, max);
}

function countChunks(units: readonly Unit[], made: MadeLevels, index: number): number {
  const found = new Set<string>();
  for (const { box, t, c } of units)
    for (const coords of chunksAt(made, index, box, { t, c })) found.add(coordsKey(coords));
  return found.size;
}
