/** An ROI as it is found outside of a table: on the clipboard or in the metadata of a microscope. */
import { counted, grouped } from "../base/counted.ts";
import { Fault } from "../base/fault.ts";
import { type Box, worldBox, zyx } from "../geometry/box.ts";
import { type PixelGrid, worldOf } from "../geometry/pixel-grid.ts";
import type { NewRoi } from "./add.ts";
import type { Cell } from "./rois.ts";

export interface FoundRoi {
  readonly name: string | undefined;
  /** World units; without planes, its z counts for nothing. */
  readonly box: Box<"world">;
  readonly hasPlanes: boolean;
  /** Values of further columns. */
  readonly cells?: ReadonlyMap<string, Cell>;
}

/** What numbers without a space of their own are read by: the image that the ROIs are to be of. */
export interface Frame {
  /** Of the image's finest level. */
  readonly grid: PixelGrid;
  /** Of its axes, as OME-Zarr spells it. */
  readonly unit: string | undefined;
}

/** How many world units (the axis's) there are in one of another unit; undefined where one is no length. */
export function unitsIn(unit: string, axis: string | undefined): number | undefined {
  if (plain(unit) === plain(axis ?? "micrometer")) return 1;
  const [from, to] = [METRES.get(plain(unit)), METRES.get(plain(axis ?? "micrometer"))];
  return from === undefined || to === undefined ? undefined : from / to;
}

function plain(unit: string): string {
  return unit.normalize("NFKC").toLowerCase();
}

const METRES: ReadonlyMap<string, number> = new Map([
  ["nm", 1e-3],
  ["nanometer", 1e-3],
  ["um", 1],
  ["\u03bcm", 1],
  ["micron", 1],
  ["microns", 1],
  ["micrometer", 1],
  ["mm", 1e3],
  ["millimeter", 1e3],
]);

/**
 * The box as far as it lies in the image; one without planes, and any in an image of one plane, gets all planes.
 * @returns undefined where less than a voxel of it does
 */
export function fitted({ box, hasPlanes }: FoundRoi, grid: PixelGrid): Box<"world"> | undefined {
  const world = worldOf(grid);
  const isFlat = !hasPlanes || grid.shape[0] === 1;
  const end = (side: "min" | "max", i: 0 | 1 | 2): number => {
    if (isFlat && i === 0) return world[side][0];
    return side === "min" ? Math.max(0, box.min[i]) : Math.min(world.max[i], box.max[i]);
  };
  const min = zyx((i) => end("min", i));
  const max = zyx((i) => end("max", i));
  // Sums of fractions come out a little short of a whole voxel.
  const isIn = zyx((i) => max[i] - min[i] - grid.scale[i] * (1 - 1e-6)).every((room) => room > 0);
  return isIn ? worldBox(min, max) : undefined;
}

/** ROIs that were found, as far as they lie in an image. */
export interface InImage {
  /** Cut at its border. */
  readonly made: readonly NewRoi[];
  /** What is to be told of the others and of those that were cut; undefined where there are none. */
  readonly warning: string | undefined;
}

/** @throws Fault "input" where none lies in the image */
export function inImage(found: readonly FoundRoi[], grid: PixelGrid): InImage {
  const made = found.flatMap((one): NewRoi[] => {
    const box = fitted(one, grid);
    return box ? [{ name: one.name, box, ...(one.cells ? { cells: one.cells } : {}) }] : [];
  });
  const warnings = [leftOut(found, made.length, grid), cutSaid(found, grid)];
  return { made, warning: warnings.filter((one) => one !== undefined).join(". ") || undefined };
}

/** Says how many ROIs are not made. @throws Fault "input" where none is */
function leftOut(found: readonly FoundRoi[], made: number, grid: PixelGrid): string | undefined {
  const left = found.length - made;
  if (left === 0) return undefined;
  const [depth, height, width] = worldOf(grid).max.map((end) => Number(end.toPrecision(6)));
  const planes = grid.shape[0] > 1 ? ` and ${depth} deep` : "";
  const size = `which is ${width} × ${height} wide and high${planes}`;
  const isSmall = found.some((one) => isInside(one, grid) && !fitted(one, grid));
  if (made === 0) {
    const here = `in this image, ${size}`;
    const one = isSmall ? "The ROI is smaller than a voxel" : `The ROI does not lie ${here}`;
    const many = isSmall
      ? `Each of ${counted(found.length, "ROI")} is smaller than a voxel or does not lie ${here}`
      : `None of ${counted(found.length, "ROI")} lies ${here}`;
    throw new Fault("input", found.length === 1 ? one : many);
  }
  const [lie, are, were] = left === 1 ? ["lies", "is", "was"] : ["lie", "are", "were"];
  const small = isSmall ? ` or ${are} smaller than a voxel,` : "";
  return `${grouped(left)} of ${counted(found.length, "ROI")} ${lie} outside this image, ${size},${small} and ${were} left out`;
}

/** Says how many ROIs reach over the border by more than numbers are rounded. */
function cutSaid(found: readonly FoundRoi[], grid: PixelGrid): string | undefined {
  const { max } = worldOf(grid);
  const cut = found.filter((one) => {
    const near = axesOf(one, grid).every((i) => {
      const room = grid.scale[i] / 2;
      return one.box.min[i] > -room && one.box.max[i] < max[i] + room;
    });
    return !near && fitted(one, grid) !== undefined;
  }).length;
  if (cut === 0) return undefined;
  const [reach, were] = cut === 1 ? ["reaches", "was"] : ["reach", "were"];
  const which =
    found.length === 1 ? "The ROI" : `${grouped(cut)} of ${counted(found.length, "ROI")}`;
  return `${which} ${reach} over the border of this image and ${were} cut there`;
}

/** Those along which a box is somewhere. */
function axesOf({ hasPlanes }: FoundRoi, grid: PixelGrid): readonly (0 | 1 | 2)[] {
  return hasPlanes && grid.shape[0] > 1 ? [0, 1, 2] : [1, 2];
}

/** Whether a box of any size, also of none, lies whole in the image. */
function isInside(one: FoundRoi, grid: PixelGrid): boolean {
  const { max } = worldOf(grid);
  return axesOf(one, grid).every((i) => one.box.min[i] >= 0 && one.box.max[i] <= max[i]);
}
