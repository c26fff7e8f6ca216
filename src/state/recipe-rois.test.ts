/** A table's ROIs as a recipe has them are those it has now, and what was not edited is the same as before. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { finished } from "../base/steps.ts";
import { worldBox } from "../geometry/box.ts";
import { applied, idsOf, type Roi, type Rois, roiAt, roisOf } from "../roi/rois.ts";
import { listRois } from "./recipe-rois.ts";

const base = {
  names: ["a", "b", "c"],
  bounds: Float64Array.from({ length: 18 }, (_, i) => i),
  labels: Float64Array.of(7, 8, 9),
};

const roi = fc.record({
  name: fc.constantFrom("x", "y"),
  box: fc.nat(9).map((at) => worldBox([0, at, at], [1, at + 1, at + 1])),
  label: fc.option(fc.nat(9), { nil: undefined }),
});

/** ROIs changed, deleted, brought back and added. */
const edits = fc.array(fc.tuple(fc.nat(4), fc.option(roi, { nil: undefined })), { maxLength: 8 });

function edited(rois: Rois, id: number, to: Roi | undefined): Rois {
  return applied(rois, new Map([[id, { from: roiAt(rois, id), to }]]));
}

it("are all there are now, in table order", () => {
  const opened = roisOf(base);
  const first = finished(listRois(opened));
  fc.assert(
    fc.property(edits, (steps) => {
      const rois = steps.reduce((now, [id, to]) => edited(now, id, to), opened);
      const { all: found } = finished(listRois(rois, first));
      expect(found.map(({ id }) => id)).toEqual(idsOf(rois));
      for (const { id, ...said } of found) expect(roiAt(rois, id)).toMatchObject(said);
      for (const one of found) if (!rois.overlay.has(one.id)) expect(one).toBe(first.all[one.id]);
    }),
  );
});

it("are listed anew for another table, whatever was listed before", () => {
  const before = finished(listRois(roisOf({ ...base, names: ["x", "y", "z"] })));
  const { all } = finished(listRois(roisOf(base), before));
  expect(all.map(({ name }) => name)).toEqual(base.names);
});

it("are listed a step at a time, so that a million keep no hand waiting", () => {
  const many = {
    names: Array.from({ length: 10_000 }, (_, i) => `${i}`),
    bounds: new Float64Array(60_000),
    labels: undefined,
  };
  const opened = roisOf(many);
  expect([...listRois(opened)]).toHaveLength(10);
  const first = finished(listRois(opened));
  const rois = edited(opened, 5, undefined);
  expect([...listRois(rois, first)]).toHaveLength(10);
});
