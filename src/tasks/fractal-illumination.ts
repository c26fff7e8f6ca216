/** "Illumination correction" as arguments of fractal-tasks-core's `illumination_correction`. */
import type { JsonObject } from "../base/json.ts";
import type { Channel, Image } from "../ome/multiscale.ts";
import { type ChannelProfiles, channelOf } from "./fields.ts";
import { isBetweenPixels } from "./fractal-rois.ts";
import { type FractalWords, newImageWords, templateOf, those } from "./fractal-words.ts";
import { planRun } from "./plan.ts";
import type { Recipe } from "./recipe.ts";

export function illuminationWords(
  recipe: Recipe<"illumination-correction">,
  image: Image,
): FractalWords {
  const { params, outputName, roiTable } = recipe;
  const { inPlace } = params;
  const profiles = params.profiles.map((one) => ({
    ...one,
    channel: channelOf(image.channels, one.channel),
  }));
  const [finest] = image.levels;
  const own = image.path.split("/").at(-1) ?? "";
  const template = templateOf(outputName, own);
  const made = inPlace ? { unsaid: [], notes: [] } : newImageWords(image);
  return {
    task: "Illumination Correction",
    arguments: {
      illumination_profiles: files(profiles.map(({ channel, flat }) => [channel, flat])),
      background_correction: backgroundWords(profiles),
      ...(roiTable === undefined ? {} : { input_roi_table: roiTable }),
      ...(inPlace || template === undefined ? {} : { output_image_name: template }),
      overwrite_input: inPlace,
    },
    unsaid: [
      ...made.unsaid,
      ...profiles.flatMap(profileUnsaid),
      ...wavelengthsUnsaid(image),
      ...backgroundUnsaid(profiles),
      ...those([
        [
          recipe.level !== finest.name,
          `Level "${recipe.level}": Fractal corrects the finest level, and makes the others from it`,
        ],
        [
          roiTable === undefined,
          "The image as a whole: Fractal takes the fields of view from an ROI table",
        ],
        [
          recipe.rois.some((roi) => isBetweenPixels(roi, finest.grid)),
          "Fields of view that end between pixels: Fractal wants each to be exactly as large as its profile",
        ],
        [
          !inPlace && template === undefined,
          `The name "${outputName}": Fractal's must hold that of the image, "${own}"`,
        ],
        [
          inPlace && planRun(recipe, image).overlappingPairs > 0,
          "Fields of view that overlap, in place: Fractal corrects twice what they share",
        ],
      ]),
    ],
    notes: ['"folder" is to be the one in which Fractal finds the profiles', ...made.notes],
  };
}

type Profiles = Omit<ChannelProfiles, "channel"> & { readonly channel: Channel | undefined };

function files(
  sources: readonly (readonly [Channel | undefined, ChannelProfiles["flat"] | undefined])[],
): JsonObject {
  const named = sources.flatMap(([channel, source]) =>
    source?.kind === "file" ? [[channel?.wavelengthId ?? "", source.name] as const] : [],
  );
  return { model: "Profile", folder: "", profiles: Object.fromEntries(named) };
}

function backgroundWords(profiles: readonly Profiles[]): JsonObject {
  if (profiles.some(({ dark }) => dark))
    return files(profiles.map(({ channel, dark }) => [channel, dark]));
  if (profiles.every(({ background }) => background === 0)) return { model: "No Correction" };
  const constants = profiles.map(({ channel, background }) => [
    channel?.wavelengthId ?? "",
    background,
  ]);
  return { model: "Constant", constants: Object.fromEntries(constants) };
}

function profileUnsaid({ channel, flat, dark }: Profiles): string[] {
  const of = `of channel "${channel?.label}"`;
  return those([
    [flat.kind === "estimated", `The estimated flat field ${of}: Fractal reads it from a file`],
    [flat.kind === "array", `The flat field ${of} from a Zarr array: Fractal reads it from a file`],
    [
      dark?.kind === "array",
      `The dark field ${of} from a Zarr array: Fractal reads it from a file`,
    ],
  ]);
}

function wavelengthsUnsaid({ channels }: Image): string[] {
  const ids = channels.map(({ wavelengthId }) => wavelengthId);
  const unnamed = channels.find(({ wavelengthId }) => wavelengthId === undefined);
  const twice = channels.find(
    ({ wavelengthId }, i) => wavelengthId && ids.indexOf(wavelengthId) < i,
  );
  return those([
    [
      unnamed !== undefined,
      `Channel "${unnamed?.label}", which has no wavelength: Fractal tells channels apart by it`,
    ],
    [
      twice !== undefined,
      `Channel "${twice?.label}", whose wavelength another has too: Fractal tells channels apart by it`,
    ],
  ]);
}

function backgroundUnsaid(profiles: readonly Profiles[]): string[] {
  const darks = profiles.filter(({ dark }) => dark).length;
  return those([
    [
      darks > 0 && darks < profiles.length,
      "Dark fields of some channels alone: Fractal wants one for each channel",
    ],
    [
      darks > 0 && profiles.some(({ background }) => background !== 0),
      "Dark fields and constant backgrounds at once: Fractal takes off one or the other",
    ],
  ]);
}
