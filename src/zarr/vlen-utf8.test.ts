/** Texts as bytes, wherever in a buffer they lie. */
import { expect, test } from "vitest";
import { finished } from "../base/steps.ts";
import { decodeTexts, encodeTexts } from "./vlen-utf8.ts";

const BYTES = [2, 0, 0, 0, 1, 0, 0, 0, 0x61, 2, 0, 0, 0, 0xc3, 0xbc];

test("count, then length and UTF-8 of each text", () => {
  expect([...encodeTexts(["a", "ü"])]).toEqual(BYTES);
  expect(finished(decodeTexts(Uint8Array.from(BYTES)))).toEqual(["a", "ü"]);
});

test("what lies before the bytes in their buffer is not read", () => {
  const buffer = Uint8Array.from([9, 9, 9, ...BYTES]);
  expect(finished(decodeTexts(buffer.subarray(3)))).toEqual(["a", "ü"]);
});

test("texts that are cut short are refused", () => {
  expect(() => finished(decodeTexts(Uint8Array.from(BYTES.slice(0, -1))))).toThrow(RangeError);
});
