/** Axes by name: the one place that knows where t, c, z, y and x stand in an array. */
import { Fault } from "../base/fault.ts";
import { type Json, textAt } from "../base/json.ts";
import type { Box, Zyx } from "../geometry/box.ts";
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import { placeOf } from "./attributes.ts";
import type { Axis, AxisName } from "./multiscale.ts";

const NAMES: readonly AxisName[] = ["t", "c", "z", "y", "x"];

/**
 * The axes of a multiscale as stored: objects with a name (0.4, 0.5), or names alone (0.3).
 * @throws Fault "unsupported" for anything but a choice of t, c, z, y, x that ends in y, x.
 */
export function parseAxes(stored: readonly Json[], path: string): readonly Axis[] {
  const names = stored.map((axis) =>
    typeof axis === "string" ? axis : (textAt(axis, "name") ?? "(unnamed)"),
  );
  const axes = stored.flatMap((axis, i): Axis[] => {
    const name = NAMES.find((known) => known === names[i]);
    return name === undefined ? [] : [{ name, unit: textAt(axis, "unit") }];
  });
  const distinct = new Set(axes.map(({ name }) => name)).size;
  if (distinct < stored.length || names.slice(-2).join() !== "y,x")
    throw new Fault(
      "unsupported",
      `${placeOf(path)} has the axes ${names.join(", ") || "(none)"} in "multiscales[0].axes"; Fovea reads images whose axes are some of t, c, z, y, x, each once, y and x last`,
      { where: `${path} multiscales[0].axes` },
    );
  return axes;
}

/** Where an axis stands; undefined where the array lacks it. */
export function indexOf(axes: readonly Axis[], name: AxisName): number | undefined {
  const index = axes.findIndex((axis) => axis.name === name);
  return index < 0 ? undefined : index;
}

/** What an array has per axis, in z, y, x; `absent` for an axis it lacks. */
export function zyxOf(axes: readonly Axis[], values: readonly number[], absent: number): Zyx {
  const of = (name: AxisName): number => values[indexOf(axes, name) ?? -1] ?? absent;
  return [of("z"), of("y"), of("x")];
}

/** The voxel grid of an array; an axis it lacks has shape 1 and scale 1. */
export function gridOf(
  axes: readonly Axis[],
  shape: readonly number[],
  scale: readonly number[],
): PixelGrid {
  return { shape: zyxOf(axes, shape, 1), scale: zyxOf(axes, scale, 1) };
}

/** An array's chunk shape in z, y, x. */
export function chunkZyx(
  array: { readonly chunks: readonly number[] },
  axes: readonly Axis[],
): Zyx {
  return zyxOf(axes, array.chunks, 1);
}

/** How many channels, or time points, an array has: 1 where it lacks the axis. */
export function countOf(axes: readonly Axis[], shape: readonly number[], name: AxisName): number {
  return shape[indexOf(axes, name) ?? -1] ?? 1;
}

/**
 * The half-open range, per axis of the array, of a box of voxels at one channel and time point.
 * An axis the array lacks is left out, whatever is asked of it.
 */
export function selection(
  axes: readonly Axis[],
  at: { readonly t?: number; readonly c?: number },
  box: Box<"pixel">,
): { readonly min: number[]; readonly max: number[] } {
  const ranges: Record<AxisName, readonly [min: number, max: number]> = {
    t: [at.t ?? 0, (at.t ?? 0) + 1],
    c: [at.c ?? 0, (at.c ?? 0) + 1],
    z: [box.min[0], box.max[0]],
    y: [box.min[1], box.max[1]],
    x: [box.min[2], box.max[2]],
  };
  return {
    min: axes.map(({ name }) => ranges[name][0]),
    max: axes.map(({ name }) => ranges[name][1]),
  };
}
