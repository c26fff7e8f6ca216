import { afterEach, beforeEach, expect, it } from "vitest";
import { type Canvas, openCanvas, type Rgba } from "../testing/canvas.ts";
import { tileOf } from "../testing/tile.ts";
import { imageLayers } from "./image-layers.ts";
import { labelColor } from "./label-color.ts";
import { type LabelLook, labelLayers } from "./label-layer.ts";
import type { Tile } from "./tile.ts";

let canvas: Canvas;
beforeEach(async () => {
  canvas = await openCanvas(64);
});
afterEach(() => canvas.close());

const plain: LabelLook = {
  opacity: 1,
  outline: false,
  hoveredId: undefined,
  selectedId: undefined,
};

function draw(tiles: readonly Tile[], look: Partial<LabelLook> = {}) {
  return canvas.draw(labelLayers(tiles, { ...plain, ...look, idPrefix: "label " }));
}

const NOTHING: Rgba = [0, 0, 0, 0];
const colorOf = (id: number): Rgba => [...labelColor(id), 255];

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
  ["uint64", BigUint64Array.of(0n, 7n, 2n ** 40n + 3n), [0, 7, 2 ** 40 + 3]],
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
  const picture = await draw([tile], { outline: true });
  const row = Array.from({ length: 40 }, (_, x) => (picture.at(x, 20)[3] > 0 ? x : -1));
  expect(row.filter((x) => x >= 0)).toEqual([10, 29]);
  expectColor(picture.at(15, 10), colorOf(5));
  expectColor(picture.at(15, 29), colorOf(5));
  const hovered = await draw([tile], { outline: true, hoveredId: 5 });
  expect(hovered.at(20, 20)[3]).toBeGreaterThan(0);
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

it("sends ids to the GPU once, whatever is hovered", async () => {
  const tile = tileOf([Uint16Array.of(5)], { width: 1, height: 1, scale: 10 });
  const before = canvas.uploads();
  await draw([tile]);
  await draw([{ ...tile }], { hoveredId: 5, opacity: 0.3 });
  expect(canvas.uploads()).toBe(before + 1);
  await draw([tileOf([Uint16Array.of(6)], { width: 1, height: 1, scale: 10 })]);
  expect(canvas.uploads()).toBe(before + 2);
});

it("draws every place once where tiles of two levels lie over each other", async () => {
  const coarse = tileOf([Uint16Array.of(5)], { width: 1, height: 1, scale: 40, level: 1 });
  const fine = (x: number, y: number): Tile =>
    tileOf([new Uint16Array(400).fill(5)], { width: 20, height: 20, x, y });
  const alone = await draw([coarse], { opacity: 0.5 });
  expect(alone.at(5, 5)).not.toEqual(NOTHING);
  const both = await draw([coarse, fine(0, 0), fine(20, 20)], { opacity: 0.5 });
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
    ...labelLayers([label], { ...plain, idPrefix: "label " }),
  ]);
  for (let y = 8; y < 32; y++)
    for (let x = 8; x < 32; x++)
      expectColor(picture.at(x, y), x >= 20 && y < 20 ? colorOf(9) : [0, 0, 0, 255]);
});
