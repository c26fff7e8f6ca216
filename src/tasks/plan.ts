/** The plan of a run: which voxels each ROI reads and writes, and how often each chunk of the label is touched. */
import { Fault } from "../base/fault.ts";
import { type Box, isEmpty, overlaps, pixelBox, type Zyx, zyx } from "../geometry/box.ts";
import { chunksTouching } from "../geometry/chunk-cover.ts";
import { pixelFromWorld } from "../geometry/pixel-grid.ts";
import { zyxOf } from "../ome/axes.ts";
import { labelLevels } from "../ome/create-label.ts";
import type { Level, Multiscale } from "../ome/multiscale.ts";
import { levelOf, type Recipe, type RecipeRoi, recipeProblem } from "./recipe.ts";

/** The work for one ROI. What it reads is what it writes: there is no halo. */
export interface Unit {
  /** Its place among the plan's units; results are committed in this order. */
  readonly index: number;
  readonly roi: RecipeRoi;
  /** Voxels of the level, rounded as ngio does. Never empty. */
  readonly box: Box<"pixel">;
  /** The chunks of the label's finest level that the box touches, in z y x. */
  readonly chunks: readonly Zyx[];
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
  /** The chunk shape, z y x, of the label's finest level. */
  readonly chunk: Zyx;
  /** How many units touch each chunk of the label's finest level, by `chunkId`. */
  readonly touches: ReadonlyMap<string, number>;
  /** Units that share a chunk with another one. */
  readonly sharing: number;
  /** Units that share voxels with another one: there the later one's labels stay. */
  readonly overlapping: number;
  /** The most chunks that are stored, per level of the label, finest first; those that stay 0 are not. */
  readonly writes: readonly number[];
  /** The bytes of all these chunks before compression. */
  readonly bytes: number;
}

/** How a plan names a chunk. */
export function chunkId(coords: Zyx): string {
  return coords.join();
}

/** @throws Fault "input" where the recipe cannot be used on the image. An ROI that cannot be used is a value: `skipped`. */
export function planRun(recipe: Recipe, image: Multiscale): Plan {
  const level = levelOf(recipe, image);
  const problem = recipeProblem(recipe, image, level);
  if (problem !== undefined) throw new Fault("input", problem);
  const outputs = labelLevels(image.axes, level);
  const axes = image.axes.filter(({ name }) => name !== "c");
  const chunk = zyxOf(axes, outputs[0].chunks, 1);
  const { units, skipped } = unitsOf(recipe, level, chunk);
  const sharers = unitsByChunk(units);
  const writes = outputs.map((output) =>
    chunksOf(units, level, zyxOf(axes, output.shape, 1), zyxOf(axes, output.chunks, 1)),
  );
  return {
    level: level.name,
    units,
    skipped,
    chunk,
    touches: new Map([...sharers].map(([id, touching]) => [id, touching.length])),
    sharing: new Set([...sharers.values()].filter((us) => us.length > 1).flat()).size,
    overlapping: countOverlapping(sharers),
    writes,
    bytes: outputs.reduce(
      (sum, { chunks }, i) =>
        sum + chunks.reduce((a, b) => a * b, Uint32Array.BYTES_PER_ELEMENT) * (writes[i] ?? 0),
      0,
    ),
  };
}

function unitsOf(
  recipe: Recipe,
  level: Level,
  chunk: Zyx,
): { readonly units: readonly Unit[]; readonly skipped: readonly SkippedRoi[] } {
  const units: Unit[] = [];
  const skipped: SkippedRoi[] = [];
  for (const roi of recipe.rois) {
    const box = isSound(roi.box) ? pixelFromWorld(level.grid, roi.box) : undefined;
    if (box === undefined)
      skipped.push({ roi, why: `"${roi.name}" has a negative length or a missing number` });
    else if (isEmpty(box))
      skipped.push({ roi, why: `"${roi.name}" holds no voxel of level "${level.name}"` });
    else units.push({ index: units.length, roi, box, chunks: chunksTouching(box, chunk) });
  }
  return { units, skipped };
}

function isSound({ min, max }: Box<"world">): boolean {
  return min.every((from, i) => Number.isFinite(from) && (max[i] ?? Number.NaN) >= from);
}

function unitsByChunk(units: readonly Unit[]): Map<string, Unit[]> {
  const sharers = new Map<string, Unit[]>();
  for (const unit of units)
    for (const coords of unit.chunks) {
      const found = sharers.get(chunkId(coords));
      if (found) found.push(unit);
      else sharers.set(chunkId(coords), [unit]);
    }
  return sharers;
}

/** Units that share voxels also share a chunk, so only those are compared. */
function countOverlapping(sharers: ReadonlyMap<string, readonly Unit[]>): number {
  const found = new Set<Unit>();
  for (const units of sharers.values())
    for (const [i, unit] of units.entries())
      for (const other of units.slice(i + 1))
        if (overlaps(unit.box, other.box)) found.add(unit).add(other);
  return found.size;
}

/** How many chunks of an output level hold a voxel that is sampled from a unit's box, at most. */
function chunksOf(units: readonly Unit[], level: Level, shape: Zyx, chunk: Zyx): number {
  const ids = new Set<string>();
  const { shape: fine } = level.grid;
  for (const { box } of units) {
    const coarse = pixelBox(
      zyx((i) => Math.floor((box.min[i] * shape[i]) / fine[i])),
      zyx((i) => Math.ceil((box.max[i] * shape[i]) / fine[i])),
    );
    for (const coords of chunksTouching(coarse, chunk)) ids.add(chunkId(coords));
  }
  return ids.size;
}
