/** What is made of the same things is the very same thing. */
import { expect, test } from "vitest";
import { remembered, steady } from "./remembered.ts";

test("what is made of the same is the same; of anything else it is made anew", () => {
  const pair = remembered((a: unknown, b: unknown) => [a, b]);
  const [one, other] = [{}, {}];
  const first = pair(one, 1);
  expect(pair(one, 1)).toBe(first);
  expect(pair(other, 1)).toEqual([other, 1]);
  expect(pair(other, 2)).toEqual([other, 2]);
  // Only the last is kept: what was given up in between is never handed out again.
  expect(pair(one, 1)).not.toBe(first);
  const nothing = remembered(() => ({}));
  expect(nothing()).toBe(nothing());
});

test("an object whose fields are the same is the one before", () => {
  const kept = steady<{ a: number; b: unknown }>();
  const [one, b] = [{ a: 1, b: undefined }, {}];
  expect(kept(one)).toBe(one);
  expect(kept({ a: 1, b: undefined })).toBe(one);
  const other = kept({ a: 1, b });
  expect(other).toEqual({ a: 1, b });
  expect(kept({ a: 1, b })).toBe(other);
  expect(kept({ a: 2, b })).toEqual({ a: 2, b });
});
