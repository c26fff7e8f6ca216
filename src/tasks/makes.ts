/** What a recipe makes, as plain data: which units it has, what they are written to, and how. */
import type { Zyx } from "../geometry/box.ts";
import { countOf, indexOf } from "../ome/axes.ts";
import { blockLevels } from "../ome/block-levels.ts";
import { imageLevels, labelLevels } from "../ome/create-label.ts";
import type { LevelSpec } from "../ome/create-multiscale.ts";
import type { Axis, Image, Level, Multiscale } from "../ome/multiscale.ts";
import type { Backend } from "../table/table.ts";
import type { NumberType } from "../zarr/array.ts";
import type { Merge } from "../zarr/patch.ts";

/**
 * How the objects of several ROIs get ids of their own: counted on in ROI order (1 … N), or ROI i has the ids from
 * i · size + 1 on, which stay the same whatever becomes of the other ROIs (ngio `UniqueLabelsTransform`).
 */
export type Ids = { readonly kind: "dense" } | { readonly kind: "block"; readonly size: number };

/** Which pixels a label has: those of the level it is made at and coarser ones, or those of all levels of the image. */
export type LabelResolution = "level" | "image";

export type MadeArray = {
  readonly name: string;
  /** How an ROI meets what ROIs before it wrote to the same voxels. */
  readonly merge: Merge;
} & (
  | { readonly kind: "label"; readonly ids: Ids; readonly resolution: LabelResolution }
  /** Another image of the same well, with this one's channels. */
  | {
      readonly kind: "image";
      readonly dtype: NumberType;
      readonly z: "all" | "projected";
      /** What of the image is copied to the new one once its pixels are whole (ngio `derive_image`). */
      readonly copies?: readonly ("labels" | "tables")[];
    }
  /** The image itself: pixels of the ROIs are replaced, from the finest level down. */
  | { readonly kind: "in-place"; readonly dtype: NumberType }
);

/** A table of all units' rows, in ROI order; or of the boxes of the objects of the label that is made. */
export interface MadeTable {
  readonly kind: "features" | "masking";
  readonly name: string;
  /** The label whose objects the rows are about. */
  readonly region: string;
  readonly backend: Backend;
}

export interface Makes {
  /** Voxels that are read around each ROI beside what is written, z y x. */
  readonly halo: Zyx;
  /** The channels read; an ROI is one unit for each. */
  readonly channels: readonly number[];
  /** An ROI is units of its own for each time point of the image, and not for the recipe's alone. */
  readonly times?: "all";
  readonly array?: MadeArray;
  readonly table?: MadeTable;
}

/** The arrays that are made, the finest first. */
export interface MadeLevels {
  readonly axes: readonly Axis[];
  readonly levels: readonly [LevelSpec, ...LevelSpec[]];
  /** The place of the one with the voxels of the level that is read: results go there, and make the others. */
  readonly at: number;
  readonly dtype: NumberType;
}

/** @param level the one that is read. Undefined where no array is made. */
export function madeLevels(
  { array }: Makes,
  image: Multiscale,
  level: Level,
): MadeLevels | undefined {
  if (array === undefined) return undefined;
  const { axes } = image;
  if (array.kind === "label") {
    const kept = axes.filter(({ name }) => name !== "c");
    const isWhole = array.resolution === "image";
    return {
      axes: kept,
      levels: isWhole ? imageLevels(image) : labelLevels(axes, level),
      at: isWhole ? image.levels.findIndex(({ name }) => name === level.name) : 0,
      dtype: "uint32",
    };
  }
  const z = array.kind === "image" && array.z === "projected" ? indexOf(axes, "z") : undefined;
  const flat = (values: readonly number[]) => values.map((n, axis) => (axis === z ? 1 : n));
  const specOf = ({ array: { shape, chunks }, scale }: Level): LevelSpec => ({
    shape: flat(shape),
    chunks: flat(chunks),
    // One plane is one unit deep, as fractal-tasks-core makes it.
    scale: flat(scale),
  });
  const from = image.levels.findIndex(({ name }) => name === level.name);
  const levels = [specOf(level), ...image.levels.slice(from + 1).map(specOf)] as const;
  const isNew = array.kind === "image";
  return {
    axes,
    levels: isNew ? blockLevels(levels) : [...levels],
    at: 0,
    dtype: array.dtype,
  };
}

/** Why a recipe cannot make this on the image, as a sentence; undefined where it can. */
export function makesProblem({ channels, array }: Makes, image: Image): string | undefined {
  const count = countOf(image.axes, image.levels[0].array.shape, "c");
  const missing = channels.find((c) => !(Number.isInteger(c) && c >= 0 && c < count));
  if (missing !== undefined)
    return `The image has no channel ${missing}; it has ${count}, counted from 0`;
  if (array?.kind === "image" && array.name === image.path.split("/").at(-1))
    return `The new image needs another name than this one's, "${array.name}"`;
  if (array?.kind === "image" && image.path === "")
    return "A new image lies beside the old one, and this one lies at the top of what was opened: open the folder above it";
  return undefined;
}
