/** The window that stands for none, of each type of pixel, and which windows those are. */
import { expect, test } from "vitest";
import { isWholeRange, wholeRange } from "./whole-range.ts";

test.each([
  ["uint8", 0, 255],
  ["uint16", 0, 65_535],
  ["int16", -32_768, 32_767],
  ["uint32", 0, 4_294_967_295],
  ["uint64", 0, Number.MAX_SAFE_INTEGER],
  ["float32", 0, 65_535],
] as const)("of %s is from %d to %d", (dtype, start, end) => {
  expect(wholeRange(dtype)).toEqual({ start, end });
});

test("says something of bytes alone, and a part of it of all", () => {
  expect(isWholeRange({ start: 0, end: 65_535 }, "uint16")).toBe(true);
  expect(isWholeRange({ start: 0, end: 4095 }, "uint16")).toBe(false);
  expect(isWholeRange({ start: 0, end: 65_535 }, "int16")).toBe(false);
  expect(isWholeRange({ start: 0, end: 255 }, "uint8")).toBe(false);
  expect(isWholeRange({ start: -128, end: 127 }, "int8")).toBe(false);
});
