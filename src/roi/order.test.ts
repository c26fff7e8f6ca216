/** Rows listed by expression and in order; slices change nothing of what comes out. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finished } from "../base/steps.ts";
import { parseExpression } from "./expression.ts";
import { lexemesOf, quoted } from "./lexemes.ts";
import { type Listing, listing, naturalKey } from "./order.ts";
import type { Reader } from "./readers.ts";

const areas = [10, 250, Number.NaN, 300];
const names = ["B03 a", "B03 b", "C04", "b03 c"];
const triage = ["keep", "discard", undefined, "keep"];
const columns = new Map<string, Reader>([
  ["area", { kind: "number", at: (id) => areas[id] ?? Number.NaN }],
  ["name", { kind: "text", at: (id) => names[id] }],
  ["triage", { kind: "text", at: (id) => triage[id] }],
  ["mean intensity", { kind: "number", at: (id) => id }],
]);

function found(text: string): number[] | string {
  const parsed = parseExpression(text, columns);
  if (parsed.kind === "problem") return `${parsed.at}: ${parsed.sentence}`;
  return [0, 1, 2, 3].filter(parsed.matches);
}

function run({ matches, sort }: Listing, count: number): readonly number[] {
  const ids = Array.from({ length: count }, (_, i) => i);
  return finished(listing(ids, { matches, sort }));
}

describe("an expression", () => {
  it.each([
    ["area > 200", [1, 3]],
    ["area <= 10 or area >= 300", [0, 3]],
    ['area > 200 and name ~ "B03" and triage != discard', [3]],
    ["not (triage = keep or area > 200)", [2]],
    ["triage in (keep, discard)", [0, 1, 3]],
    ['triage = ""', [2]],
    ['area = ""', [2]],
    ["area != 10", [1, 2, 3]],
    ["name !~ b03", [2]],
    ["`mean intensity` < 2", [0, 1]],
    ["triage == keep AND area == 1e1", [0]],
    ["triage = keep or triage = discard and area > 1000", [0, 3]],
    ["Area > 200 AND Triage = keep", [3]],
    ["`Mean Intensity` < 2", [0, 1]],
  ])("%s", (text, ids) => expect(found(text)).toEqual(ids));

  it.each([
    ["size > 2", 0, 'There is no column "size"'],
    ["area >", 6, "It ends where a value is expected"],
    ["area > 2 name = x", 9, '"name" is not expected here'],
    ["(area > 2", 9, '")" is expected'],
    ["area > big", 7, 'and "big" is none'],
    ["name < x", 7, "not by <"],
    ["area 2", 5, "A comparison"],
    ["area ! 2", 5, 'not "!"'],
    ["", 0, "It ends where a column is expected"],
    ["area > )", 7, "A value is expected"],
  ])("%j is wrong at %i", (text, at, why) => {
    const parsed = parseExpression(text, columns);
    expect(parsed).toMatchObject({ kind: "problem", at });
    expect(parsed.kind === "problem" && parsed.sentence).toContain(why);
  });

  it("takes a column by its very name first, then by one that differs in case alone", () => {
    const both = new Map<string, Reader>([
      ["Area", { kind: "number", at: () => 1 }],
      ["area", { kind: "number", at: () => 2 }],
    ]);
    const first = (text: string): unknown => {
      const parsed = parseExpression(text, both);
      return parsed.kind === "problem" ? `${parsed.at}: ${parsed.sentence}` : parsed.matches(0);
    };
    expect(first("Area = 1")).toBe(true);
    expect(first("area = 2")).toBe(true);
    expect(first("area = 1 or AREA = 2")).toBe(
      '12: "AREA" may be "Area" or "area": write the one that is meant',
    );
  });

  it("never fails in another way, whatever is typed", () => {
    const bits = fc.constantFrom(
      "area",
      "name",
      "and",
      "not",
      "(",
      ")",
      "in",
      ",",
      "<",
      '"',
      "`",
      "!",
      "2",
      " ",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string()), { maxLength: 12 }), (parts) => {
        const text = parts.join(" ");
        const parsed = parseExpression(text, columns);
        if (parsed.kind === "problem") expect(parsed.at).toBeLessThanOrEqual(text.length);
        else expect([0, 1].includes(Number(parsed.matches(0)))).toBe(true);
      }),
    );
  });

  it("reads any text that is quoted for it as that text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(lexemesOf(quoted(text)).map((one) => one.text)).toEqual([text]);
      }),
    );
  });
});

describe("order", () => {
  it("has numbers in names by their size, whatever the case", () => {
    const sorted = ["roi_10", "ROI_2", "roi_02b", "a", "roi_1"].sort((a, b) =>
      naturalKey(a) < naturalKey(b) ? -1 : 1,
    );
    expect(sorted).toEqual(["a", "roi_1", "ROI_2", "roi_02b", "roi_10"]);
  });

  it("is that of a stable sort with what is missing last, over many slices", () => {
    const values = Array.from({ length: 20_000 }, (_, i) =>
      i % 7 === 3 ? Number.NaN : (i * 7919) % 501,
    );
    const by: Reader = { kind: "number", at: (id) => values[id] ?? Number.NaN };
    for (const descending of [false, true]) {
      const ids = values.map((_, i) => i);
      const at = (id: number): number => values[id] ?? Number.NaN;
      const plain = [
        ...ids
          .filter((id) => !Number.isNaN(at(id)))
          .sort((a, b) => (descending ? at(b) - at(a) : at(a) - at(b))),
        ...ids.filter((id) => Number.isNaN(at(id))),
      ];
      expect(run({ matches: undefined, sort: { by, descending } }, 20_000)).toEqual(plain);
    }
  });

  it("holds only what matches", () => {
    expect(run({ matches: (id) => id % 2 === 0, sort: undefined }, 5)).toEqual([0, 2, 4]);
  });
});
