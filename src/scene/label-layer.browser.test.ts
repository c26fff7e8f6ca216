import { afterEach, beforeEach, expect, it } from "vitest";
import { type LabelId, labelIdOf } from "../ome/label-id.ts";
import { buildLookup } from "../ome/label-lookup.ts";
import { type Canvas, openCanvas, type Rgba } from "../testing/canvas.ts";
import { tileOf } from "../testing/tile.ts";
import { imageLayers } from "./image-layers.ts";
import { labelColor } from "./label-color.ts";
import { type LabelLook, labelLayers } from "./label-layer.ts";
import { PALETTE_COLORS } from "./label-shader.ts";
import type { Tile } from "./tile.ts";
import type { PacedTile } from "./uploads.ts";

let canvas: Canvas;
beforeEach(async () => {
  canvas = await openCanvas(64);
});
afterEach(() => canvas.close());

const plain: LabelLook = {
  fill: 1,
  edge: 0,
  edgeWidth: 1,
  hoveredId: undefined,
  selectedId: undefined,
  colors: undefined,
};

function draw(tiles: readonly Tile[], look: Partial<LabelLook> = {}) {
  return canvas.draw(labelLayers(tiles, { ...plain, ...look, id: "label" }));
}

const NOTHING: Rgba = [0, 0, 0, 0];
const colorOf = (id: LabelId): Rgba => [...labelColor(id), 255];

const OUTLINE = { fill: 0, edge: 1 } as const;

/** Whether two colours are the same but for rounding. */
function expectColor(found: Rgba, wanted: Rgba): void {
  const off = found.map((value, i) => Math.abs(value - (wanted[i] ?? 0)));
  expect(Math.max(...off), `${found} for ${wanted}`).toBeLessThanOrEqual(1);
}

it.each([
  ["uint8", Uint8Array.of(0, 7, 255), [0, 7, 255]],
  ["uint16", Uint16Array.of(0, 7, 65_535), [0, 7, 65_535]],
  ["uint32", Uint32Array.of(0, 7, 4_294_967_295), [0, 7, 4_294_967_295]],
  ["int8", Int8Array.of(0, 7, -1), [0, 7, -1]],
  ["int32", Int32Array.of(0, 7, -2_000_000_000), [0, 7, -2_000_000_000]],
  ["int64", BigInt64Array.of(0n, 7n, 2n ** 40n + 3n), [0, 7, 2 ** 40 + 3]],
  [
    "uint64",
    BigUint64Array.of(0n, 2n ** 24n + 1n, 2n ** 64n - 3n),
    [0, 2 ** 24 + 1, 2n ** 64n - 3n],
  ],
  ["float32", Float32Array.of(0, 7, 300), [0, 7, 300]],
])(
  "draws the ids of %s in their colours, and nothing where there is no object",
  async (_, data, ids) => {
    const picture = await draw([tileOf([data], { width: 3, height: 1, x: 10, y: 20, scale: 5 })]);
    expect(picture.at(12, 22)).toEqual(NOTHING);
    expectColor(picture.at(15, 20), colorOf(ids[1] ?? 0));
    expectColor(picture.at(19, 24), colorOf(ids[1] ?? 0));
    expectColor(picture.at(24, 22), colorOf(ids[2] ?? 0));
    expect(picture.at(25, 22)).toEqual(NOTHING);
  },
);

it("places rows that are no multiple of four bytes", async () => {
  const data = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  const picture = await draw([tileOf([data], { width: 3, height: 3, scale: 10 })]);
  for (let i = 0; i < 9; i++)
    expectColor(picture.at(5 + 10 * (i % 3), 5 + 10 * Math.floor(i / 3)), colorOf(i + 1));
});

it("outlines objects, one pixel of the screen inside their edge, whatever the zoom", async () => {
  const data = Uint16Array.of(0, 0, 0, 0, 0, 5, 5, 0, 0, 5, 5, 0, 0, 0, 0, 0);
  const tile = tileOf([data], { width: 4, height: 4, scale: 10 });
  const picture = await draw([tile], { ...OUTLINE });
  const row = Array.from({ length: 40 }, (_, x) => (picture.at(x, 20)[3] > 0 ? x : -1));
  expect(row.filter((x) => x >= 0)).toEqual([10, 29]);
  expectColor(picture.at(15, 10), colorOf(5));
  expectColor(picture.at(15, 29), colorOf(5));
  const hovered = await draw([tile], { ...OUTLINE, hoveredId: 5 });
  expect(hovered.at(20, 20)[3]).toBeGreaterThan(0);
});

it.each([1, 2, 3, 4])("outlines so many pixels wide at any zoom: %i", async (edgeWidth) => {
  const ids = Uint16Array.of(0, 0, 0, 0, 5, 0, 0, 0, 0);
  for (const scale of [10, 20]) {
    const picture = await draw([tileOf([ids], { width: 3, height: 3, scale })], {
      ...OUTLINE,
      edgeWidth,
    });
    const [from, to] = [scale, 2 * scale];
    const row = Array.from({ length: 60 }, (_, x) => picture.at(x, 1.5 * scale)[3] > 0);
    const wanted = row.map(
      (_, x) => (x >= from && x < from + edgeWidth) || (x >= to - edgeWidth && x < to),
    );
    expect(row).toEqual(wanted);
  }
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
    const wanted = await draw([whole], look);
    const found = await draw(
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
    const picture = await draw(tiles, OUTLINE);
    return Array.from({ length: 40 }, (_, x) => x).filter((x) => picture.at(x, 10)[3] > 0);
  };
  expect(await rowOf([left, right])).toEqual([19, 20]);
  expect(await rowOf([left, { ...right, z: 1 }])).toEqual([]);
  expect(await rowOf([left, { ...right, level: 1 }])).toEqual([]);
});

it("fills more faintly than it outlines, where both are asked for", async () => {
  const tile = tileOf([Uint16Array.of(0, 5, 0)], { width: 3, height: 1, scale: 16 });
  const picture = await draw([tile], { fill: 0.2, edge: 1, edgeWidth: 2 });
  expectColor(picture.at(16, 8), colorOf(5));
  expectColor(picture.at(17, 8), colorOf(5));
  expect(picture.at(18, 8)[3]).toBe(51);
  expect(picture.at(24, 8)[3]).toBe(51);
});

it("lights the hovered id up, and rings the selected one in white", async () => {
  const data = Uint16Array.of(5, 6, 7);
  const tile = tileOf([data], { width: 3, height: 1, scale: 10 });
  const picture = await draw([tile], { hoveredId: 6, selectedId: 7 });
  expectColor(picture.at(5, 5), colorOf(5));
  const lit = labelColor(6).map((value) => Math.round(value * 0.6 + 255 * 0.4));
  expectColor(picture.at(15, 5), [lit[0] ?? 0, lit[1] ?? 0, lit[2] ?? 0, 255]);
  expect(picture.at(20, 5)).toEqual([255, 255, 255, 255]);
  expectColor(picture.at(25, 5), colorOf(7));
});

it.each([
  ["int8", Int8Array.of(-1, -2)],
  ["int32", Int32Array.of(-1, 255)],
  ["uint32", Uint32Array.of(4_294_967_295, 255)],
  ["int64", BigInt64Array.of(-1n, 255n)],
  ["uint64, halves apart", BigUint64Array.of(2n ** 40n + 3n, 3n)],
  ["uint64 beyond 2^53", BigUint64Array.of(2n ** 60n + 1n, 2n ** 60n)],
])("lights up one id of %s and no other like it", async (_, data) => {
  const tile = tileOf([data], { width: 2, height: 1, scale: 10 });
  const [first = 0, second = 0] = [...data].map(labelIdOf);
  const picture = await draw([tile], { hoveredId: first });
  expectColor(picture.at(15, 5), colorOf(second));
  const lit = labelColor(first).map((value) => Math.round(value * 0.6 + 255 * 0.4));
  expectColor(picture.at(5, 5), [lit[0] ?? 0, lit[1] ?? 0, lit[2] ?? 0, 255]);
});

/** Place i has the red i and the green 255 - i; no value is blue. */
const palette = new Uint8Array(4 * (PALETTE_COLORS + 1));
for (let i = 0; i < PALETTE_COLORS; i++) palette.set([i, 255 - i, 0, 0], 4 * i);
palette.set([0, 0, 255, 0], 4 * PALETTE_COLORS);

it("colours objects by a number between two ends, and tells those without one apart", async () => {
  const ids = [1, 2 ** 33 + 1, 2 ** 34 + 1, 7, 8, 9];
  const data = BigUint64Array.from(ids, BigInt);
  const lookup = buildLookup({
    ids: ids.slice(0, 5),
    values: [100, 150, 200, Number.NaN, 125],
    reach: [100, 200],
  });
  const tile = tileOf([data], { width: 6, height: 1, scale: 10 });
  const reds = async (ends: readonly [number, number]) => {
    const picture = await draw([tile], { colors: { lookup, palette, ends } });
    return ids.map((_, i) => picture.at(5 + 10 * i, 5).slice(0, 3));
  };
  const NONE = [0, 0, 255];
  expect(await reds([0, 1])).toEqual([
    [0, 255, 0],
    [128, 127, 0],
    [255, 0, 0],
    NONE,
    [64, 191, 0],
    NONE,
  ]);
  const uploads = canvas.uploads();
  expect((await reds([0.5, 1])).map(([red]) => red)).toEqual([0, 0, 255, 0, 0, 0]);
  expect((await reds([0.5, 0.5])).map(([red]) => red)).toEqual([128, 128, 128, 0, 128, 0]);
  expect(canvas.uploads()).toBe(uploads);
});

it("colours objects by the place of their category", async () => {
  const lookup = buildLookup({ ids: [5, 6], values: [0, 3], reach: undefined });
  const tile = tileOf([Uint8Array.of(5, 6, 7)], { width: 3, height: 1, scale: 10 });
  const colors = { lookup, palette, ends: undefined };
  const picture = await draw([tile], { colors });
  expect([5, 15, 25].map((x) => picture.at(x, 5).slice(0, 3))).toEqual([
    [0, 255, 0],
    [3, 252, 0],
    [0, 0, 255],
  ]);
});

it("finds each of very many objects its colour", async () => {
  const count = 100_000;
  const ids = Uint32Array.from({ length: count }, (_, i) => 3 * i + 1);
  const values = Float64Array.from({ length: count }, (_, i) => i % 256);
  const lookup = buildLookup({ ids, values, reach: undefined });
  const seen = Uint32Array.from({ length: 64 * 64 }, (_, i) => 3 * ((i * 24_407) % count) + 1);
  const picture = await draw([tileOf([seen], { width: 64, height: 64 })], {
    colors: { lookup, palette, ends: undefined },
  });
  const wrong = [...seen].filter(
    (id, i) => picture.at(i % 64, Math.floor(i / 64))[0] !== ((id - 1) / 3) % 256,
  );
  expect(wrong).toEqual([]);
});

it("sends ids to the GPU once, whatever is hovered", async () => {
  const tile = tileOf([Uint16Array.of(5)], { width: 1, height: 1, scale: 10 });
  await draw([tile]);
  const before = canvas.uploads();
  await draw([{ ...tile }], { hoveredId: 5, fill: 0.3 });
  expect(canvas.uploads()).toBe(before);
  await draw([tileOf([Uint16Array.of(6)], { width: 1, height: 1, scale: 10 })]);
  expect(canvas.uploads()).toBe(before + 1);
});

it("draws every place once where tiles of two levels lie over each other", async () => {
  const coarse = tileOf([Uint16Array.of(5)], { width: 1, height: 1, scale: 40, level: 1 });
  const fine = (x: number, y: number): Tile =>
    tileOf([new Uint16Array(400).fill(5)], { width: 20, height: 20, x, y });
  const alone = await draw([coarse], { fill: 0.5 });
  expect(alone.at(5, 5)).not.toEqual(NOTHING);
  const both = await draw([coarse, fine(0, 0), fine(20, 20)], { fill: 0.5 });
  for (const [x, y] of [
    [5, 5],
    [19, 19],
    [20, 20],
    [30, 5],
    [5, 30],
    [39, 39],
  ] as const)
    expect(both.at(x, y)).toEqual(alone.at(x, y));
  expect(both.at(40, 5)).toEqual(NOTHING);
});

it("lies in register with a coarser image, by its own scale", async () => {
  // Image voxels of 12, label voxels of 4 of which 3 make one of the image's.
  const image = tileOf([Uint8Array.of(0, 255, 0, 0)], {
    width: 2,
    height: 2,
    x: 8,
    y: 8,
    scale: 12,
    level: 1,
  });
  const ids = new Uint32Array(36);
  for (let y = 0; y < 3; y++) for (let x = 3; x < 6; x++) ids[6 * y + x] = 9;
  const label = tileOf([ids], { width: 6, height: 6, x: 8, y: 8, scale: 4 });
  const picture = await canvas.draw([
    ...imageLayers([image], {
      channels: [{ index: 0, color: [255, 255, 255], visible: true, window: [0, 255] }],
      idPrefix: "image ",
    }),
    ...labelLayers([label], { ...plain, id: "label" }),
  ]);
  for (let y = 8; y < 32; y++)
    for (let x = 8; x < 32; x++)
      expectColor(picture.at(x, y), x >= 20 && y < 20 ? colorOf(9) : [0, 0, 0, 255]);
});

it.each([
  ["uint8", Uint8Array.of(5, 6, 7)],
  ["uint32", Uint32Array.of(5, 6, 7)],
  ["int64", BigInt64Array.of(5n, 6n, 7n)],
])(
  "sends the ids of %s row by row, draws them when they are whole, and the old ones until then",
  async (_, ids) => {
    const old = tileOf([Uint8Array.of(9, 9, 9)], { width: 1, height: 3, scale: 10 });
    const plane = { data: ids, width: 1, height: 3 };
    const colors = async (tiles: readonly PacedTile[], underway: readonly PacedTile[] = []) => {
      const layers = labelLayers(tiles, { ...plain, id: "label", underway });
      const picture = await canvas.draw(layers);
      return [5, 15, 25].map((y) => picture.at(5, y));
    };
    const nines = [colorOf(9), colorOf(9), colorOf(9)];
    expect(await colors([old])).toEqual(nines);
    const before = canvas.uploads();
    expect(await colors([{ ...old, rows: new Map([[plane, 1]]) }])).toEqual(nines);
    expect(await colors([], [{ ...old, rows: new Map([[plane, 2]]) }])).toEqual([
      NOTHING,
      NOTHING,
      NOTHING,
    ]);
    expect(canvas.uploads()).toBe(before + 2);
    const now = await colors([{ ...old, planes: new Map([[0, plane]]) }]);
    for (const [i, id] of [5, 6, 7].entries()) expectColor(now[i] ?? NOTHING, colorOf(id));
    expect(canvas.uploads()).toBe(before + 3);
  },
);
