/** What is typed to find ROIs: a text, an expression, or a formula that is none. */
import { expect, test } from "vitest";
import type { Reader } from "./readers.ts";
import { exampleFor, searchOf } from "./search.ts";

const names = ["B03 len_x", "area-51", "x/1"];
const columns = new Map<string, Reader>([
  ["len_x", { kind: "number", at: (id) => id }],
  ["name", { kind: "text", at: (id) => names[id] }],
]);

function found(query: string): number[] | string | undefined {
  const search = searchOf(query, columns);
  if (search?.kind === "problem") return `${search.at}: ${search.sentence}`;
  return search && [0, 1, 2].filter(search.matches);
}

test.each([
  ["", undefined],
  ["  ", undefined],
  ["b03", [0]],
  ["AREA-51", [1]],
  ["x/1", [2]],
  ["len_x", [0]],
  ["len_x >= 1", [1, 2]],
  ["Len_X >= 1", [1, 2]],
])("%j finds %j", (query, ids) => expect(found(query)).toEqual(ids));

test.each([
  ["len_x ** 2", '6: A comparison such as =, <, ~ or in is expected, not "**"'],
  ["len_x - 2", '6: A comparison such as =, <, ~ or in is expected, not "-"'],
  ["len_x ** 2 > 4", '6: A comparison such as =, <, ~ or in is expected, not "**"'],
  ["LEN_X - 2", '6: A comparison such as =, <, ~ or in is expected, not "-"'],
  ["len_x*2", '0: There is no column "len_x*2"; there are len_x, name'],
])("%j is no expression, and no text to look for", (query, why) => expect(found(query)).toBe(why));

test.each([
  ["name", "name != discard"],
  ["len_x 200", "len_x > 200"],
  ["Len_X 200", "len_x > 200"],
  ["not kept", "len_x > 200"],
  ["a OR b", "len_x > 200"],
  ["B04", undefined],
  ["notch", undefined],
  ["len_x > 3 and not name", undefined],
])("where %j was found nowhere, the example is %j", (text, example) =>
  expect(exampleFor(text, columns)).toBe(example),
);
