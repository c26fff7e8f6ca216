/** A tile that reaches beyond its place is cut there, pixel for pixel, and its planes stay the same objects. */
import { expect, it } from "vitest";
import { tileOf } from "../testing/tile.ts";
import { cutTile } from "./cut-tile.ts";

const DATA = Uint16Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
/** 4 × 3 pixels of 2 units, from 10, 20 on. */
const tile = tileOf([DATA], { width: 4, height: 3, x: 10, y: 20, scale: 2 });

it("leaves out whole columns and rows beyond, and keeps those that are cut through", () => {
  const cut = cutTile(tile, [0, 0, 13, 24], new WeakMap());
  expect(cut.bounds).toEqual([10, 20, 14, 24]);
  expect([cut.width, cut.height]).toEqual([2, 2]);
  expect(cut.planes.get(0)).toEqual({ data: Uint16Array.of(1, 2, 5, 6), width: 2, height: 2 });
});

it("is the tile itself where nothing lies beyond, and keeps a pixel that stands for all", () => {
  expect(cutTile(tile, [0, 0, 18, 26], new WeakMap())).toBe(tile);
  const fill = { data: Uint16Array.of(7), width: 1, height: 1 };
  const empty = { ...tile, planes: new Map([[0, fill]]) };
  const cut = cutTile(empty, [0, 0, 12, 26], new WeakMap());
  expect(cut.planes.get(0)).toBe(fill);
  expect(cut.bounds).toEqual([10, 20, 12, 26]);
});

it("cuts each plane once, however often its tile is made anew", () => {
  const known = new WeakMap();
  const once = cutTile(tile, [0, 0, 13, 24], known);
  const again = cutTile({ ...tile, planes: new Map(tile.planes) }, [0, 0, 13, 24], known);
  expect(again.planes.get(0)).toBe(once.planes.get(0));
});
