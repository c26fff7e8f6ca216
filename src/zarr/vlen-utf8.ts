/**
 * Texts of any length as bytes: u32 count, then per text u32 length and UTF-8, little endian
 * (numcodecs `vlen-utf8`, Zarr v3 extension codec of the same name).
 */
import { STEP, type Steps } from "../base/steps.ts";

/** What zarr-python writes for nothing (0, None) is written as the empty text. */
export function encodeTexts(texts: readonly unknown[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const items = texts.map((text) => encoder.encode(typeof text === "string" ? text : ""));
  const out = new Uint8Array(items.reduce((size, item) => size + 4 + item.length, 4));
  const view = new DataView(out.buffer);
  view.setUint32(0, items.length, true);
  let at = 4;
  for (const item of items) {
    view.setUint32(at, item.length, true);
    out.set(item, at + 4);
    at += 4 + item.length;
  }
  return out;
}

/** @throws RangeError where the bytes end too early */
export function* decodeTexts(bytes: Uint8Array): Steps<string[]> {
  const decoder = new TextDecoder();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const texts: string[] = [];
  let at = 4;
  for (let left = view.getUint32(0, true); left > 0; left--) {
    const end = at + 4 + view.getUint32(at, true);
    if (end > bytes.length) throw new RangeError("the texts are cut short");
    texts.push(decoder.decode(bytes.subarray(at + 4, end)));
    at = end;
    if (left % STEP === 0) yield;
  }
  return texts;
}
