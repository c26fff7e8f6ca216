/** "Illumination correction": fractal-tasks-core's task of that name; profiles may also be Zarr arrays, or estimated. */
import { Fault } from "../../base/fault.ts";
import { isEmpty, lengthsOf } from "../../geometry/box.ts";
import { pixelFromWorld } from "../../geometry/pixel-grid.ts";
import { unlikeBlocks } from "../../ome/block-levels.ts";
import type { Image, Level } from "../../ome/multiscale.ts";
import { type ChannelProfiles, channelOf, noChannel } from "../fields.ts";
import type { Task, TaskPlace } from "../task.ts";

export interface IlluminationCorrectionParams {
  /** One entry for every channel of the image, in any order. */
  readonly profiles: readonly ChannelProfiles[];
  /** The image's own pixels are replaced, instead of a new image being made beside it. */
  readonly inPlace: boolean;
}

/** The types of pixels that are corrected: Fractal clips to the type's largest value, which floats have not. */
const CORRECTED = ["uint8", "uint16", "uint32", "int8", "int16", "int32"] as const;

export const illuminationCorrection: Task<IlluminationCorrectionParams> = {
  title: "Illumination correction",
  summary:
    "Evens out how each field of view is lit: takes the background off and divides by a profile of the light",
  output: "image",
  verb: "corrected",
  outputName: "{image}_illum_corr",
  schema: {
    profiles: {
      kind: "profiles",
      title: "Profiles",
      hint: "For each channel a flat field (a TIFF or PNG file, a Zarr array, or estimated from the fields of view), and what is taken off before: a dark field, a constant, or nothing",
    },
    inPlace: {
      kind: "switch",
      title: "In place",
      hint: "Replaces the pixels of this image, which are kept aside in the browser so that the run can be undone; otherwise a new image is made beside it",
    },
  },
  defaults: { profiles: [], inPlace: false },
  makesOf({ profiles, inPlace }, place) {
    const { image, level, outputName } = place;
    const dtype = CORRECTED.find((type) => type === level.array.dtype);
    if (dtype === undefined)
      throw new Fault(
        "input",
        `Level "${level.name}" holds ${level.array.dtype}; illumination is corrected in images of 8, 16 or 32-bit whole numbers`,
      );
    checkChannels(profiles, image);
    fieldOf(place);
    if (inPlace) checkInPlace(image, level);
    return {
      halo: [0, 0, 0],
      channels: image.channels.map(({ index }) => index),
      times: "all",
      array: inPlace
        ? { kind: "in-place", name: image.path.split("/").at(-1) ?? "", merge: "overwrite", dtype }
        : {
            kind: "image",
            name: outputName,
            merge: "overwrite",
            dtype,
            z: "all",
            copies: ["labels", "tables"],
          },
    };
  },
};

/** The size of the fields of view, y x; undefined where none lies on the image. @throws Fault "input" where they differ */
export function fieldOf({
  level,
  rois,
}: Pick<TaskPlace, "level" | "rois">): readonly [height: number, width: number] | undefined {
  let first: { readonly name: string; readonly height: number; readonly width: number } | undefined;
  for (const { name, box } of rois) {
    const voxels = pixelFromWorld(level.grid, box);
    if (isEmpty(voxels)) continue;
    const [, height, width] = lengthsOf(voxels);
    first ??= { name, height, width };
    if (height !== first.height || width !== first.width)
      throw new Fault(
        "input",
        `"${name}" has ${height} × ${width} pixels of level "${level.name}", and "${first.name}" has ${first.height} × ${first.width}; all fields of view must be of one size`,
      );
  }
  return first && [first.height, first.width];
}

/** Fractal, too, wants a profile for every channel, and none for others. */
function checkChannels(profiles: readonly ChannelProfiles[], { channels }: Image): void {
  const named = new Set<number>();
  for (const { channel } of profiles) {
    const found = channelOf(channels, channel);
    if (found === undefined) throw new Fault("input", noChannel(channels, channel));
    if (named.has(found.index))
      throw new Fault("input", `There are two profiles for channel "${found.label}"`);
    named.add(found.index);
  }
  const without = channels.find(({ index }) => !named.has(index));
  if (without)
    throw new Fault("input", `There is no illumination profile for channel "${without.label}"`);
}

function checkInPlace({ levels }: Image, { name }: Level): void {
  if (name !== levels[0].name)
    throw new Fault(
      "input",
      `In place, the finest level ("${levels[0].name}") is corrected and the coarser ones are made from it; choose that level, or a new image`,
    );
  const sharded = levels.find(({ array }) => array.shards);
  if (sharded)
    throw new Fault(
      "input",
      `Level "${sharded.name}" is sharded, and Fovea cannot write shards; choose a new image`,
    );
  const odd = unlikeBlocks(levels.map(({ array, scale }) => ({ ...array, scale })));
  if (odd !== undefined)
    throw new Fault(
      "input",
      `Level "${levels[odd]?.name}" cannot be made anew as it is: its voxels or the chunks above it are no whole blocks of finer voxels; choose a new image`,
    );
}
