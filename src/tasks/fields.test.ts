/** Values of a form are checked against their fields, and channels are found by what they are called. */
import { describe, expect, it } from "vitest";
import type { Channel } from "../ome/multiscale.ts";
import { channelOf, noChannel, valuesProblem } from "./fields.ts";
import { thresholdSegmentation } from "./kinds/threshold-segmentation.ts";

describe("valuesProblem", () => {
  const { schema, defaults } = thresholdSegmentation;

  it("accepts the defaults", () => {
    expect(valuesProblem(schema, { ...defaults })).toBeUndefined();
  });

  it.each([
    [{ sigma: Number.NaN }, "Sigma must be a number between 0 and 100 (px)"],
    [{ minimumSize: 1.5 }, "Minimum size must be a whole number 0 or more (px)"],
    [{ splitDistance: -1 }, "Split distance must be a whole number 0 or more (px)"],
    [{ fillHoles: "yes" }, "Fill holes must be on or off"],
    [
      { threshold: { kind: "fixed", value: Number.POSITIVE_INFINITY } },
      "Threshold must be Otsu, Triangle, Li or a number",
    ],
    [{ threshold: { kind: "yen" } }, "Threshold must be Otsu, Triangle, Li or a number"],
    [
      { channel: { mode: "index", identifier: "first" } },
      "Channel must name a channel by label, wavelength or index",
    ],
    [{ sigmas: 2 }, 'There is no parameter "sigmas"'],
  ])("says what is wrong with %o", (change, sentence) => {
    expect(valuesProblem(schema, { ...defaults, ...change })).toBe(sentence);
  });
});

describe("channelOf", () => {
  const channel = (index: number, label: string, wavelengthId?: string): Channel => ({
    index,
    label,
    wavelengthId,
    color: [0, 0, 0],
    active: true,
    window: undefined,
  });
  const channels = [channel(0, "DAPI", "A01_C01"), channel(1, "GFP"), channel(2, "GFP")];

  it.each([
    ["label", "GFP", 1],
    ["wavelength_id", "A01_C01", 0],
    ["index", "2", 2],
    ["index", "3", undefined],
    ["label", "gfp", undefined],
  ] as const)("finds by %s %s", (mode, identifier, index) => {
    expect(channelOf(channels, { mode, identifier })?.index).toBe(index);
  });

  it("says which there are where there is none such", () => {
    expect(noChannel(channels, { mode: "label", identifier: "RFP" })).toBe(
      'The image has no channel labelled "RFP"; it has "DAPI", "GFP", "GFP"',
    );
  });
});
