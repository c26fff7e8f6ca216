/** Channels out of whatever `omero` says. */
import { expect, test } from "vitest";
import type { Json } from "../base/json.ts";
import { hexOf, parseChannels } from "./channels.ts";

function channelsOf(stored: readonly Json[] | undefined, count: number) {
  const problems: string[] = [];
  const ome = stored === undefined ? {} : { omero: { channels: stored } };
  return { channels: parseChannels(ome, count, problems), problems };
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
