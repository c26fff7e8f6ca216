/** The readers of parsed JSON: the value of the right kind, or nothing. */
import { expect, test } from "vitest";
import { isJsonObject, isSameJson, listAt, numberAt, objectAt, textAt } from "./json.ts";

const value = {
  object: { a: 1 },
  list: [1, 2],
  text: "x",
  number: 2.5,
  digits: " 700 ",
  nothing: null,
};

test("each reader takes its own kind and no other", () => {
  expect(objectAt(value, "object")).toEqual({ a: 1 });
  expect(listAt(value, "list")).toEqual([1, 2]);
  expect(textAt(value, "text")).toBe("x");
  expect(numberAt(value, "number")).toBe(2.5);
  for (const key of ["list", "text", "nothing", "absent"])
    expect(objectAt(value, key)).toBeUndefined();
  for (const key of ["object", "text", "absent"]) expect(listAt(value, key)).toEqual([]);
  for (const key of ["object", "number", "absent"]) expect(textAt(value, key)).toBeUndefined();
  for (const key of ["list", "text", "nothing"]) expect(numberAt(value, key)).toBeUndefined();
});

test("a number written as text counts, an empty text and infinity do not", () => {
  expect(numberAt(value, "digits")).toBe(700);
  expect(numberAt({ a: " " }, "a")).toBeUndefined();
  expect(numberAt({ a: "Infinity" }, "a")).toBeUndefined();
});

test("nothing is read from what is no object", () => {
  for (const other of [undefined, null, 3, "x", [1]]) {
    expect(objectAt(other, "0")).toBeUndefined();
    expect(listAt(other, "0")).toEqual([]);
    expect(numberAt(other, "0")).toBeUndefined();
    expect(isJsonObject(other)).toBe(false);
  }
});

test("two values are the same whatever the order of their members", () => {
  const one = { a: [1, { b: Number.NaN }], c: null };
  expect(isSameJson(one, { c: null, a: [1, { b: Number.NaN }] })).toBe(true);
  for (const other of [
    { a: [1, { b: Number.NaN }] },
    { a: [1, { b: 0 }], c: null },
    { a: { 0: 1, 1: { b: Number.NaN } }, c: null },
    { a: [1, { b: Number.NaN }], d: null },
  ])
    expect(isSameJson(one, other)).toBe(false);
});
