/** Outlines of labels: as wide at any zoom, and across tiles as within one. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Rgba } from "../testing/canvas.ts";
import {
  colorOf,
  expectColor,
  type LabelCanvas,
  openLabelCanvas,
  shaded,
} from "../testing/label-canvas.ts";
import { tileOf } from "../testing/tile.ts";
import type { Tile } from "./tile.ts";

let labels: LabelCanvas;
beforeEach(async () => {
  labels = await openLabelCanvas();
});
afterEach(() => labels.close());

const OUTLINE = { fill: 0, edge: 1 } as const;

/** The dark line along a whole outline, inside an object that is not filled. */
const RIM: Rgba = [0, 0, 0, 153];

it("outlines objects, one pixel of the screen inside their edge, whatever the zoom", async () => {
  const data = Uint16Array.of(0, 0, 0, 0, 0, 5, 5, 0, 0, 5, 5, 0, 0, 0, 0, 0);
  const tile = tileOf([data], { width: 4, height: 4, scale: 10 });
  const picture = await labels.draw([tile], { ...OUTLINE });
  const row = Array.from({ length: 40 }, (_, x) => x).filter((x) => picture.at(x, 20)[3] > 0);
  expect(row).toEqual([10, 11, 28, 29]);
  for (const x of [10, 29]) expectColor(picture.at(x, 20), colorOf(5));
  for (const x of [11, 28]) expectColor(picture.at(x, 20), RIM);
  expectColor(picture.at(15, 10), colorOf(5));
  expectColor(picture.at(15, 29), colorOf(5));
  const hovered = await labels.draw([tile], { ...OUTLINE, hoveredId: 5 });
  expect(hovered.at(20, 20)[3]).toBeGreaterThan(0);
});

it.each([1, 2, 3, 4])("outlines so many pixels wide at any zoom: %i", async (edgeWidth) => {
  const ids = Uint16Array.of(0, 0, 0, 0, 5, 0, 0, 0, 0);
  for (const scale of [10, 20]) {
    const picture = await labels.draw([tileOf([ids], { width: 3, height: 3, scale })], {
      ...OUTLINE,
      edgeWidth,
    });
    const [from, to] = [scale, 2 * scale];
    const row = Array.from({ length: 60 }, (_, x) => picture.at(x, 1.5 * scale)[3] === 255);
    const wanted = row.map(
      (_, x) => (x >= from && x < from + edgeWidth) || (x >= to - edgeWidth && x < to),
    );
    expect(row).toEqual(wanted);
  }
});

it.each([
  ["beyond 2^24", 16_777_219],
  ["few", 5],
])("keeps a dark line along an outline, and lets the filling through it: %s", async (_, id) => {
  const tile = tileOf([Uint32Array.of(0, id, 0)], { width: 3, height: 1, scale: 16 });
  const picture = await labels.draw([tile], { fill: 0.5, edge: 1, edgeWidth: 1 });
  const [rim, fill] = [0.6, 0.5];
  const [r, g, b] = shaded(colorOf(id), fill * (1 - rim));
  expectColor(picture.at(17, 8), [r, g, b, Math.round(255 * (rim + fill * (1 - rim)))]);
});

it("rings the selected object so that it is seen on dark and on bright pixels: white, and black within", async () => {
  const tile = tileOf([Uint8Array.of(0, 5, 0)], { width: 3, height: 1, scale: 10 });
  const picture = await labels.draw([tile], { edgeWidth: 2, selectedId: 5 });
  const [white, black] = [
    [255, 255, 255, 255],
    [0, 0, 0, 255],
  ];
  const row = [10, 11, 12, 17, 18, 19].map((x) => picture.at(x, 5));
  expect(row).toEqual([white, white, black, black, white, white]);
  expectColor(picture.at(13, 5), colorOf(5));
  expectColor(picture.at(16, 5), colorOf(5));
});

/** A side of the whole, in voxels, and of a tile; those at the end are cut off. */
const [WHOLE, PIECE] = [50, 16];

/** Discs that touch and cross the borders of tiles and their corners; one border of two objects lies on one of tiles. */
const discs = Uint16Array.from({ length: WHOLE ** 2 }, (_, i) => {
  const [x, y] = [i % WHOLE, Math.floor(i / WHOLE)];
  if (y < 8) return x < PIECE ? 90 : 91;
  const at = [Math.floor(x / 13), Math.floor(y / 13)] as const;
  const isIn = Math.hypot((x % 13) - 6.2, (y % 13) - 6.4) < 6.3;
  return isIn ? 1 + at[0] + 4 * at[1] : 0;
});

const pieces = [0, 16, 32, 48].flatMap((y) => [0, 16, 32, 48].map((x) => ({ x, y })));

function pieceOf({ x, y }: { readonly x: number; readonly y: number }, scale: number): Tile {
  const [width, height] = [Math.min(PIECE, WHOLE - x), Math.min(PIECE, WHOLE - y)];
  const data = Uint16Array.from({ length: width * height }, (_, i) => {
    return discs[WHOLE * (y + Math.floor(i / width)) + x + (i % width)] ?? 0;
  });
  const tile = tileOf([data], { width, height, x: x * scale, y: y * scale, scale });
  const bounds = [x, y, x + width, y + height].map((edge) => edge * scale);
  return { ...tile, bounds: [bounds[0] ?? 0, bounds[1] ?? 0, bounds[2] ?? 0, bounds[3] ?? 0] };
}

it.each([
  [2 / 3, 1],
  [2 / 3, 4],
  [1, 2],
  [4 / 3, 3],
])(
  "outlines objects across tiles as if there were one: zoom %f, width %i",
  async (scale, edgeWidth) => {
    const look = { ...OUTLINE, edgeWidth, selectedId: 6 };
    const whole = tileOf([discs], { width: WHOLE, height: WHOLE, scale });
    const wanted = await labels.draw([whole], look);
    const found = await labels.draw(
      pieces.map((place) => pieceOf(place, scale)),
      look,
    );
    const all = Array.from({ length: 64 * 64 }, (_, i) => [i % 64, Math.floor(i / 64)] as const);
    const unlike = all.filter(([x, y]) => String(found.at(x, y)) !== String(wanted.at(x, y)));
    expect(unlike).toEqual([]);
  },
);

it("does not take a tile of another plane or level for what goes on beyond a border", async () => {
  const left = tileOf([new Uint8Array(400).fill(5)], { width: 20, height: 20 });
  const right = tileOf([new Uint8Array(400).fill(6)], { width: 20, height: 20, x: 20 });
  const rowOf = async (tiles: readonly Tile[]): Promise<readonly number[]> => {
    const picture = await labels.draw(tiles, OUTLINE);
    return Array.from({ length: 40 }, (_, x) => x).filter((x) => picture.at(x, 10)[3] === 255);
  };
  expect(await rowOf([left, right])).toEqual([19, 20]);
  expect(await rowOf([left, { ...right, z: 1 }])).toEqual([]);
  expect(await rowOf([left, { ...right, level: 1 }])).toEqual([]);
});

it("fills more faintly than it outlines, where both are asked for", async () => {
  const tile = tileOf([Uint16Array.of(0, 5, 0)], { width: 3, height: 1, scale: 16 });
  const picture = await labels.draw([tile], { fill: 0.2, edge: 1, edgeWidth: 2 });
  expectColor(picture.at(16, 8), colorOf(5));
  expectColor(picture.at(17, 8), colorOf(5));
  expect(picture.at(19, 8)[3]).toBe(51);
  expect(picture.at(24, 8)[3]).toBe(51);
});
