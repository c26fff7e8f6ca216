/** Names, changes and faults of edited ROIs. */
import { describe, expect, it } from "vitest";
import { finished } from "../base/steps.ts";
import { worldBox } from "../geometry/box.ts";
import { changesOf } from "./changes.ts";
import { freeName, nameProblem, nextLabel } from "./names.ts";
import { applied, type Roi, type Rois, roiAt, roiCount, roisOf, takenBack } from "./rois.ts";
import { firstProblems, type Rules } from "./validate.ts";

const unit = worldBox([0, 0, 0], [1, 1, 1]);

function loaded(names: readonly string[], labels?: readonly number[]) {
  const bounds = Float64Array.from(names.flatMap(() => [0, 0, 0, 1, 1, 1]));
  return roisOf({ names, bounds, labels: labels && Float64Array.from(labels) });
}

function set(rois: ReturnType<typeof loaded>, edits: Record<number, Partial<Roi> | undefined>) {
  return applied(
    rois,
    new Map(
      Object.entries(edits).map(([key, change]) => {
        const from = roiAt(rois, Number(key));
        const blank: Roi = { name: "new", box: unit, label: undefined };
        return [Number(key), { from, to: change && { ...(from ?? blank), ...change } }];
      }),
    ),
  );
}

describe("names", () => {
  it.each(["FOV_1", "naïve", "a b", "1a", "-", "e5", "B03"])("%s will do", (name) =>
    expect(nameProblem(name, new Set(["x"]))).toBeUndefined(),
  );

  it.each([
    ["", "needs a name"],
    [" a", "space"],
    ["a\nb", "line break"],
    ["x", 'Another ROI is named "x"; "x_2" is free'],
    ["01", "a number"],
    ["1.5", "a number"],
    ["-1e5", "a number"],
    ["inf", "a number"],
    ["True", "true or false"],
    ["2024-01-01", "a date"],
    ["2024-01-01T10:00:00Z", "a date"],
    ["12:30", "a date"],
    ["NA", "a missing value"],
  ])("%j will not: %s", (name, why) => {
    expect(nameProblem(name, new Set(["x"]))).toContain(why);
  });

  it("are counted on from the number they end in", () => {
    const taken = new Set(["roi", "FOV_1", "FOV_2"]);
    expect(freeName("cell", taken)).toBe("cell");
    expect(freeName("roi", taken)).toBe("roi_2");
    expect(freeName("FOV_1", taken)).toBe("FOV_3");
    const many = new Set(Array.from({ length: 1000 }, (_, i) => `roi_${i}`));
    let looks = 0;
    const has = (name: string) => looks++ >= 0 && (name === "roi" || many.has(name));
    expect(freeName("roi", { has })).toBe("roi_1000");
    expect(looks).toBeLessThan(25);
  });

  it("and labels are told from what is there now", () => {
    const rois = set(loaded(["a", "b", "a"], [3, 9, 4]), {
      1: undefined,
      3: { name: "c", label: 5 },
    });
    expect(["a", "b", "c"].map((name) => rois.names.count(name))).toEqual([2, 0, 1]);
    expect(nextLabel(rois)).toBe(6);
    expect(nextLabel(loaded([]))).toBe(1);
  });
});

describe("changes", () => {
  it("are what differs now, not what was touched", () => {
    const base = loaded(["a", "b", "c", "d"]);
    const away = worldBox([0, 0, 5], [1, 1, 6]);
    const rois = set(base, {
      0: { box: away },
      1: { name: "B", box: away },
      2: undefined,
      3: {},
      4: {},
    });
    expect(changesOf(base, rois)).toEqual({
      added: [4],
      moved: [0, 1],
      renamed: [1],
      valued: [],
      deleted: [2],
      count: 4,
    });
    expect(changesOf(rois, rois).count).toBe(0);
    expect(changesOf(rois, base)).toMatchObject({ added: [2], deleted: [4] });
    expect(changesOf(base, set(base, { 4: undefined })).count).toBe(0);
  });

  it("are counted: what was deleted is no more, and what was added is", () => {
    const base = loaded(["a", "b", "c"]);
    const rois = set(base, { 0: undefined, 1: { name: "B" }, 3: {}, 4: {}, 5: undefined });
    expect([roiCount(base), roiCount(rois)]).toEqual([3, 4]);
    expect(roiCount(set(rois, { 3: undefined }))).toBe(3);
  });

  it("do not take a missing edge for a moved one", () => {
    const bounds = Float64Array.of(NaN, 0, 0, NaN, 1, 1);
    const base = roisOf({ names: ["a"], bounds, labels: undefined });
    expect(changesOf(base, set(base, { 0: { name: "b" } }))).toMatchObject({
      moved: [],
      renamed: [0],
    });
  });
});

describe("validation", () => {
  const world = worldBox([0, 0, 0], [10, 100, 100]);
  const problemsOf = (rois: Rois, rules: Rules) => [
    ...finished(firstProblems(rois, rules)).values(),
  ];
  const kinds = (rois: Rois, rules: Rules) =>
    problemsOf(rois, rules).map(({ id, kind, severity }) => [id, kind, severity]);

  it("finds nothing wrong with good ROIs", () => {
    expect(problemsOf(loaded(["a", "b"]), { type: "roi_table", world })).toEqual([]);
  });

  it("tells loaded faults from those an edit made", () => {
    const rois = set(loaded(["a", "a", "7", "b", "c"]), {
      1: { box: worldBox([0, 0, 0], [1, 1, 0]) },
      2: { name: "b" },
      5: { name: "1.5", box: worldBox([0, 0, 200], [1, 1, 300]) },
      6: { name: "n", box: worldBox([0, 0, NaN], [1, 1, 1]) },
      7: { name: "m", box: worldBox([0, 9, 0], [1, 1, 1]) },
      8: { name: "o", box: worldBox([0, 0, 200], [1, 1, 300]) },
    });
    expect(kinds(rois, { type: "roi_table", world })).toEqual([
      [0, "duplicate", "warning"],
      [1, "empty", "error"],
      [2, "duplicate", "error"],
      [3, "duplicate", "warning"],
      [5, "name", "error"],
      [6, "box", "error"],
      [7, "box", "error"],
      [8, "outside", "warning"],
    ]);
  });

  it("tells of a name alone, where the box is as it should be", () => {
    const rois = set(loaded(["a"]), { 1: { name: "2.5" } });
    expect(kinds(rois, { type: "roi_table" })).toEqual([[1, "name", "error"]]);
  });

  it("says along which axis a box holds nothing, and whether for a number too large", () => {
    const rois = set(loaded(["a", "b", "c", "d"]), {
      0: { box: worldBox([0, 0, 3], [1, 1, 3]) },
      1: { box: worldBox([0, 1e308, 0], [1, 1e308 + 1, 1]) },
      2: { box: worldBox([0, 0, 1e308], [1, 1, Number.POSITIVE_INFINITY]) },
      3: { box: worldBox([-1e308, 0, 0], [1e308, 1, 1]) },
    });
    expect(problemsOf(rois, { type: "roi_table" }).map(({ sentence }) => sentence)).toEqual([
      '"a" holds nothing: its length along x is 0',
      '"b" holds nothing: its place along y is too large a number for a length to count beside it',
      '"c" has too large a number for its place or length along x',
      '"d" has too large a number for its place or length along z',
    ]);
  });

  it("does not blame an edit for a fault that was there, and forgets an edit that was taken back", () => {
    const flawed = roisOf({
      names: ["a"],
      bounds: Float64Array.of(0, Number.NaN, 5, 1, Number.NaN, 2),
      labels: undefined,
    });
    const from = roiAt(flawed, 0);
    const to = from && { ...from, box: worldBox([0, 3, 5], [1, Number.NaN, 2]) };
    const diff = new Map([[0, { from, to }]]);
    const edited = applied(flawed, diff);
    expect(kinds(edited, { type: "roi_table" })).toEqual([[0, "box", "warning"]]);
    expect(takenBack(edited, diff).overlay.size).toBe(0);
  });

  it("wants a masking ROI named by its label", () => {
    const rois = set(loaded(["1", "x"], [1, NaN]), {
      2: { name: "b", label: 7 },
      3: { name: "8", label: 8 },
    });
    expect(kinds(rois, { type: "masking_roi_table" })).toEqual([
      [1, "label", "warning"],
      [2, "label", "error"],
    ]);
  });
});
