/** Merging: what does not touch the same ROI falls together, what does is told, and no value is lost either way. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { merged, resolved, roiChanges } from "./merge.ts";
import {
  applied,
  idsOf,
  type Roi,
  type RoiDiff,
  type Rois,
  roiAt,
  roisOf,
  sameRoi,
} from "./rois.ts";

const base = roisOfBoxes([0, 1, 2, 3].map((i) => flatBox([20 * i, 0, 20 * i + 10, 10])));
const at = (x: number, name: string): Roi => ({
  name,
  box: flatBox([x, 50, x + 10, 60]),
  label: undefined,
});

/** The ROIs after some got other values; undefined deletes. */
function edited(rois: Rois, values: Readonly<Record<number, Roi | undefined>>): Rois {
  const diff: RoiDiff = new Map(
    Object.entries(values).map(([id, to]) => [Number(id), { from: roiAt(rois, Number(id)), to }]),
  );
  return applied(rois, diff);
}

/** The ROIs as they are read again: rows counted anew. */
function reread(rois: Rois): Rois {
  const all = listed(rois);
  const loaded = roisOfBoxes(all.map(({ box }) => box));
  return roisOf({ ...loaded.base, names: all.map(({ name }) => name) });
}

const listed = (rois: Rois): Roi[] => idsOf(rois).flatMap((id) => roiAt(rois, id) ?? []);
const names = (rois: Rois): string[] => listed(rois).map(({ name }) => name);

describe("a merge", () => {
  test("takes over what touches no ROI the others touched, though rows have other numbers", () => {
    const mine = edited(base, { 1: at(7, "roi_1"), 3: undefined, 4: at(1, "new") });
    const theirs = reread(edited(base, { 0: undefined, 2: at(9, "roi_2"), 4: at(3, "other") }));
    const { diff, clashes } = merged(roiChanges(base, mine), theirs);
    expect(clashes).toEqual([]);
    const both = applied(theirs, diff);
    expect(names(both)).toEqual(["roi_1", "roi_2", "other", "new"]);
    expect(roiAt(both, 0)).toEqual(at(7, "roi_1"));
    expect(roiAt(both, 1)).toEqual(at(9, "roi_2"));
  });

  test("does nothing twice", () => {
    const mine = edited(base, { 1: at(7, "renamed"), 2: undefined, 4: at(1, "new") });
    const merge = merged(roiChanges(base, mine), reread(mine));
    expect([merge.diff.size, merge.clashes.length]).toEqual([0, 0]);
  });

  test.each([
    ["moved by both", at(7, "roi_1"), at(8, "roi_1")],
    ["moved here, deleted there", at(7, "roi_1"), undefined],
    ["deleted here, moved there", undefined, at(8, "roi_1")],
  ])("an ROI %s is a clash, and stays as it is there until it is decided", (_, to, others) => {
    const mine = edited(base, { 1: to });
    const theirs = reread(edited(base, { 1: others }));
    const merge = merged(roiChanges(base, mine), theirs);
    expect([merge.diff.size, merge.clashes.length]).toEqual([0, 1]);
    const kept = (choice: "mine" | "theirs" | "both") =>
      listed(
        applied(
          theirs,
          resolved(merge, theirs, () => choice),
        ),
      ).filter(({ box }) => box.min[1] === 50);
    expect(kept("mine")).toEqual(to ? [to] : []);
    expect(kept("theirs")).toEqual(others ? [others] : []);
    const beside = to && others ? [others, { ...to, name: "roi_2_2" }] : [others ?? to];
    expect(kept("both").map(({ box }) => box)).toEqual(beside.map((roi) => roi?.box));
    expect(new Set(kept("both").map(({ name }) => name)).size).toBe(kept("both").length);
  });

  test("puts a value beside a box that was moved there, and only what was not there before", () => {
    const saved = edited(base, { 1: { ...at(7, "roi_1"), cells: new Map([["note", "old"]]) } });
    const mine = edited(saved, {
      1: {
        ...at(7, "roi_1"),
        cells: new Map([
          ["note", "old"],
          ["triage", "keep"],
        ]),
      },
    });
    const theirs = reread(edited(base, { 1: at(9, "roi_1") }));
    const { diff, clashes } = merged(roiChanges(saved, mine), theirs);
    expect(clashes).toEqual([]);
    expect(diff.get(1)?.to).toEqual({ ...at(9, "roi_1"), cells: new Map([["triage", "keep"]]) });
  });

  test("a name given by both to new ROIs is a clash", () => {
    const mine = edited(base, { 4: at(1, "new") });
    const theirs = reread(edited(base, { 4: at(2, "new") }));
    const merge = merged(roiChanges(base, mine), theirs);
    const both = applied(
      theirs,
      resolved(merge, theirs, () => "both"),
    );
    expect(names(both).slice(-2)).toEqual(["new", "new_2"]);
  });

  test("of namesakes that are alike meets each once, so that none is left behind", () => {
    const twins = roisOf({
      ...roisOfBoxes([0, 0].map(() => flatBox([0, 0, 10, 10]))).base,
      names: ["a", "a"],
    });
    const mine = edited(twins, { 0: at(3, "a"), 1: at(9, "a") });
    const { diff, clashes } = merged(roiChanges(twins, mine), reread(twins));
    expect([[...diff.keys()], clashes]).toEqual([[0, 1], []]);
  });

  test("of namesakes meets the one that was edited", () => {
    const twins = roisOf({ ...base.base, names: ["a", "a", "a", "b"] });
    const mine = edited(twins, { 1: at(7, "a") });
    const { diff } = merged(roiChanges(twins, mine), reread(twins));
    expect([...diff.keys()]).toEqual([1]);
  });

  const change = fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined });
  const changes = fc.dictionary(fc.constantFrom("0", "1", "2", "3", "4"), change);
  const toRois = (values: Record<string, number | undefined>): Rois =>
    edited(
      base,
      Object.fromEntries(
        Object.entries(values).map(([id, x]) => [
          Number(id),
          x === undefined ? undefined : at(x, Number(id) < 4 ? `roi_${id}` : "new"),
        ]),
      ),
    );

  test("loses no value of either side where both are kept, and gives no name twice", () => {
    fc.assert(
      fc.property(changes, changes, (mineValues, theirValues) => {
        const [mine, theirs] = [toRois(mineValues), reread(toRois(theirValues))];
        const merge = merged(roiChanges(base, mine), theirs);
        const both = listed(
          applied(
            theirs,
            resolved(merge, theirs, () => "both"),
          ),
        );
        expect(new Set(both.map(({ name }) => name)).size).toBe(both.length);
        const has = (roi: Roi) =>
          both.some((other) => sameRoi({ ...roi, name: other.name }, other));
        for (const { to } of roiChanges(base, mine)) if (to) expect(has(to)).toBe(true);
        for (const { to } of roiChanges(base, toRois(theirValues)))
          if (to) {
            const replaced = [...merge.diff.values()].some(({ from }) => sameRoi(from, to));
            expect(replaced || has(to)).toBe(true);
          }
      }),
    );
  });

  test("of more changes than a function takes arguments is decided like any other", () => {
    const one = { name: "far", box: flatBox([0, 0, 1, 1]), label: undefined };
    const diff = new Map(
      Array.from({ length: 200_000 }, (_, id) => [id, { from: undefined, to: one }]),
    );
    const clash = { mine: { from: undefined, to: { ...one, name: "mine" } }, theirs: undefined };
    const whole = resolved({ diff, clashes: [clash] }, roisOfBoxes([]), () => "mine");
    expect([...whole.keys()].at(-1)).toBe(200_000);
    expect(whole.get(200_000)?.to?.name).toBe("mine");
  });

  test("on what nobody else changed gives one's own table", () => {
    fc.assert(
      fc.property(changes, (values) => {
        const mine = toRois(values);
        const again = reread(base);
        const { diff, clashes } = merged(roiChanges(base, mine), again);
        expect(clashes).toEqual([]);
        expect(listed(applied(again, diff))).toEqual(listed(mine));
      }),
    );
  });
});
