/** Creating a multiscale: its arrays first and its metadata after them, so that what can be found is complete. */
import type { JsonObject } from "../base/json.ts";
import type { NumberType, ZarrFormat } from "../zarr/array.ts";
import { type ArraySpec, createArray, writeGroup } from "../zarr/hierarchy.ts";
import { below, type Options, type WritableStore } from "../zarr/store.ts";
import { versionOf, withOme } from "./attributes.ts";
import { gridOf } from "./axes.ts";
import { multiscalesOf } from "./metadata.ts";
import type { Axis, Level, Multiscale } from "./multiscale.ts";

/** An array that is to be, per axis. */
export interface LevelSpec {
  /** Its path below the multiscale; its place among the levels, "0", "1", …, unless said otherwise. */
  readonly name?: string;
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  /** World units per voxel. */
  readonly scale: readonly number[];
}

export interface MultiscaleSpec {
  readonly format: ZarrFormat;
  readonly name: string;
  readonly axes: readonly Axis[];
  /** The finest first. */
  readonly levels: readonly [LevelSpec, ...LevelSpec[]];
  readonly dtype: NumberType;
  readonly compressor: ArraySpec["compressor"];
  /** Attributes of the group beside OME-Zarr's own. */
  readonly attributes?: JsonObject;
}

/** @param metadata OME-Zarr metadata beside `multiscales`: `omero`, `image-label`. */
export async function createMultiscale(
  store: WritableStore,
  path: string,
  spec: MultiscaleSpec,
  metadata: JsonObject,
  options: Options = {},
): Promise<Multiscale> {
  const { format, name, axes } = spec;
  const createLevel = async (level: LevelSpec, i: number): Promise<Level> => {
    const { name = String(i), shape, scale } = level;
    const array = await createArray(store, below(path, name), arraySpec(spec, level), options);
    const translation = scale.map(() => 0);
    const pixels = { ...array, dtype: spec.dtype };
    return { name, array: pixels, scale, translation, grid: gridOf(axes, shape, scale) };
  };
  const [first, ...rest] = spec.levels;
  const levels = await Promise.all([
    createLevel(first, 0),
    ...rest.map((level, i) => createLevel(level, i + 1)),
  ] as const);
  const version = versionOf(format);
  const ome = { ...multiscalesOf(name, version, axes, levels), ...metadata };
  await writeGroup(store, path, format, withOme(format, spec.attributes ?? {}, ome), options);
  return { path, store, name, zarrFormat: format, version, axes, levels, problems: [] };
}

function arraySpec(spec: MultiscaleSpec, level: LevelSpec): ArraySpec {
  return {
    format: spec.format,
    shape: level.shape,
    chunks: level.chunks,
    dtype: spec.dtype,
    fill: 0,
    separator: "/",
    compressor: spec.compressor,
    dimensionNames: spec.axes.map(({ name }) => name),
  };
}
