/** Creating a label of an image, as Fractal's tools expect it: its levels at one of two resolutions, metadata complete, not yet listed. */
import type { JsonObject } from "../base/json.ts";
import type { NumberType } from "../zarr/array.ts";
import { below, type Options, writable } from "../zarr/store.ts";
import { versionOf } from "./attributes.ts";
import { createMultiscale, type LevelSpec } from "./create-multiscale.ts";
import { labelsPath } from "./labels.ts";
import type { Axis, Image, Level, Multiscale } from "./multiscale.ts";

/** A level of this edge or less needs no coarser one. */
const SMALL = 256;

export interface LabelSpec {
  readonly name: string;
  /** As `labelLevels` or `imageLevels` has them. */
  readonly levels: readonly [LevelSpec, ...LevelSpec[]];
  readonly dtype: NumberType;
  /** Attributes of the label's group beside OME-Zarr's own: what made it. */
  readonly attributes?: JsonObject;
}

/**
 * The levels of a label made at an image level: the first has that level's voxels, each further one half as many
 * (rounded down) in y and x at the same world size, so that its scale is shape 0 / shape k of the first's (ngio 1.1),
 * until y and x fit in one chunk or in 256 voxels.
 */
export function labelLevels(axes: readonly Axis[], level: Level): [LevelSpec, ...LevelSpec[]] {
  const kept = axes.flatMap(({ name }, i) => (name === "c" ? [] : [i]));
  const pick = (values: readonly number[]): number[] => kept.map((i) => values[i] ?? 1);
  const shape0 = pick(level.array.shape);
  const scale0 = pick(level.scale);
  const chunks0 = pick(level.array.chunks);
  const plane = kept.length - 2;
  const at = (k: number): LevelSpec => {
    const shape = shape0.map((n, i) => (i < plane ? n : Math.max(1, Math.floor(n / 2 ** k))));
    return {
      shape,
      chunks: chunks0.map((chunk, i) => Math.min(chunk, shape[i] ?? chunk)),
      // The ratio first: an ulp too much, and ngio rounds an ROI of the label up by a voxel.
      scale: scale0.map((s, i) => s * ((shape0[i] ?? 1) / (shape[i] ?? 1))),
    };
  };
  const levels: [LevelSpec, ...LevelSpec[]] = [at(0)];
  const isSmall = ({ shape }: LevelSpec): boolean =>
    shape.slice(plane).every((n, i) => n <= Math.max(SMALL, chunks0[plane + i] ?? 0));
  for (let k = 0; !isSmall(at(k)); k++) levels.push(at(k + 1));
  return levels;
}

/** The levels of a label with those of its image: their names, shapes but for c, and scales (ngio 1.1 `derive_label`). */
export function imageLevels({ axes, levels }: Multiscale): [LevelSpec, ...LevelSpec[]] {
  const pick = (values: readonly number[]): number[] =>
    values.filter((_, i) => axes[i]?.name !== "c");
  const specOf = ({ name, array, scale }: Level): LevelSpec => ({
    name,
    shape: pick(array.shape),
    chunks: pick(array.chunks),
    scale: pick(scale),
  });
  const [finest, ...coarser] = levels;
  return [specOf(finest), ...coarser.map(specOf)];
}

/**
 * Creates `labels/<name>` below the image, in its Zarr format, with its axes but c. Its voxels are still to be
 * written, and other tools find it only once it is registered.
 * @throws Fault "readonly" where the image's store cannot be written.
 */
export async function createLabel(
  image: Image,
  spec: LabelSpec,
  options: Options = {},
): Promise<Multiscale> {
  const { name, levels, dtype, attributes } = spec;
  const multiscale = {
    format: image.zarrFormat,
    name,
    axes: image.axes.filter((axis) => axis.name !== "c"),
    levels,
    dtype,
    compressor: "blosc-zstd" as const,
    ...(attributes === undefined ? {} : { attributes }),
  };
  const version = versionOf(image.zarrFormat);
  const metadata = {
    "image-label": { ...(version === "0.4" ? { version } : {}), source: { image: "../../" } },
  };
  const path = below(labelsPath(image.path), name);
  return createMultiscale(writable(image.store), path, multiscale, metadata, options);
}
