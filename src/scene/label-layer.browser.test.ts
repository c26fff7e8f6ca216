/** Labels on the GPU: ids of any type, where they lie, and that each is sent once. */
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  colorOf,
  expectColor,
  type LabelCanvas,
  NOTHING,
  openLabelCanvas,
  PLAIN,
} from "../testing/label-canvas.ts";
import { tileOf } from "../testing/tile.ts";
import { imageLayers } from "./image-layers.ts";
import { labelLayers } from "./label-layer.ts";
import type { Tile } from "./tile.ts";
import type { PacedTile } from "./uploads.ts";

let labels: LabelCanvas;
beforeEach(async () => {
  labels = await openLabelCanvas();
});
afterEach(() => labels.close());

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
    const picture = await labels.draw([
      tileOf([data], { width: 3, height: 1, x: 10, y: 20, scale: 5 }),
    ]);
    expect(picture.at(12, 22)).toEqual(NOTHING);
    expectColor(picture.at(15, 20), colorOf(ids[1] ?? 0));
    expectColor(picture.at(19, 24), colorOf(ids[1] ?? 0));
    expectColor(picture.at(24, 22), colorOf(ids[2] ?? 0));
    expect(picture.at(25, 22)).toEqual(NOTHING);
  },
);

it("places rows that are no multiple of four bytes", async () => {
  const data = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  const picture = await labels.draw([tileOf([data], { width: 3, height: 3, scale: 10 })]);
  for (let i = 0; i < 9; i++)
    expectColor(picture.at(5 + 10 * (i % 3), 5 + 10 * Math.floor(i / 3)), colorOf(i + 1));
});

it("sends ids to the GPU once, whatever is hovered", async () => {
  const tile = tileOf([Uint16Array.of(5)], { width: 1, height: 1, scale: 10 });
  await labels.draw([tile]);
  const before = labels.uploads();
  await labels.draw([{ ...tile }], { hoveredId: 5, fill: 0.3 });
  expect(labels.uploads()).toBe(before);
  await labels.draw([tileOf([Uint16Array.of(6)], { width: 1, height: 1, scale: 10 })]);
  expect(labels.uploads()).toBe(before + 1);
});

it("draws every place once where tiles of two levels lie over each other", async () => {
  const coarse = tileOf([Uint16Array.of(5)], { width: 1, height: 1, scale: 40, level: 1 });
  const fine = (x: number, y: number): Tile =>
    tileOf([new Uint16Array(400).fill(5)], { width: 20, height: 20, x, y });
  const alone = await labels.draw([coarse], { fill: 0.5 });
  expect(alone.at(5, 5)).not.toEqual(NOTHING);
  const both = await labels.draw([coarse, fine(0, 0), fine(20, 20)], { fill: 0.5 });
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
  const picture = await labels.canvas.draw([
    ...imageLayers([image], {
      channels: [{ index: 0, color: [255, 255, 255], visible: true, window: [0, 255] }],
      idPrefix: "image ",
    }),
    ...labelLayers([label], { ...PLAIN, id: "label" }),
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
      const layers = labelLayers(tiles, { ...PLAIN, id: "label", underway });
      const picture = await labels.canvas.draw(layers);
      return [5, 15, 25].map((y) => picture.at(5, y));
    };
    const nines = [colorOf(9), colorOf(9), colorOf(9)];
    expect(await colors([old])).toEqual(nines);
    const before = labels.uploads();
    expect(await colors([{ ...old, rows: new Map([[plane, 1]]) }])).toEqual(nines);
    expect(await colors([], [{ ...old, rows: new Map([[plane, 2]]) }])).toEqual([
      NOTHING,
      NOTHING,
      NOTHING,
    ]);
    expect(labels.uploads()).toBe(before + 2);
    const now = await colors([{ ...old, planes: new Map([[0, plane]]) }]);
    for (const [i, id] of [5, 6, 7].entries()) expectColor(now[i] ?? NOTHING, colorOf(id));
    expect(labels.uploads()).toBe(before + 3);
  },
);
