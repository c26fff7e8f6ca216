/** Channels out of whatever `omero` says. */
import { expect, test } from "vitest";
import type { Json } from "../base/json.ts";
import type { NumberType } from "../zarr/array.ts";
import { hexOf, parseChannels, withFewVisible } from "./channels.ts";

function channelsOf(
  stored: readonly Json[] | undefined,
  count: number,
  dtype: NumberType = "uint16",
) {
  const problems: string[] = [];
  const ome = stored === undefined ? {} : { omero: { channels: stored } };
  return { channels: parseChannels(ome, { count, dtype }, problems), problems };
}

test("without omero every channel has a name, a color of its own, and is shown", () => {
  const { channels, problems } = channelsOf(undefined, 3);
  expect(channels.map(({ label }) => label)).toEqual(["channel 0", "channel 1", "channel 2"]);
  expect(new Set(channels.map(({ color }) => hexOf(color))).size).toBe(3);
  expect(channels.every(({ active, window }) => active && window === undefined)).toBe(true);
  expect(problems).toEqual([]);
});

test("a single channel without a color is white", () => {
  expect(channelsOf(undefined, 1).channels[0]?.color).toEqual([255, 255, 255]);
});

test("what is stored is taken: colors with or without #, windows as text, active only if not false", () => {
  const { channels } = channelsOf(
    [
      { label: "DAPI", color: "00FFFF", window: { start: "110", end: "700", min: 0, max: 65535 } },
      { color: "#ff00807f", wavelength_id: "A01_C02", active: false, window: { min: 0, max: 9 } },
      { label: " ", color: "cyan", window: { start: 5, end: 5 } },
    ],
    3,
  );
  expect(channels).toEqual([
    {
      index: 0,
      label: "DAPI",
      wavelengthId: undefined,
      color: [0, 255, 255],
      active: true,
      window: { start: 110, end: 700 },
    },
    {
      index: 1,
      label: "A01_C02",
      wavelengthId: "A01_C02",
      color: [255, 0, 128],
      active: false,
      window: undefined,
    },
    expect.objectContaining({ label: "channel 2", active: true, window: undefined }),
  ]);
});

test.each([1, 3])("two described channels for %i are noted, never refused", (count) => {
  const { channels, problems } = channelsOf([{ label: "a" }, { label: "b" }], count);
  expect(channels).toHaveLength(count);
  expect(problems).toEqual([
    `The attribute "omero.channels" describes 2 channels, and the image has ${count}`,
  ]);
});

test("a color survives the way to text", () => {
  expect(hexOf([0, 10, 255])).toBe("000AFF");
});

const RGB = ["FF0000", "00FF00", "0000FF"];
const FULL = { start: 0, end: 255 };

test.each([
  ["nothing is said of", undefined],
  ["are named so", [{ label: "Red" }, { label: "green" }, { label: "B" }]],
  ["are coloured so", RGB.map((color, i) => ({ color, label: `Channel ${i}` }))],
])(
  "three channels of bytes that %s are red, green and blue, as bright as they are",
  (_, stored) => {
    const { channels } = channelsOf(stored, 3, "uint8");
    expect(channels.map(({ color }) => hexOf(color))).toEqual(RGB);
    expect(channels.map(({ window }) => window)).toEqual([FULL, FULL, FULL]);
    expect(channels.every(({ active }) => active)).toBe(true);
  },
);

test("a fourth channel after red, green and blue is their opacity, which is not shown as light", () => {
  const stored = ["red", "green", "blue", "alpha"].map((label) => ({ label }));
  const { channels } = channelsOf(stored, 4, "uint8");
  expect(channels.map(({ active }) => active)).toEqual([true, true, true, false]);
  expect(channels.map(({ label }) => label)).toEqual(["red", "green", "blue", "alpha"]);
});

test.each<[string, readonly Json[] | undefined, number, NumberType]>([
  ["of two bytes", undefined, 3, "uint16"],
  ["named as stains", [{ label: "DAPI" }, { label: "GFP" }, { label: "RFP" }], 3, "uint8"],
  ["in other colours", ["0000FF", "00FF00", "FF0000"].map((color) => ({ color })), 3, "uint8"],
  ["that are two", undefined, 2, "uint8"],
  ["that are four and say nothing", undefined, 4, "uint8"],
])("channels %s are stains: their windows are found from the pixels", (_, stored, count, dtype) => {
  const { channels } = channelsOf(stored, count, dtype);
  expect(channels.map(({ color }) => hexOf(color))).not.toEqual(RGB);
  expect(channels.every(({ window }) => window === undefined)).toBe(true);
});

test("what a picture in colour stores of its windows is kept", () => {
  const stored = RGB.map((color) => ({ color, window: { start: 10, end: 99 } }));
  const { channels } = channelsOf(stored, 3, "uint8");
  expect(channels.map(({ window }) => window)).toEqual(stored.map(({ window }) => window));
});

test("all of what 16 bits hold says nothing, and all of what a byte holds is shown", () => {
  const stored = (end: number) => [{ window: { start: 0, end, min: 0, max: end } }];
  const windowOf = (end: number, dtype: NumberType) =>
    channelsOf(stored(end), 1, dtype).channels[0]?.window;
  expect(windowOf(65_535, "uint16")).toBe(undefined);
  expect(windowOf(4095, "uint16")).toEqual({ start: 0, end: 4095 });
  expect(windowOf(255, "uint8")).toEqual({ start: 0, end: 255 });
});

test("of many visible channels the first ten stay so, and nothing else changes", () => {
  const channels = Array.from({ length: 14 }, (_, index) => ({ index, visible: index % 7 !== 0 }));
  const few = withFewVisible(channels);
  const seen = few.flatMap(({ index, visible }) => (visible ? [index] : []));
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 8, 9, 10, 11]);
  expect(few[1]).toBe(channels[1]);
});
