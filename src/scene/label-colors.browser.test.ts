/** The colours of labels on the GPU: what is hovered and ringed, and those of values. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { labelIdOf } from "../ome/label-id.ts";
import { buildLookup } from "../ome/label-lookup.ts";
import type { Rgba } from "../testing/canvas.ts";
import {
  colorOf,
  expectColor,
  type LabelCanvas,
  openLabelCanvas,
  shaded,
} from "../testing/label-canvas.ts";
import { tileOf } from "../testing/tile.ts";
import { PALETTE_COLORS } from "./label-shader.ts";

let labels: LabelCanvas;
beforeEach(async () => {
  labels = await openLabelCanvas();
});
afterEach(() => labels.close());

/** How opaque the inside of what is lit is at least. */
const LIT_FILL = 0.7;
const BLACK: Rgba = [0, 0, 0, 255];

it("fills and edges the hovered id more in its own colour, and rings the selected one in white", async () => {
  const data = Uint16Array.of(5, 6, 7);
  const tile = tileOf([data], { width: 3, height: 1, scale: 10 });
  const picture = await labels.draw([tile], { fill: 0.4, hoveredId: 6, selectedId: 7 });
  expectColor(picture.at(5, 5), shaded(colorOf(5), 0.4));
  expectColor(picture.at(10, 5), colorOf(6));
  expectColor(picture.at(11, 5), BLACK);
  expectColor(picture.at(15, 5), shaded(colorOf(6), LIT_FILL));
  expect(picture.at(20, 5)).toEqual([255, 255, 255, 255]);
  expectColor(picture.at(25, 5), shaded(colorOf(7), LIT_FILL));
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
  const picture = await labels.draw([tile], { fill: 0.4, hoveredId: first });
  expectColor(picture.at(15, 5), shaded(colorOf(second), 0.4));
  expectColor(picture.at(5, 5), shaded(colorOf(first), LIT_FILL));
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
    const picture = await labels.draw([tile], { colors: { lookup, palette, ends } });
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
  const uploads = labels.uploads();
  expect((await reds([0.5, 1])).map(([red]) => red)).toEqual([0, 0, 255, 0, 0, 0]);
  expect((await reds([0.5, 0.5])).map(([red]) => red)).toEqual([128, 128, 128, 0, 128, 0]);
  expect(labels.uploads()).toBe(uploads);
});

it("colours objects by the place of their category", async () => {
  const lookup = buildLookup({ ids: [5, 6], values: [0, 3], reach: undefined });
  const tile = tileOf([Uint8Array.of(5, 6, 7)], { width: 3, height: 1, scale: 10 });
  const colors = { lookup, palette, ends: undefined };
  const picture = await labels.draw([tile], { colors });
  expect([5, 15, 25].map((x) => picture.at(x, 5).slice(0, 3))).toEqual([
    [0, 255, 0],
    [3, 252, 0],
    [0, 0, 255],
  ]);
});

it("colours objects as their label says, and those it says nothing of by their id", async () => {
  const lookup = buildLookup({ ids: [5, 6], values: [0xff8001, 0], reach: undefined });
  const tile = tileOf([Uint8Array.of(5, 6, 7)], { width: 3, height: 1, scale: 10 });
  const colors = { lookup, palette: undefined, ends: undefined };
  const picture = await labels.draw([tile], { colors });
  expectColor(picture.at(5, 5), [0xff, 0x80, 1, 255]);
  expectColor(picture.at(15, 5), BLACK);
  expectColor(picture.at(25, 5), colorOf(7));
});

it("finds each of very many objects its colour", async () => {
  const count = 100_000;
  const ids = Uint32Array.from({ length: count }, (_, i) => 3 * i + 1);
  const values = Float64Array.from({ length: count }, (_, i) => i % 256);
  const lookup = buildLookup({ ids, values, reach: undefined });
  const seen = Uint32Array.from({ length: 64 * 64 }, (_, i) => 3 * ((i * 24_407) % count) + 1);
  const picture = await labels.draw([tileOf([seen], { width: 64, height: 64 })], {
    colors: { lookup, palette, ends: undefined },
  });
  const wrong = [...seen].filter(
    (id, i) => picture.at(i % 64, Math.floor(i / 64))[0] !== ((id - 1) / 3) % 256,
  );
  expect(wrong).toEqual([]);
});
