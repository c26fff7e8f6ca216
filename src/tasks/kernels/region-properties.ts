/** What the shape of each object of a label image measures, as scikit-image's regionprops does. */
import { lengthsOf, type Zyx } from "../../geometry/box.ts";
import { convexSpans, feretDiameter, rowSpans, spanArea } from "./convex-hull.ts";
import { convexVolume } from "./convex-volume.ts";
import { eulerNumber } from "./euler-number.ts";
import { covariance, ellipseOf, ellipsoidAxes } from "./inertia.ts";
import { type Mask, type ObjectRuns, objectBox, objectMask, voxelCount } from "./object-runs.ts";
import { outlineOf } from "./outline.ts";
import { findRuns, firstRuns } from "./runs.ts";

/** In scikit-image's names; area stands for volume in 3D. */
export type ShapeProperty = (typeof SHAPE)[number] | (typeof PLANE)[number] | (typeof HULL)[number];

const SHAPE = [
  "area",
  "area_bbox",
  "num_pixels",
  "equivalent_diameter_area",
  "axis_major_length",
  "axis_minor_length",
  "euler_number",
] as const;

const PLANE = [
  "feret_diameter_max",
  "perimeter",
  "perimeter_crofton",
  "eccentricity",
  "orientation",
] as const;

const HULL = ["area_convex", "area_filled", "extent", "solidity"] as const;

export interface ShapeOptions {
  /** 2 for an image of one plane, whose z does not count; a volume may have one plane and is measured in 3D. */
  readonly dimensions: 2 | 3;
  /** World units per voxel. */
  readonly spacing: Zyx;
  readonly set: ShapeSet;
}

/** "hull" adds Fractal's optional properties, of the convex hull and of filled holes. */
export type ShapeSet = "basic" | "hull";

type Values = Partial<Record<ShapeProperty, number>>;

/**
 * One column per property in fractal-tasks-core's order, one value per object, in world units; equals
 * `skimage.measure.regionprops_table` of scikit-image 0.26 with `spacing`, but for what rounding decides there: an
 * object that is a line has a minor axis of 0 and not of 1e-8, one that is as wide in every direction may have another
 * orientation, and ±π/2 are one orientation. Perimeters are NaN where y and x are spaced differently, for which
 * scikit-image (and with it Fractal) has none.
 */
export function shapeProperties(
  objects: ObjectRuns,
  options: ShapeOptions,
): ReadonlyMap<ShapeProperty, Float64Array<ArrayBuffer>> {
  const names = [
    ...SHAPE,
    ...(options.dimensions === 2 ? PLANE : []),
    ...(options.set === "hull" ? HULL : []),
  ];
  const columns = names.map((name) => [name, new Float64Array(objects.labels.length)] as const);
  for (let i = 0; i < objects.labels.length; i++) {
    const values =
      options.dimensions === 2
        ? planeValues(objects, i, options)
        : volumeValues(objects, i, options);
    for (const [name, column] of columns) column[i] = values[name] ?? Number.NaN;
  }
  return new Map(columns);
}

function planeValues(objects: ObjectRuns, i: number, { spacing, set }: ShapeOptions): Values {
  const [, dy, dx] = spacing;
  const pixel = dy * dx;
  const box = objectBox(objects, i);
  const [, height, width] = lengthsOf(box);
  const mask = objectMask(objects, i, box, [0, 1, 1]);
  const outline = outlineOf(mask);
  const ellipse = ellipseOf(covariance(objects, i, box, spacing));
  const count = voxelCount(objects, i);
  const runs = [objects.first[i] ?? 0, objects.first[i + 1] ?? 0] as const;
  const convex = convexSpans(rowSpans(objects, runs, box.min[1], height));
  const step = isAlike(dy, dx) ? dy : Number.NaN;
  return {
    ...sizes(count, height * width, pixel),
    equivalent_diameter_area: Math.sqrt((4 * count * pixel) / Math.PI),
    axis_major_length: ellipse.majorLength,
    axis_minor_length: ellipse.minorLength,
    euler_number: outline.eulerNumber,
    feret_diameter_max: feretDiameter(convex, [dy, dx]),
    perimeter: outline.perimeter * step,
    perimeter_crofton: outline.perimeterCrofton * step,
    eccentricity: ellipse.eccentricity,
    orientation: ellipse.orientation,
    ...(set === "hull" ? hulls(count, spanArea(convex), filledCount(mask), pixel) : {}),
  };
}

function volumeValues(objects: ObjectRuns, i: number, { spacing, set }: ShapeOptions): Values {
  const voxel = spacing[0] * spacing[1] * spacing[2];
  const box = objectBox(objects, i);
  const [depth, height, width] = lengthsOf(box);
  const mask = objectMask(objects, i, box, [1, 1, 1]);
  const axes = ellipsoidAxes(covariance(objects, i, box, spacing));
  const count = voxelCount(objects, i);
  return {
    ...sizes(count, depth * height * width, voxel),
    equivalent_diameter_area: Math.cbrt((6 * count * voxel) / Math.PI),
    axis_major_length: axes.majorLength,
    axis_minor_length: axes.minorLength,
    euler_number: eulerNumber(mask),
    ...(set === "hull"
      ? hulls(count, convexVolume(objects, i, box), filledCount(mask), voxel)
      : {}),
  };
}

function sizes(count: number, boxed: number, voxel: number): Values {
  return {
    area: count * voxel,
    area_bbox: boxed * voxel,
    num_pixels: count,
    extent: count / boxed,
  };
}

function hulls(count: number, convex: number, filled: number, voxel: number): Values {
  return { area_convex: convex * voxel, area_filled: filled * voxel, solidity: count / convex };
}

/** Spacings that differ by less than any feature is asked to be exact. */
function isAlike(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-5 * a;
}

/** The voxels of an object and of what it encloses; background leaks through faces, edges and corners, as in `regionprops`. */
function filledCount({ voxels, shape }: Mask): number {
  const runs = findRuns(voxels, shape, "background");
  const first = firstRuns(runs, shape, "all");
  // The margin begins with the first run of all: what belongs to it is outside.
  let filled = voxels.length;
  for (let run = 0; run < runs.count; run++)
    if (first[run] === 0) filled -= (runs.ends[run] ?? 0) - (runs.starts[run] ?? 0);
  return filled;
}
