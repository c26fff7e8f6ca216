/** A label that is read beside the image: which of its levels, and which voxels of it a box of the world has. */
import { Fault } from "../base/fault.ts";
import { type Box, pixelBox, type Zyx } from "../geometry/box.ts";
import { type PixelGrid, pixelFromWorld } from "../geometry/pixel-grid.ts";
import { countOf, selection } from "../ome/axes.ts";
import { openLabel } from "../ome/labels.ts";
import type { Axis, Image, Level } from "../ome/multiscale.ts";
import type { ZarrArray } from "../zarr/array.ts";
import type { Options } from "../zarr/store.ts";

export interface LabelInput {
  readonly array: ZarrArray;
  readonly axes: readonly Axis[];
  readonly grid: PixelGrid;
  /** The label's voxels of a box at a time point, which may be none: per axis of the array, and how many in z, y, x. */
  readonly at: (
    box: Box<"world">,
    t: number,
  ) => { readonly min: number[]; readonly max: number[]; readonly shape: Zyx };
}

/**
 * The level of a label whose voxels are the nearest in size to an image level's, as ngio chooses it (`get_label` with
 * `strict=False`). A label of one plane holds for all planes of the image, one without time for all time points.
 * @throws Fault "missing" where the label is not there, "unsupported" where its voxels are no whole numbers, "input"
 * where it is another image's by its size, planes or time points
 */
export async function openLabelInput(
  image: Image,
  level: Level,
  name: string,
  options: Options = {},
): Promise<LabelInput> {
  const { axes, levels } = await openLabel(image, name, options);
  const nearest = levels.reduce((a, b) => (farOff(level, b) < farOff(level, a) ? b : a));
  const { array, grid } = nearest;
  if (array.dtype.startsWith("float"))
    throw new Fault("unsupported", `The label "${name}" holds ${array.dtype}, which are no ids`);
  const problem =
    sizeProblem(level, nearest) ??
    planesProblem(level, nearest) ??
    timesProblem(image, axes, array);
  if (problem !== undefined) throw new Fault("input", `The label "${name}" ${problem}`);
  const isFlat = grid.shape[0] === 1;
  const hasTime = countOf(axes, array.shape, "t") > 1;
  return {
    array,
    axes,
    grid,
    at: (world, t) => {
      const found = pixelFromWorld(grid, world);
      const box = isFlat
        ? pixelBox([0, found.min[1], found.min[2]], [1, found.max[1], found.max[2]])
        : found;
      const length = (i: 0 | 1 | 2) => Math.max(0, box.max[i] - box.min[i]);
      return {
        ...selection(axes, { t: hasTime ? t : 0 }, box),
        shape: [length(0), length(1), length(2)],
      };
    },
  };
}

/** How far apart the voxel sizes of two levels are; a label's one plane may be as deep as it likes. */
function farOff({ grid: { scale } }: Level, label: Level): number {
  const [z, y, x] = label.grid.scale;
  const depth = label.grid.shape[0] === 1 ? 0 : z - scale[0];
  return Math.hypot(depth, y - scale[1], x - scale[2]);
}

/** They cover the same part of the world, to less than a voxel of the coarser one (ngio `require_rescalable`). */
function sizeProblem(level: Level, label: Level): string | undefined {
  const isAlike = ([1, 2] as const).every((i) => {
    const [a, b] = [level.grid.scale[i], label.grid.scale[i]];
    const apart = Math.abs(level.grid.shape[i] * a - label.grid.shape[i] * b);
    return apart < 1.001 * Math.max(a, b);
  });
  if (isAlike) return undefined;
  const size = ({ grid: { shape, scale } }: Level) =>
    [1, 2].map((i) => Number(((shape[i] ?? 0) * (scale[i] ?? 0)).toPrecision(6))).join(" × ");
  return `covers ${size(label)} (y × x, world units) and the image ${size(level)}`;
}

function planesProblem(level: Level, label: Level): string | undefined {
  const [planes, of] = [label.grid.shape[0], level.grid.shape[0]];
  return of === 1 && planes > 1 ? `has ${planes} planes and the image one` : undefined;
}

function timesProblem(image: Image, axes: readonly Axis[], array: ZarrArray): string | undefined {
  const times = countOf(axes, array.shape, "t");
  const of = countOf(image.axes, image.levels[0].array.shape, "t");
  return times === 1 || times === of ? undefined : `has ${times} time points and the image ${of}`;
}
