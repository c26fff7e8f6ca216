/** What a frame sends at most, that a tile is drawn whole, and what is drawn until then. */
import { expect, test } from "vitest";
import type { Plane } from "./plane.ts";
import type { Rect } from "./rect.ts";
import type { Tile } from "./tile.ts";
import { type Paced, Uploads } from "./uploads.ts";

const MEGABYTES = 3;
const newPlane = (): Plane => ({ data: new Uint8Array(MEGABYTES * 2 ** 20), width: 1, height: 1 });

const tile = (key: string, channels: number, bounds: Rect = [0, 0, 1, 1]): Tile => ({
  ...{ key, place: key, level: 0, z: 0, t: 0, y: 0, x: 0, width: 1, height: 1, bounds },
  planes: new Map(Array.from({ length: channels }, (_, c) => [c, newPlane()])),
  current: true,
});

const keys = ({ drawn, underway }: Paced) => [
  drawn.map(({ key }) => key),
  underway.map(({ key, planes }) => `${key}:${planes.size}`),
];

test("a tile is sent over frames, and what lay there is drawn until it is whole", () => {
  const uploads = new Uploads();
  const [coarse, fine] = [tile("coarse", 1), tile("fine", 5)];
  expect(keys(uploads.pace([coarse]))).toEqual([["coarse"], []]);
  expect(uploads.isBehind).toBe(false);
  const tiles = [fine];
  expect(keys(uploads.pace(tiles))).toEqual([["coarse"], ["fine:2"]]);
  expect(keys(uploads.pace(tiles))).toEqual([["coarse"], ["fine:4"]]);
  expect(uploads.isBehind).toBe(true);
  const paced = uploads.pace(tiles);
  expect(paced.drawn).toBe(tiles);
  expect(paced.underway).toEqual([]);
  expect(uploads.isBehind).toBe(false);
  expect(uploads.pace(tiles)).toBe(paced);
});

test("what was sent is never sent again, whatever the tiles are then", () => {
  const uploads = new Uploads();
  const [a, b] = [tile("a", 1), tile("b", 1)];
  uploads.pace([a, b]);
  expect(keys(uploads.pace([b, a]))).toEqual([["b", "a"], []]);
});

test("a tile on screen keeps its old planes until the new ones are all sent", () => {
  const uploads = new Uploads();
  const before = tile("a", 1);
  uploads.pace([before]);
  const after = { ...before, planes: new Map([...before.planes, ...tile("", 4).planes]) };
  const tiles = [after];
  expect(uploads.pace(tiles)).toEqual({ drawn: [before], underway: [] });
  expect(uploads.pace(tiles)).toEqual({ drawn: [after], underway: [] });
});

test("what lies elsewhere, or has left the view, goes at once", () => {
  const uploads = new Uploads();
  uploads.pace([tile("old", 1, [5, 5, 6, 6])]);
  expect(keys(uploads.pace([tile("new", 3)]))).toEqual([[], ["new:2"]]);
  expect(keys(uploads.pace([]))).toEqual([[], []]);
});
