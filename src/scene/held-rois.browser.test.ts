/** Very many ROIs are seen where a hand has them, each of them, and where it lets them go; the others stay. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { NONE_SELECTED } from "../editor/selection.ts";
import { Shifted } from "../editor/shifted.ts";
import type { Box, Zyx } from "../geometry/box.ts";
import { applied, type Rois } from "../roi/rois.ts";
import { type Canvas, openCanvas, type Picture } from "../testing/canvas.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { type RoiScene, roiLayers } from "./roi-layers.ts";

/** More than are written anew one by one. */
const MANY = 1200;

const GRID = { shape: [4, 96, 96], scale: [1, 1, 1] } as const;

let canvas: Canvas;
beforeEach(async () => {
  canvas = await openCanvas(96);
});
afterEach(() => canvas.close());

/** Many on one place, the last of a hand's in another, and one that no hand has. */
function crowd(many: Box<"world">, last: Box<"world">, free: Box<"world">): Rois {
  return roisOfBoxes([...Array<Box<"world">>(MANY).fill(many), last, free]);
}
const HELD = new Set(Array(MANY + 1).keys());
const shifted = (rois: Rois, by: Zyx) => new Shifted(rois, HELD, by, GRID);

/** Drawn until nothing is painted any more. */
async function drawn(rois: Rois, scene: Partial<RoiScene> = {}): Promise<Picture> {
  const layers = () =>
    roiLayers({
      rois,
      preview: undefined,
      selection: NONE_SELECTED,
      invalid: NONE_SELECTED,
      hovered: undefined,
      plane: { min: 0, max: 1 },
      pixelsPerUnit: 1,
      visible: true,
      ...scene,
    });
  for (let frame = 0; frame < 8; frame++) await canvas.draw(layers());
  return canvas.draw(layers());
}

const isLit = (picture: Picture, x: number, y: number): boolean => {
  const [r, g, b, a] = picture.at(x, y);
  return a >= 20 && Math.max(r, g, b) > 110;
};

test("boxes that are drawn one by one move all, and only those in the hand", async () => {
  const rois = crowd(
    flatBox([10, 12, 30, 32]),
    flatBox([10, 62, 30, 82]),
    flatBox([60, 12, 80, 32]),
  );
  /** The left edges: many, the last and the free one, each at its place and 12 further. */
  const edges = (picture: Picture) =>
    [
      [10, 22],
      [22, 22],
      [10, 72],
      [22, 72],
      [60, 22],
      [72, 22],
    ].map(([x = 0, y = 0]) => (isLit(picture, x, y) ? "lit" : "-"));
  const lying = ["lit", "-", "lit", "-", "lit", "-"];
  const moved = ["-", "lit", "-", "lit", "lit", "-"];
  expect(edges(await drawn(rois))).toEqual(lying);
  const selection = HELD;
  await drawn(rois, { selection, preview: shifted(rois, [0, 0, 5]) });
  const away = await drawn(rois, { selection, preview: shifted(rois, [0, 0, 12]) });
  expect(edges(away)).toEqual(moved);
  expect(edges(await drawn(rois, { selection }))).toEqual(lying);
  const done = applied(rois, shifted(rois, [0, 0, 12]));
  expect(edges(await drawn(done, { selection }))).toEqual(moved);
});

test("those too small for that move as the picture they are", async () => {
  const rois = crowd(
    flatBox([20, 30, 22, 32]),
    flatBox([20, 60, 22, 62]),
    flatBox([60, 30, 62, 32]),
  );
  const plane = { min: 0.01, max: 0.99 };
  const places = (picture: Picture) =>
    [
      [20, 60],
      [40, 60],
      [60, 30],
      [80, 30],
    ].map(([x = 0, y = 0]) => isLit(picture, x, y));
  expect(places(await drawn(rois, { plane }))).toEqual([true, false, true, false]);
  const away = await drawn(rois, { plane, preview: shifted(rois, [0, 0, 20]) });
  expect(places(away)).toEqual([false, true, true, false]);
  expect(places(await drawn(rois, { plane }))).toEqual([true, false, true, false]);
});

test("what comes into view with the hand is seen, and is whole where it comes into the plane", async () => {
  const beyond = flatBox([-200, 12, -180, 32], [1, 2]);
  const rois = crowd(flatBox([-900, 12, -880, 32]), beyond, flatBox([60, 62, 80, 82]));
  expect(isLit(await drawn(rois), 10, 22)).toBe(false);
  /** The alpha of its line, which is faint where it lies in another plane. */
  const side = async (by: Zyx): Promise<number> => {
    const picture = await drawn(rois, { preview: shifted(rois, by) });
    return Math.max(...Array.from({ length: 16 }, (_, i) => picture.at(10, 14 + i)[3]));
  };
  const faint = await side([0, 0, 210]);
  expect([faint > 60, faint < 100]).toEqual([true, true]);
  expect(await side([-1, 0, 210])).toBeGreaterThan(150);
});
