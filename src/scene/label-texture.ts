/** The ids of a tile as a texture of whole numbers. */
import type { Device, Texture } from "@luma.gl/core";
import type { Pixels } from "../zarr/array.ts";
import type { Plane } from "./plane.ts";

/** GL_UNPACK_ALIGNMENT: rows of ids are not padded to four bytes. */
const UNPACK_ALIGNMENT = 0x0cf5;

/** To be destroyed by who asked for it. */
export function newIdTexture(device: Device, { data, width, height }: Plane): Texture {
  device.setParametersWebGL({ [UNPACK_ALIGNMENT]: 1 });
  return device.createTexture({
    ...idTexture(data),
    width,
    height,
    sampler: { minFilter: "nearest", magFilter: "nearest" },
  });
}

type IdTexture =
  | { readonly format: "r8uint"; readonly data: Uint8Array<ArrayBuffer> }
  | { readonly format: "r16uint"; readonly data: Uint16Array<ArrayBuffer> }
  | { readonly format: "r32uint" | "rg32uint"; readonly data: Uint32Array<ArrayBuffer> };

/** Ids as an unsigned texture: those of 64 bits as their low and high half; fractional ones as JavaScript's ToUint32 has them. */
function idTexture(data: Pixels): IdTexture {
  if (data instanceof Uint8Array) return { format: "r8uint", data };
  if (data instanceof Uint16Array) return { format: "r16uint", data };
  if (data instanceof Uint32Array) return { format: "r32uint", data };
  if (data instanceof Int32Array) return { format: "r32uint", data: words(data, 1) };
  if (data instanceof BigUint64Array || data instanceof BigInt64Array)
    return { format: "rg32uint", data: words(data, 2) };
  return { format: "r32uint", data: new Uint32Array(data) };
}

/** The same bytes as so many words of 32 bits for each id, the low half first. */
function words(data: Int32Array | BigUint64Array | BigInt64Array, each: number) {
  return new Uint32Array(data.buffer as ArrayBuffer, data.byteOffset, each * data.length);
}

/** Whether ids below 0 need their sign carried into the high half. */
export function isSigned(data: Pixels): boolean {
  return data instanceof Int8Array || data instanceof Int16Array || data instanceof Int32Array;
}
