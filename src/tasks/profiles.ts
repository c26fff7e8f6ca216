/** Profiles of the light: one plane each, as plain data, and as arrays that units read. */
import { Fault } from "../base/fault.ts";
import type { NumberType } from "../zarr/array.ts";
import { encodeChunk } from "../zarr/encode.ts";
import { createArray } from "../zarr/hierarchy.ts";
import { readNode } from "../zarr/node.ts";
import { openArray } from "../zarr/open-array.ts";
import { isBig } from "../zarr/pixels.ts";
import { readWhole } from "../zarr/read-whole.ts";
import { keyOf, type Options, type Store, type WritableStore } from "../zarr/store.ts";
import type { Voxels } from "./kernels/voxels.ts";

/** Crosses threads. */
export interface Profile {
  readonly height: number;
  readonly width: number;
  /** Row by row, as the file has them. */
  readonly pixels: Voxels;
}

/** Stores a profile as one chunk, so that it is read at once and stays in the chunk cache of who reads it. */
export async function storeProfile(
  store: WritableStore,
  path: string,
  { height, width, pixels }: Profile,
  options: Options = {},
): Promise<void> {
  const shape = [height, width];
  const spec = {
    format: 2,
    shape,
    chunks: shape,
    dtype: typeOf(pixels),
    fill: 0,
    separator: ".",
    compressor: "none",
  } as const;
  const array = await createArray(store, path, spec, options);
  await store.set(keyOf(path, "0.0"), await encodeChunk(array, pixels), options);
}

/**
 * The profile in an array of any store; axes before y and x must have a length of 1.
 * @throws Fault "missing", "input" where it is no plane of numbers, or as the store does
 */
export async function readProfileArray(
  store: Store,
  path: string,
  options: Options,
): Promise<Profile> {
  const { format = 2 } = (await readNode(store, path, options)) ?? {};
  const array = await openArray(store, path, format, options);
  const { shape } = array;
  const [height = 1, width = 1] = shape.slice(-2);
  const { data } =
    shape.length >= 2 && shape.slice(0, -2).every((length) => length === 1)
      ? await readWhole(array, options)
      : { data: undefined };
  if (data === undefined || Array.isArray(data) || isBig(data))
    throw new Fault(
      "input",
      `The array "${path}" is no profile: it holds ${array.dtype} of the shape ${shape.join(" × ")}, and a plane of numbers is expected`,
      { where: path },
    );
  return { height, width, pixels: data };
}

/** The type that Zarr has for such pixels. */
export function typeOf(pixels: Voxels): NumberType {
  if (pixels instanceof Float32Array) return "float32";
  if (pixels instanceof Float64Array) return "float64";
  const bits = 8 * pixels.BYTES_PER_ELEMENT;
  const isSigned =
    pixels instanceof Int8Array || pixels instanceof Int16Array || pixels instanceof Int32Array;
  return `${isSigned ? "" : "u"}int${bits}` as NumberType;
}
