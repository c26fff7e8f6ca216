/** What a save would write, in words. */
import { expect, test } from "vitest";
import { worldBox } from "../geometry/box.ts";
import { changeLine } from "./change-text.ts";
import { applied, type Roi, roisOf } from "./rois.ts";

const from = roisOf({
  names: ["A"],
  bounds: Float64Array.of(0, 0, 0, 1, 10, 10),
  labels: undefined,
});
const first: Roi = { name: "A", box: worldBox([0, 0, 0], [1, 10, 10]), label: undefined };

function lineOf(kind: Parameters<typeof changeLine>[0], to: Partial<Roi>): string {
  const diff = new Map([[0, { from: first, to: { ...first, ...to } }]]);
  const { name, what } = changeLine(kind, 0, { from, to: applied(from, diff) }, "µm");
  return `${name} ${what}`;
}

test.each([
  ["moved", { box: worldBox([0, -2, 5], [1, 8, 15]) }, "A x +5, y −2 µm"],
  ["moved", { box: worldBox([0, 0, 0], [1, 10, 13]) }, "A size x +3 µm"],
  ["moved", { box: worldBox([0, 1, 0], [1, 10, 10]) }, "A y +1 µm; size y −1 µm"],
  ["renamed", { name: "B" }, "A → B"],
  ["renamed", { label: 3 }, "A label none → 3"],
  ["valued", { cells: new Map([["triage", "keep"]]) }, "A triage: keep"],
] as const)("%s to %o is told as %s", (kind, to, text) => {
  expect(lineOf(kind, to)).toBe(text);
});

test("what came new or is gone is told by its name", () => {
  const box = worldBox([0, 0, 0], [1, 1, 1]);
  const to = applied(
    from,
    new Map([
      [0, { from: first, to: undefined }],
      [1, { from: undefined, to: { name: "new", box, label: undefined } }],
    ]),
  );
  expect(changeLine("deleted", 0, { from, to }, "")).toEqual({ name: "A", what: "" });
  expect(changeLine("added", 1, { from, to }, "")).toEqual({ name: "new", what: "" });
});
