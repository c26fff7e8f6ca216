/** The model as OME-Zarr metadata, 0.4 and 0.5 alike; `withOme` puts it where its version wants it. */
import type { JsonObject } from "../base/json.ts";
import type { NumberType } from "../zarr/array.ts";
import { hexOf } from "./channels.ts";
import type { Axis, AxisName, Channel, Level } from "./multiscale.ts";
import { wholeRange } from "./whole-range.ts";

const TYPES: Readonly<Record<AxisName, string>> = {
  t: "time",
  c: "channel",
  z: "space",
  y: "space",
  x: "space",
};

/** `multiscales`. @param levels the finest first. */
export function multiscalesOf(
  name: string,
  version: "0.4" | "0.5",
  axes: readonly Axis[],
  levels: readonly Pick<Level, "name" | "scale">[],
): JsonObject {
  const multiscale = {
    name,
    axes: axes.map((axis) => ({
      name: axis.name,
      type: TYPES[axis.name],
      ...(axis.unit === undefined ? {} : { unit: axis.unit }),
    })),
    datasets: levels.map(({ name: path, scale }) => ({
      path,
      coordinateTransformations: [{ type: "scale", scale }],
    })),
    // In 0.5 the version stands once, beside the multiscales.
    ...(version === "0.4" ? { version } : {}),
  };
  return { multiscales: [multiscale] };
}

/** What a new image says of a channel. */
export type NewChannel = Omit<Channel, "index">;

/** `omero`: channels as viewers show them. The window's bounds are those of the pixel type, and it is all of it where none is known. */
export function omeroOf(channels: readonly NewChannel[], dtype: NumberType): JsonObject {
  const { start: min, end: max } = wholeRange(dtype);
  return {
    omero: {
      channels: channels.map(({ label, wavelengthId, color, active, window }) => ({
        label,
        color: hexOf(color),
        active,
        ...(wavelengthId === undefined ? {} : { wavelength_id: wavelengthId }),
        window: { min, max, ...(window ?? { start: min, end: max }) },
      })),
    },
  };
}
