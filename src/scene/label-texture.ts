/** The ids of a tile as a texture of whole numbers. */
import type { Device, Texture } from "@luma.gl/core";
import type { Pixels } from "../zarr/array.ts";
import type { Plane } from "./plane.ts";
import { sendRects } from "./texture-rows.ts";

/** GL_UNPACK_ALIGNMENT: rows of ids are not padded to four bytes. */
const UNPACK_ALIGNMENT = 0x0cf5;

/** Ids on the GPU, as far as they are there. */
export interface SentIds {
  /** To be destroyed by who asked for it. */
  readonly texture: Texture;
  readonly rows: number;
}

/** Sends the rows that are not there yet, up to so many. */
export function sendIds(
  device: Device,
  { data, width, height }: Plane,
  before: SentIds | undefined,
  rows: number,
): SentIds {
  if (before === undefined && rows === height)
    return { texture: newTexture(device, idTexture(data), width, height), rows };
  const { texture, rows: from } = before ?? {
    texture: newTexture(device, { format: idTexture(data.subarray(0, 0)).format }, width, height),
    rows: 0,
  };
  if (from >= rows) return { texture, rows: from };
  const sent = idTexture(data.subarray(from * width, rows * width)).data;
  const rect = { x: 0, y: from, width, height: rows - from };
  sendRects(texture, { data: sent, width, top: from }, [rect]);
  return { texture, rows };
}

function newTexture(
  device: Device,
  ids: Pick<IdTexture, "format"> | IdTexture,
  width: number,
  height: number,
): Texture {
  device.setParametersWebGL({ [UNPACK_ALIGNMENT]: 1 });
  const sampler = { minFilter: "nearest", magFilter: "nearest" } as const;
  return device.createTexture({ ...ids, width, height, sampler });
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
