/** Pixels on the GPU are those that windows, gamma and tables give, and each is sent there once. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { LUT_NAMES } from "../ome/lut-names.ts";
import { type Canvas, openCanvas } from "../testing/canvas.ts";
import { tileOf } from "../testing/tile.ts";
import { colorsOfLight, lightOf } from "./channel-light.ts";
import { type ChannelLook, drawnChannels, imageLayers } from "./image-layers.ts";
import { lutOf } from "./luts.ts";
import type { Plane } from "./plane.ts";
import type { PacedTile } from "./uploads.ts";

let canvas: Canvas;
beforeEach(async () => {
  canvas = await openCanvas(64);
});
afterEach(() => canvas.close());

const red: ChannelLook = { index: 0, color: [255, 0, 0], visible: true, window: [0, 200] };
const green: ChannelLook = { index: 1, color: [0, 255, 0], visible: true, window: [0, 200] };
const idPrefix = "image ";

it("draws a pixel in its channel's colour and window, at its place in the world", async () => {
  // 3 × 2 voxels of 10, so that rows are not a multiple of four bytes.
  const tile = tileOf([Uint8Array.of(100, 200, 250, 0, 50, 100)], {
    width: 3,
    height: 2,
    x: 20,
    y: 30,
    scale: 10,
  });
  const picture = await canvas.draw(imageLayers([tile], { channels: [red], idPrefix }));
  expect(picture.at(21, 31)).toEqual([128, 0, 0, 255]);
  expect(picture.at(29, 39)).toEqual([128, 0, 0, 255]);
  expect(picture.at(30, 39)).toEqual([255, 0, 0, 255]);
  expect(picture.at(49, 31)).toEqual([255, 0, 0, 255]);
  expect(picture.at(21, 41)).toEqual([0, 0, 0, 255]);
  expect(picture.at(31, 41)).toEqual([64, 0, 0, 255]);
  expect(picture.at(49, 49)).toEqual([128, 0, 0, 255]);
  expect(picture.at(19, 31)[3]).toBe(0);
  expect(picture.at(50, 31)[3]).toBe(0);
});

it.each([
  ["uint16", Uint16Array.of(100, 300)],
  ["uint32", Uint32Array.of(100, 300)],
  ["int8", Int8Array.of(100, -100)],
  ["int16", Int16Array.of(100, -300)],
  ["int32", Int32Array.of(100, -300)],
  ["int64", BigInt64Array.of(100n, -300n)],
  ["uint64", BigUint64Array.of(100n, 300n)],
  ["float32", Float32Array.of(100, Number.NEGATIVE_INFINITY)],
  ["float64", Float64Array.of(100, -1e9)],
])("draws %s", async (_, data) => {
  const tile = tileOf([data], { width: 2, height: 1, scale: 10 });
  const picture = await canvas.draw(imageLayers([tile], { channels: [red], idPrefix }));
  expect(picture.at(5, 5)).toEqual([128, 0, 0, 255]);
  expect(picture.at(15, 5)).toEqual([Number(data[1]) > 0 ? 255 : 0, 0, 0, 255]);
});

it.each([undefined, "viridis"])("draws fractions however small they are, in %s", async (lut) => {
  const draw = async (end: number): Promise<readonly number[]> => {
    const tile = tileOf([Float32Array.of(end / 2)], { width: 1, height: 1, scale: 20 });
    const channels = [{ ...red, window: [0, end] as const, lut }];
    return (await canvas.draw(imageLayers([tile], { channels, idPrefix }))).at(10, 10);
  };
  expect(await draw(1e-9)).toEqual(await draw(1));
});

it("adds channels up, and sends each plane to the GPU once, whatever is switched or changed", async () => {
  const tile = tileOf([Uint16Array.of(100), Uint16Array.of(200)], {
    width: 1,
    height: 1,
    scale: 20,
  });
  const draw = async (...channels: ChannelLook[]) => {
    const picture = await canvas.draw(imageLayers([{ ...tile }], { channels, idPrefix }));
    return [picture.at(10, 10), canvas.uploads()];
  };
  const before = canvas.uploads();
  expect(await draw(red)).toEqual([[128, 0, 0, 255], before + 1]);
  expect(await draw(red, green)).toEqual([[128, 255, 0, 255], before + 2]);
  const wide: ChannelLook = { ...green, window: [0, 400] };
  expect(await draw(red, wide)).toEqual([[128, 128, 0, 255], before + 2]);
  expect(await draw({ ...red, visible: false }, wide)).toEqual([[0, 128, 0, 255], before + 2]);
  const [, plane] = tile.planes.values();
  expect(plane).toBeDefined();
  const later = {
    ...tile,
    planes: new Map([[1, { data: Uint16Array.of(400), width: 1, height: 1 }]]),
  };
  const picture = await canvas.draw(imageLayers([later], { channels: [wide], idPrefix }));
  expect(picture.at(10, 10)).toEqual([0, 255, 0, 255]);
  expect(canvas.uploads()).toBe(before + 3);
});

it("links one program, whichever channels are there yet and however they are looked at", async () => {
  const plane = (index: number, value: number): [number, Plane] => [
    index,
    { data: Uint16Array.of(value), width: 1, height: 1 },
  ];
  const [first, second] = [plane(0, 100), plane(1, 200)];
  const place = tileOf([], { width: 1, height: 1, scale: 20 });
  const draw = async (planes: readonly [number, Plane][], ...channels: ChannelLook[]) => {
    const tile = { ...place, planes: new Map(planes) };
    return (await canvas.draw(imageLayers([tile], { channels, idPrefix }))).at(10, 10);
  };
  const early: ChannelLook = { ...green, window: undefined };
  const before = canvas.links();
  expect(await draw([first], red, green)).toEqual([128, 0, 0, 255]);
  expect(canvas.links()).toBe(before + 1);
  expect(await draw([second], red, green)).toEqual([0, 255, 0, 255]);
  expect(await draw([first, second], red, early)).toEqual([128, 0, 0, 255]);
  expect(await draw([first, second], red, green)).toEqual([128, 255, 0, 255]);
  expect(canvas.links()).toBe(before + 1);
  const curved: ChannelLook = { ...green, gamma: 0.5, lut: "viridis" };
  expect(await draw([first], red, curved)).toEqual([128, 0, 0, 255]);
  expect(canvas.links()).toBe(before + 2);
  const [r, g, b] = await draw([first, second], red, curved);
  expect([r, g, b]).toEqual([255, 231, 37]);
  expect(canvas.links()).toBe(before + 2);
});

it("draws through a table and with gamma, alone and beside plain colours, as the CPU says", async () => {
  const data = Uint16Array.of(0, 25, 50, 100, 150, 200);
  const tile = tileOf([data, Uint16Array.of(0, 0, 0, 0, 0, 100)], {
    width: 6,
    height: 1,
    scale: 10,
  });
  const draw = async (...channels: ChannelLook[]) => {
    const picture = await canvas.draw(imageLayers([tile], { channels, idPrefix }));
    return Array.from(data, (_, i) => picture.at(10 * i + 5, 5));
  };
  const said = (look: ChannelLook): number[][] => {
    const colors = colorsOfLight({ color: look.color, ramp: lutOf(look.lut) });
    return Array.from(data, (value) => {
      const step = 3 * Math.round(255 * lightOf(value, look.window ?? [0, 1], look.gamma));
      return [...colors.subarray(step, step + 3), 255];
    });
  };
  for (const look of [
    { ...red, gamma: 0.5 },
    { ...red, gamma: 2.5 },
    ...LUT_NAMES.map((lut) => ({ ...red, lut })),
    { ...red, lut: "viridis", gamma: 0.7 },
  ]) {
    const drawn = await draw(look);
    // The CPU's light has 256 steps: half a step of the steepest table is four.
    for (const [i, color] of said(look).entries())
      for (const [part, value] of color.entries())
        expect(Math.abs((drawn[i]?.[part] ?? -1) - value), `${look.lut} ${i}`).toBeLessThan(5);
  }
  const [first, , , , , last] = await draw({ ...red, lut: "magma" }, green);
  expect(first).toEqual([0, 0, 4, 255]);
  expect(last).toEqual([0xfc, 255, 0xbf, 255]);
  expect((await draw(red))[5]).toEqual([255, 0, 0, 255]);
  expect((await draw({ ...red, gamma: 0.5 }))[2]).toEqual([128, 0, 0, 255]);
});

it("draws a later tile over an earlier one, and one pixel for a whole tile that was never stored", async () => {
  const coarse = tileOf([Uint16Array.of(100)], { width: 1, height: 1, scale: 40, level: 1 });
  const fine = tileOf([], { width: 20, height: 20 });
  const planes = new Map([[0, { data: Uint16Array.of(200), width: 1, height: 1 }]]);
  const picture = await canvas.draw(
    imageLayers([coarse, { ...fine, planes }], { channels: [red], idPrefix }),
  );
  expect(picture.at(19, 19)).toEqual([255, 0, 0, 255]);
  expect(picture.at(20, 20)).toEqual([128, 0, 0, 255]);
});

it("draws ten channels, says which it leaves out, and leaves out a channel without a window", async () => {
  const channels = Array.from(
    { length: 13 },
    (_, index): ChannelLook => ({ ...red, index, visible: index !== 0, color: [20, 0, 0] }),
  );
  const { drawn, leftOut } = drawnChannels(channels);
  expect(drawn.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(leftOut.map(({ index }) => index)).toEqual([11, 12]);
  const tile = tileOf(
    channels.map(() => Uint8Array.of(200)),
    { width: 1, height: 1, scale: 20 },
  );
  const all = await canvas.draw(imageLayers([tile], { channels, idPrefix }));
  expect(all.at(10, 10)).toEqual([200, 0, 0, 255]);
  const some = channels.map((channel) =>
    channel.index > 2 ? { ...channel, window: undefined } : channel,
  );
  const fewer = await canvas.draw(imageLayers([tile], { channels: some, idPrefix }));
  expect(fewer.at(10, 10)).toEqual([40, 0, 0, 255]);
});

it("sends a plane row by row, draws it when it is whole, and keeps the old one until then", async () => {
  const old = tileOf([Uint16Array.of(100, 100)], { width: 1, height: 2, scale: 10 });
  const draw = async (tile: PacedTile) => {
    const picture = await canvas.draw(imageLayers([tile], { channels: [red], idPrefix }));
    return [picture.at(5, 5)[0], picture.at(5, 15)[0]];
  };
  expect(await draw(old)).toEqual([128, 128]);
  const before = canvas.uploads();
  const plane = { data: BigInt64Array.of(200n, 50n), width: 1, height: 2 };
  const short = { data: Uint16Array.of(200, 50), width: 1, height: 2 };
  expect(await draw({ ...old, rows: new Map([[short, 1]]) })).toEqual([128, 128]);
  expect(canvas.uploads()).toBe(before + 1);
  expect(await draw({ ...old, rows: new Map([[short, 2]]) })).toEqual([128, 128]);
  expect(canvas.uploads()).toBe(before + 2);
  expect(await draw({ ...old, planes: new Map([[0, short]]) })).toEqual([255, 64]);
  expect(canvas.uploads()).toBe(before + 2);
  await canvas.draw([]);
  expect(
    await draw({ ...old, planes: new Map([[0, plane]]), rows: new Map([[plane, 1]]) }),
  ).toEqual([255, 0]);
  expect(await draw({ ...old, planes: new Map([[0, plane]]) })).toEqual([255, 64]);
});

it("leaves no texture behind, of a plane that is drawn or one that is still being sent", async () => {
  const [first, second] = [Uint16Array.of(100, 100), Uint16Array.of(200, 50)];
  const tile = tileOf([first], { width: 1, height: 2, scale: 10 });
  const plane = { data: second, width: 1, height: 2 };
  const before = canvas.textures();
  // The second channel is not there yet: the first one's plane stands in for it.
  const channels = [red, green];
  const rows = new Map([[plane, 1]]);
  await canvas.draw(imageLayers([{ ...tile, rows }], { channels, idPrefix }));
  expect(canvas.textures()).toBe(before + 2);
  await canvas.draw([]);
  expect(canvas.textures()).toBe(before);
});
