/** JSON with what Python and 64-bit integers put into it. */
import { expect, test } from "vitest";
import { formatJson, parseJson, parseKeeping } from "./json-text.ts";

test("bare NaN and Infinity are numbers, inside texts they are text", () => {
  const text = `{"a": NaN, "b": [Infinity, -Infinity, -1.5e3], "c": "NaN, \\"Infinity\\"", "NaN": null}`;
  expect(parseJson(text)).toEqual({
    a: Number.NaN,
    b: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1500],
    c: 'NaN, "Infinity"',
    NaN: null,
  });
});

test("anything else that is not JSON is refused", () => {
  for (const text of ["", "{", "{a: 1}", "{'a': 1}", '{"a": nan}', '{"a": NaNs}'])
    expect(() => parseJson(text)).toThrow(SyntaxError);
});

test("numbers that would be rounded or refused come back as they were", () => {
  const text = `{
  "fill_value": 18446744073709551615,
  "attributes": {
    "a": NaN,
    "b": -9007199254740993,
    "c": "18446744073709551615",
    "d": 0.1
  },
  "e": []
}`;
  expect(formatJson(parseKeeping(text))).toBe(text);
});

test("BigInts are written as integers", () => {
  expect(formatJson({ a: 2n ** 64n - 1n })).toBe('{\n  "a": 18446744073709551615\n}');
});
