/** A file is of its type once its shape found nothing wrong; what is wrong is told with its file and its place. */
import { describe, expect, test } from "vitest";
import type { Json } from "./json.ts";
import {
  anyFlag,
  anyNumber,
  anyObject,
  anyText,
  byKind,
  listOf,
  mapOf,
  objectOf,
  oneOf,
  optional,
  shaped,
} from "./json-shape.ts";

type Part = { readonly kind: "dot" } | { readonly kind: "line"; readonly ends: readonly number[] };

const whole = objectOf({
  version: oneOf(2),
  name: anyText,
  note: optional(anyText),
  isDone: anyFlag,
  facts: mapOf(anyNumber),
  extra: optional(anyObject),
  parts: listOf(
    byKind<Part>({ dot: objectOf({}), line: objectOf({ ends: listOf(anyNumber, 2) }) }),
  ),
});

const right: Record<string, Json> = {
  version: 2,
  name: "a",
  isDone: false,
  facts: { b: 1 },
  parts: [{ kind: "dot" }, { kind: "line", ends: [0, Number.NaN] }],
};

describe("a value", () => {
  test("that is as it must be is given back as it is, with what nobody reads", () => {
    for (const value of [right, { ...right, note: "b" }, { ...right, other: null }])
      expect(shaped(value, whole, "/a.json")).toBe(value);
  });

  test.each<[Json, string]>([
    [null, "It is no object"],
    [[right], "It is no object"],
    [{ ...right, version: 1 }, "version is not 2"],
    [{ ...right, name: 1 }, "name is no text"],
    [{ ...right, note: null }, "note is no text"],
    [{ ...right, isDone: 0 }, "isDone is neither true nor false"],
    [{ ...right, facts: [] }, "facts is no object"],
    [{ ...right, facts: { b: 1, c: "2" } }, "facts.c is no number"],
    [{ ...right, extra: 1 }, "extra is no object"],
    [{ ...right, parts: {} }, "parts is no list"],
    [{ ...right, parts: [{ kind: "dot" }, {}] }, "parts[1] is of no kind that is known"],
    [{ ...right, parts: [{ kind: "toString" }] }, "parts[0] is of no kind that is known"],
    [{ ...right, parts: [{ kind: "line" }] }, "parts[0].ends is no list"],
    [{ ...right, parts: [{ kind: "line", ends: [1] }] }, "parts[0].ends has not 2 elements"],
    [{ ...right, parts: [{ kind: "line", ends: [1, "2"] }] }, "parts[0].ends[1] is no number"],
  ])("%j is refused", (value, problem) => {
    expect(() => shaped(value, whole, "/a.json")).toThrow(
      expect.objectContaining({
        tag: "invalid",
        where: "/a.json",
        message: `The file /a.json is not as Fovea writes it: ${problem}`,
      }),
    );
  });

  test("that is missing is refused where it must be there", () => {
    const { isDone: _, ...rest } = right;
    expect(() => shaped(rest, whole, "/a.json")).toThrow("isDone is neither true nor false");
  });
});
