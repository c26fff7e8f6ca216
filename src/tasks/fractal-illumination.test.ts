/** An illumination correction in the words of Fractal, and what of it Fractal has not. */
import { expect, test } from "vitest";
import { worldBox } from "../geometry/box.ts";
import { type Common, fields, imageOf, recipeOf, unsaid } from "../testing/fractal-recipes.ts";
import type { ChannelProfiles } from "./fields.ts";
import { fractalExport } from "./fractal-arguments.ts";
import { illuminationCorrection } from "./kinds/illumination-correction.ts";

const profiles = (common: Partial<ChannelProfiles> = {}): readonly ChannelProfiles[] =>
  ["0", "1"].map((identifier) => ({
    channel: { mode: "index", identifier },
    flat: { kind: "file", name: `flat ${identifier}.tif` },
    background: 0,
    ...common,
  }));

const correction = (
  params: Partial<(typeof illuminationCorrection)["defaults"]>,
  common: Partial<Common> = {},
) =>
  recipeOf(
    {
      task: "illumination-correction",
      params: { ...illuminationCorrection.defaults, profiles: profiles(), ...params },
    },
    { outputName: "0_illum_corr", ...common },
  );

test("an illumination correction, by wavelength", async () => {
  const flat = {
    model: "Profile",
    folder: "",
    profiles: { A01_C01: "flat 0.tif", A02_C02: "flat 1.tif" },
  };
  const notes = ['"folder" is to be the one in which Fractal finds the profiles'];
  const constant = correction({ profiles: profiles({ background: 110 }) });
  expect(fractalExport(constant, await imageOf(), fields)).toEqual({
    kind: "task",
    task: {
      task: "Illumination Correction",
      package: "fractal-tasks-core",
      version: "2.0.2",
      arguments: {
        illumination_profiles: flat,
        background_correction: { model: "Constant", constants: { A01_C01: 110, A02_C02: 110 } },
        input_roi_table: "FOV_ROI_table",
        output_image_name: "{image_name}_illum_corr",
        overwrite_input: false,
      },
      notes,
    },
  });
  const dark = profiles({ dark: { kind: "file", name: "dark.png" } });
  const inPlace = correction({ profiles: dark, inPlace: true });
  expect(fractalExport(inPlace, await imageOf(), fields)).toMatchObject({
    task: {
      arguments: {
        illumination_profiles: flat,
        background_correction: {
          model: "Profile",
          folder: "",
          profiles: { A01_C01: "dark.png", A02_C02: "dark.png" },
        },
        input_roi_table: "FOV_ROI_table",
        overwrite_input: true,
      },
      notes,
    },
  });
  expect(fractalExport(correction({}), await imageOf(), fields)).toMatchObject({
    task: { arguments: { background_correction: { model: "No Correction" } } },
  });
});

test("names what of an illumination correction Fractal has not", async () => {
  const [first, second] = profiles({ background: 3 });
  const dark = { kind: "array", path: "dark" } as const;
  const some = [
    ...(first ? [{ ...first, flat: { kind: "estimated" }, dark } as const] : []),
    ...(second ? [{ ...second, flat: { kind: "array", path: "flat" } } as const] : []),
  ];
  const image = await imageOf({ dtype: "int16", wavelengths: ["A01_C01", "A01_C01"] });
  const recipe = correction({ profiles: some }, { level: "1", outputName: "corrected" });
  expect(unsaid(fractalExport(recipe, image, fields))).toEqual([
    "Pixels of int16: Fractal's new image is of uint16, which does not hold them",
    'The estimated flat field of channel "channel 0": Fractal reads it from a file',
    'The dark field of channel "channel 0" from a Zarr array: Fractal reads it from a file',
    'The flat field of channel "channel 1" from a Zarr array: Fractal reads it from a file',
    'Channel "channel 1", whose wavelength another has too: Fractal tells channels apart by it',
    "Dark fields of some channels alone: Fractal wants one for each channel",
    "Dark fields and constant backgrounds at once: Fractal takes off one or the other",
    'Level "1": Fractal corrects the finest level, and makes the others from it',
    'The name "corrected": Fractal\'s must hold that of the image, "0"',
  ]);
  const unnamed = await imageOf({ wavelengths: ["A01_C01", undefined] });
  expect(unsaid(fractalExport(correction({}), unnamed, fields))).toEqual([
    'Channel "channel 1", which has no wavelength: Fractal tells channels apart by it',
  ]);
  const overlapping = [0.2, 10.2].map((x, id) => ({
    id,
    name: `FOV_${id}`,
    box: worldBox([0, 0, x], [6, 32, x + 16]),
  }));
  const inPlace = correction({ inPlace: true }, { rois: overlapping });
  expect(unsaid(fractalExport(inPlace, await imageOf(), overlapping))).toEqual([
    "Fields of view that end between pixels: Fractal wants each to be exactly as large as its profile",
    "Fields of view that overlap, in place: Fractal corrects twice what they share",
  ]);
});
