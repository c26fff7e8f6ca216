/** Illumination correction of a field of view, Fractal's formula to the bit. */
import { Fault } from "../../base/fault.ts";
import type { Zyx } from "../../geometry/box.ts";
import type { Voxels } from "./voxels.ts";

/** The types of images that are corrected: Fractal clips to the type's largest value, which floats have not. */
export type IntegerVoxels = Exclude<Voxels, Float32Array | Float64Array>;

export interface Illumination {
  /** How bright each pixel of a plane is lit, as the file has it; it is divided by its largest value. */
  readonly flat: Voxels;
  /** That largest value, of a flat field that was checked before, and may be a part of what the file has. */
  readonly most?: number;
  /** What each pixel of a plane shows without light. */
  readonly dark?: Voxels;
  /** A constant that is taken off every pixel. */
  readonly background: number;
}

/** Profiles made ready once for all fields of view. */
export interface Correction {
  /** flat ÷ its maximum, in the precision that numpy divides in. */
  readonly gain: Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
  /** What is taken off before: whole numbers. */
  readonly dark: Int32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | undefined;
  readonly background: number;
}

/**
 * @param pixels of a plane of a field of view.
 * @throws Fault "input" where a profile is of another size, the flat field is not above zero everywhere, or the dark
 * field is not a number somewhere.
 */
export function correctionOf(
  { flat, most: given, dark, background }: Illumination,
  pixels: number,
): Correction {
  for (const [name, profile] of [
    ["flat field", flat],
    ["dark field", dark],
  ] as const)
    if (profile && profile.length !== pixels)
      throw new Fault(
        "input",
        `The ${name} has ${profile.length} pixels, and the field of view has ${pixels}`,
      );
  const most = given ?? largestAbove0(flat);
  const gain = flat instanceof Float32Array ? new Float32Array(pixels) : new Float64Array(pixels);
  for (let i = 0; i < pixels; i++) gain[i] = (flat[i] ?? 0) / most;
  return { gain, dark: dark && wholeNumbers(dark), background };
}

/** @throws Fault "input" where a value is not above zero */
function largestAbove0(flat: Voxels): number {
  let most = 0;
  for (let i = 0; i < flat.length; i++) {
    const value = flat[i] ?? 0;
    if (!(value > 0 && value < Number.POSITIVE_INFINITY))
      throw new Fault(
        "input",
        `The flat field must be above zero everywhere, and it holds ${value}`,
      );
    if (value > most) most = value;
  }
  return most;
}

/** Cameras' 16 bits are half as much to read. */
function wholeNumbers(dark: Voxels): Int32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> {
  if (dark instanceof Uint16Array) return dark;
  const odd = dark.find((value) => !Number.isFinite(value));
  if (odd !== undefined)
    throw new Fault("input", `The dark field must be numbers everywhere, and it holds ${odd}`);
  return new Int32Array(dark);
}

/**
 * Fractal's `correct`, in place: (voxel − dark, at least 0; − background, at least 0) ÷ gain, at most the type's largest
 * value, truncated. Dark and background are subtracted as int32; a quotient is float32 where numpy makes it so (a
 * float32 flat field on 8 or 16 bits from which nothing is subtracted), else float64.
 * @param shape of the voxels, whose planes are of the profiles' size.
 * @returns how many voxels came out above the type's largest value, and were clipped to it.
 */
export function correctIllumination(
  voxels: IntegerVoxels,
  [planes]: Zyx,
  correction: Correction,
): number {
  const { gain, dark, background } = correction;
  const most = largestOf(voxels);
  const isSingle = gain instanceof Float32Array && voxels.BYTES_PER_ELEMENT < 4;
  const size = gain.length;
  let clipped = 0;
  for (let first = 0; first < planes * size; first += size)
    if (dark || background !== 0)
      clipped += subtractAndDivide(voxels, first, size, correction, most);
    else clipped += divide(voxels, first, size, correction, most, isSingle);
  return clipped;
}

function largestOf(voxels: IntegerVoxels): number {
  const isSigned =
    voxels instanceof Int8Array || voxels instanceof Int16Array || voxels instanceof Int32Array;
  return 2 ** (8 * voxels.BYTES_PER_ELEMENT - (isSigned ? 1 : 0)) - 1;
}

function subtractAndDivide(
  voxels: IntegerVoxels,
  first: number,
  size: number,
  { gain, dark, background }: Correction,
  most: number,
): number {
  const taken = dark ?? new Uint16Array(size);
  // Without a dark field there is no first clip.
  const least = dark ? 0 : -(2 ** 31);
  let clipped = 0;
  for (let i = 0; i < size; i++) {
    const lit = Math.max(least, ((voxels[first + i] ?? 0) - (taken[i] ?? 0)) | 0);
    const value = Math.max(0, (lit - background) | 0) / (gain[i] ?? 1);
    if (value > most) {
      clipped++;
      voxels[first + i] = most;
    } else voxels[first + i] = value;
  }
  return clipped;
}

function divide(
  voxels: IntegerVoxels,
  first: number,
  size: number,
  { gain }: Correction,
  most: number,
  isSingle: boolean,
): number {
  let clipped = 0;
  for (let i = 0; i < size; i++) {
    const exact = (voxels[first + i] ?? 0) / (gain[i] ?? 1);
    const value = isSingle ? Math.fround(exact) : exact;
    if (value > most) {
      clipped++;
      voxels[first + i] = most;
    } else voxels[first + i] = value;
  }
  return clipped;
}
