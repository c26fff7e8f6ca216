/** The plan of a run: which voxels each unit reads and writes, and how often each chunk of the output is touched. */
import { Fault } from "../base/fault.ts";
import {
  type Box,
  intersect,
  isEmpty,
  pixelBox,
  volumeOf,
  type Zyx,
  zyx,
} from "../geometry/box.ts";
import { pixelFromWorld, wholeOf } from "../geometry/pixel-grid.ts";
import { chunkZyx, countOf, selection, zyxOf } from "../ome/axes.ts";
import type { Axis, Image, Level } from "../ome/multiscale.ts";
import { chunksInBox, coordsKey } from "../zarr/chunk-grid.ts";
import { zeros } from "../zarr/pixels.ts";
import { type MadeLevels, type Makes, madeLevels } from "./makes.ts";
import { overlappingPairs } from "./overlapping.ts";
import { levelOf, makesOf, type Recipe, type RecipeRoi, recipeProblem } from "./recipe.ts";

/** The work for one ROI, or for one channel or time point of it. */
export interface Unit {
  /** Its place among the plan's units; results are committed in this order. */
  readonly index: number;
  readonly roi: RecipeRoi;
  readonly t: number;
  /** The channel read, and written where the output has channels. */
  readonly c: number;
  /** Voxels that are written, at the output's level that results go to; rounded as ngio does. Never empty. */
  readonly box: Box<"pixel">;
  /** Voxels of the level that are read: the box and its halo, or all planes of what is projected. */
  readonly read: Box<"pixel">;
  /** How many voxels memory holds at once for it; all that is read, unless said. */
  readonly held?: number;
  /** The chunks of that level that the box touches, one number per axis; none for a table alone. */
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
  /** The place of the output's level that results go to, and that makes the others; 0 for a table alone. */
  readonly at: number;
  /** In ROI order, all of a time point before the next. */
  readonly units: readonly Unit[];
  readonly skipped: readonly SkippedRoi[];
  /** How many units touch each chunk of the output's level that results go to, by `coordsKey`. */
  readonly touches: ReadonlyMap<string, number>;
  /** ROIs that share a chunk with another one, or of whose channels some share one. */
  readonly sharing: number;
  /** Pairs of units that share voxels: there the later one is merged onto the earlier. */
  readonly overlappingPairs: number;
  /** The most chunks that are stored, per level of the output, finest first; those that stay 0 are not. */
  readonly writes: readonly number[];
  /** The bytes of all these chunks before compression. */
  readonly bytes: number;
  /** Of these, the bytes at most of chunks that are replaced and kept aside in the run's folder; compressed they are fewer. */
  readonly keptBytes: number;
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
  const { units, skipped } = unitsOf(recipe, image, makes, made);
  const touches = new Map(Array.from(turnsOf(units), ([key, turns]) => [key, turns.length]));
  const writes = made ? made.levels.map((_, i) => countChunks(units, made, i)) : [];
  const size = made ? zeros(made.dtype, 1).byteLength : 0;
  const bytes = writes.reduce(
    (sum, count, i) => sum + (made?.levels[i]?.chunks.reduce((a, b) => a * b, size) ?? 0) * count,
    0,
  );
  return {
    level: level.name,
    at: made?.at ?? 0,
    units,
    skipped,
    touches,
    sharing: new Set(
      units.flatMap(({ chunks, roi }) =>
        chunks.some((at) => (touches.get(coordsKey(at)) ?? 0) > 1) ? roi : [],
      ),
    ).size,
    overlappingPairs: made ? overlappingPairs(units) : 0,
    writes,
    bytes,
    keptBytes: makes.array?.kind === "in-place" ? bytes : 0,
  };
}

/** The indices of the units that touch each chunk, in their order, by `coordsKey`. */
export function turnsOf(units: readonly Unit[]): ReadonlyMap<string, readonly number[]> {
  const turns = new Map<string, number[]>();
  for (const { index, chunks } of units)
    for (const coords of chunks) {
      const key = coordsKey(coords);
      const before = turns.get(key);
      if (before) before.push(index);
      else turns.set(key, [index]);
    }
  return turns;
}

function unitsOf(
  recipe: Recipe,
  image: Image,
  makes: Makes,
  made: MadeLevels | undefined,
): { readonly units: readonly Unit[]; readonly skipped: readonly SkippedRoi[] } {
  const units: Unit[] = [];
  const skipped: SkippedRoi[] = [];
  const level = levelOf(recipe, image);
  const inside = recipe.rois.flatMap((roi) => {
    const voxels = voxelsOf(roi, level);
    if (typeof voxels !== "string") return { roi, voxels };
    skipped.push({ roi, why: voxels });
    return [];
  });
  for (const t of timesOf(recipe, image, makes))
    for (const { roi, voxels } of inside) {
      const place = placeOf(voxels, makes, image.axes, level);
      for (const c of makes.channels) {
        const chunks = made ? chunksAt(made, made.at, place.box, { t, c }) : [];
        units.push({ index: units.length, roi, t, c, ...place, chunks });
      }
    }
  return { units, skipped };
}

/** One after the other, all ROIs of a time point before the next: the order of Fractal's iterators. */
function timesOf({ t }: Recipe, { axes, levels }: Image, { times }: Makes): readonly number[] {
  const count = countOf(axes, levels[0].array.shape, "t");
  return times === "all" ? Array.from({ length: count }, (_, i) => i) : [t];
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

/** What is read and written for an ROI's voxels. */
function placeOf(
  voxels: Box<"pixel">,
  { array, halo }: Makes,
  axes: readonly Axis[],
  level: Level,
): Pick<Unit, "box" | "read" | "held"> {
  const read = grown(voxels, halo, wholeOf(level.grid));
  if (array?.kind !== "image" || array.z === "all") return { box: voxels, read };
  const { min, max } = voxels;
  const box = pixelBox([0, min[1], min[2]], [1, max[1], max[2]]);
  // The planes of one chunk at a time, and the one that they make.
  const [depth] = chunkZyx(level.array, axes);
  return { box, read, held: (depth + 1) * volumeOf(box) };
}

function grown({ min, max }: Box<"pixel">, halo: Zyx, whole: Box<"pixel">): Box<"pixel"> {
  const outer = pixelBox(
    zyx((i) => min[i] - halo[i]),
    zyx((i) => max[i] + halo[i]),
  );
  return intersect(outer, whole);
}

/** The chunks of an output level that hold voxels sampled from a box of the one that results go to, at most. */
function chunksAt(
  { axes, levels, at: written }: MadeLevels,
  index: number,
  box: Box<"pixel">,
  at: { readonly t: number; readonly c: number },
): number[][] {
  const { shape, chunks } = levels[index] ?? levels[0];
  const source = zyxOf(axes, (levels[written] ?? levels[0]).shape, 1);
  const made = zyxOf(axes, shape, 1);
  const sampled = pixelBox(
    zyx((i) => Math.floor((box.min[i] * made[i]) / source[i])),
    zyx((i) => Math.ceil((box.max[i] * made[i]) / source[i])),
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
