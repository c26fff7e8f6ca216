/** ROIs are drawn where they are, in the colour of their state, and follow a hand without being sent anew. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NONE_SELECTED } from "../editor/selection.ts";
import { applied, type Roi, type RoiDiff, roiAt } from "../roi/rois.ts";
import { type Canvas, openCanvas, type Picture } from "../testing/canvas.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { type RoiScene, roiLayers } from "./roi-layers.ts";

let canvas: Canvas;
beforeEach(async () => {
  canvas = await openCanvas(96);
});
afterEach(() => canvas.close());

const LEFT = 0;
const RIGHT = 1;
const rois = roisOfBoxes([flatBox([10, 12, 40, 52], [0, 2]), flatBox([50, 12, 80, 52], [1, 2])]);

const still: RoiScene = {
  rois,
  preview: undefined,
  selection: NONE_SELECTED,
  invalid: NONE_SELECTED,
  hovered: undefined,
  plane: { min: 1, max: 2 },
  pixelsPerUnit: 1,
  visible: true,
};
const draw = (scene: Partial<RoiScene>) => canvas.draw(roiLayers({ ...still, ...scene }));

function roiOf(id: number): Roi {
  const roi = roiAt(rois, id);
  if (roi === undefined) throw new Error(`No ROI ${id}`);
  return roi;
}

/** What is seen at a place: the light line, its dark rim, or nothing. */
function seen(picture: Picture, x: number, y: number): "line" | "rim" | "nothing" {
  const [r, g, b, a] = picture.at(x, y);
  if (a < 20) return "nothing";
  return Math.max(r, g, b) > 110 ? "line" : "rim";
}

/** What is seen along the row y from x, a letter each. */
const row = (picture: Picture, y: number, from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => seen(picture, from + i, y)[0]).join("");

const column = (picture: Picture, x: number, from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => seen(picture, x, from + i)[0]).join("");

describe("an outline", () => {
  test("is a light line on each edge between dark rims, and nothing inside", async () => {
    const picture = await draw({});
    expect(row(picture, 45, 5, 45)).toBe(`nnnrllr${"n".repeat(26)}rllrnnn`);
    expect(column(picture, 36, 8, 56)).toBe(`nnrllr${"n".repeat(36)}rllrnn`);
    // The corner is closed.
    expect([seen(picture, 9, 11), seen(picture, 8, 10)]).toEqual(["line", "rim"]);
  });

  test("is yellow and thicker where selected, blue under the pointer, orange where invalid", async () => {
    const color = async (scene: Partial<RoiScene>, x = 39) => (await draw(scene)).at(x, 45);
    const selected = await draw({ selection: new Set([LEFT, RIGHT]) });
    expect(row(selected, 45, 36, 44)).toBe("nrrllrrn");
    const [r, g, b] = selected.at(39, 45);
    expect([r > 200, g > 200, b < 120]).toEqual([true, true, true]);
    const [hr, , hb] = await color({ hovered: LEFT });
    expect(hb - hr).toBeGreaterThan(100);
    const [ir, , ib] = await color({ invalid: new Set([LEFT]) });
    expect(ir - ib).toBeGreaterThan(100);
    const [pr, , pb] = await color({ hovered: LEFT }, 79);
    expect(Math.abs(pb - pr)).toBeLessThan(10);
  });

  test("is dashed where the ROI does not reach the plane", async () => {
    const picture = await draw({ plane: { min: 0, max: 1 } });
    expect(column(picture, 10, 20, 45)).toMatch(/^l+$/);
    // Dimmed to where the line of a present ROI would not pass for one; dashes are told by their alpha.
    const alphas = Array.from({ length: 25 }, (_, i) => picture.at(50, 20 + i)[3]);
    expect(Math.max(...alphas) - Math.min(...alphas)).toBeGreaterThan(30);
    const present = (await draw({})).at(50, 30)[3];
    expect(Math.max(...alphas)).toBeLessThan(present - 30);
  });

  test("is not there for a deleted ROI, one without a size, or hidden layers", async () => {
    const diff: RoiDiff = new Map([[LEFT, { from: roiOf(LEFT), to: undefined }]]);
    const without = await draw({ rois: applied(rois, diff) });
    expect([seen(without, 39, 45), seen(without, 79, 45)]).toEqual(["nothing", "line"]);
    const broken = { ...roiOf(LEFT), box: flatBox([40, 12, 10, Number.NaN]) };
    const edit: RoiDiff = new Map([[LEFT, { from: roiOf(LEFT), to: broken }]]);
    expect(seen(await draw({ rois: applied(rois, edit) }), 39, 45)).toBe("nothing");
    expect(seen(await draw({ visible: false }), 79, 45)).toBe("nothing");
  });
});

describe("a hand", () => {
  const moved: Roi = { ...roiOf(LEFT), box: flatBox([13, 60, 33, 90], [0, 2]) };
  const preview: RoiDiff = new Map([[LEFT, { from: roiOf(LEFT), to: moved }]]);

  test("takes the box along, and puts it back", async () => {
    await draw({});
    const away = await draw({ preview });
    expect([seen(away, 39, 45), seen(away, 32, 75), seen(away, 79, 45)]).toEqual([
      "nothing",
      "line",
      "line",
    ]);
    const back = await draw({});
    expect([seen(back, 39, 45), seen(back, 32, 75)]).toEqual(["line", "nothing"]);
    const done = await draw({ rois: applied(rois, preview) });
    expect([seen(done, 39, 45), seen(done, 32, 75)]).toEqual(["nothing", "line"]);
  });

  test("draws ROIs that were not there, and as many as it likes", async () => {
    await draw({});
    const added = (count: number): RoiDiff =>
      new Map(
        Array.from({ length: count }, (_, i) => {
          const box = flatBox([60, 60, 80, 80 + (i % 2)], [0, 2]);
          return [rois.nextId + i, { from: undefined, to: { ...moved, box } }] as const;
        }),
      );
    expect(seen(await draw({ preview: added(1) }), 60, 70)).toBe("line");
    expect(seen(await draw({}), 60, 70)).toBe("nothing");
    expect(seen(await draw({ rois: applied(rois, added(400)) }), 60, 70)).toBe("line");
    expect(seen(await draw({ rois }), 60, 70)).toBe("nothing");
  });

  test("finds eight square handles on the one selected ROI, where there is room for them", async () => {
    const selection = new Set([LEFT]);
    const picture = await draw({ selection });
    for (const [x, y] of [10, 25, 40].flatMap((at) => [12, 32, 52].map((to) => [at, to] as const)))
      if (x !== 25 || y !== 32) expect([x, y, seen(picture, x + 2, y + 2)]).toEqual([x, y, "line"]);
    expect(seen(picture, 25, 32)).not.toBe("line");
    const small = await draw({ selection, pixelsPerUnit: 0.5 });
    expect(seen(small, 12, 14)).not.toBe("line");
    const two = await draw({ selection: new Set([LEFT, RIGHT]) });
    expect(seen(two, 12, 14)).not.toBe("line");
    const following = await draw({
      selection,
      preview: new Map([
        [LEFT, { from: moved, to: { ...moved, box: flatBox([40, 56, 90, 90], [0, 2]) } }],
      ]),
    });
    expect([seen(following, 42, 58), seen(following, 12, 14)]).toEqual(["line", "nothing"]);
  });
});

test("a name is written into the corner of a box that has room for it, and leaves while it is dragged", async () => {
  const wide: Roi = { ...roiOf(LEFT), box: flatBox([10, 12, 90, 52], [0, 2]) };
  const diff: RoiDiff = new Map([[LEFT, { from: roiOf(LEFT), to: wide }]]);
  const ink = (picture: Picture) => {
    let lit = 0;
    for (let y = 16; y < 30; y++)
      for (let x = 15; x < 37; x++) lit += seen(picture, x, y) === "line" ? 1 : 0;
    return lit;
  };
  expect(ink(await draw({ rois }))).toBe(0);
  const named = applied(rois, diff);
  await draw({ rois: named });
  // The text's own layers come a frame later.
  expect(ink(await draw({ rois: named }))).toBeGreaterThan(30);
  await draw({ rois: named, preview: diff });
  expect(ink(await draw({ rois: named, preview: diff }))).toBe(0);
});

test("boxes too small to be drawn one by one lie as a picture where they are, dark around them", async () => {
  const small = roisOfBoxes([flatBox([20, 30, 22, 32]), flatBox([60, 30, 62, 32])]);
  const scene = { rois: small, plane: { min: 0.01, max: 0.99 } };
  const picture = await draw(scene);
  expect(row(picture, 31, 16, 26)).toBe("nnnrllrnnn");
  expect(row(picture, 31, 56, 66)).toBe("nnnrllrnnn");
  expect(column(picture, 21, 27, 35)).toBe("nnrllrnn");
  const [r, g, b] = (await draw({ ...scene, selection: new Set([LEFT]) })).at(20, 30);
  expect([r > 150, g > 150, b < 120]).toEqual([true, true, true]);
});

test("what writes names is made ready when there is one, and kept when there is none in view", async () => {
  const outlines = canvas.links() + 1;
  await draw({});
  expect(canvas.links()).toBe(outlines);
  const named = roisOfBoxes([flatBox([10, 12, 80, 52], [0, 2])]);
  await draw({ rois: named });
  const both = canvas.links();
  expect(both).toBeGreaterThan(outlines);
  await draw({});
  await draw({ rois: named });
  expect(canvas.links()).toBe(both);
});
