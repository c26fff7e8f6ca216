/** What "Illumination correction" looks up before its first unit: the profiles of all channels, each an array to read. */
import { Fault, isFault } from "../base/fault.ts";
import { pixelFromWorld } from "../geometry/pixel-grid.ts";
import type { Channel, Image } from "../ome/multiscale.ts";
import type { ZarrArray } from "../zarr/array.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import type { Options } from "../zarr/store.ts";
import type { Read } from "./compute-task.ts";
import { estimateFlat } from "./estimate.ts";
import { type ChannelProfiles, channelOf, type ProfileSource } from "./fields.ts";
import { arrayBefore } from "./in-place.ts";
import { correctionOf } from "./kernels/illumination.ts";
import type { Voxels } from "./kernels/voxels.ts";
import { fieldOf } from "./kinds/illumination-correction.ts";
import type { Unit } from "./plan.ts";
import type { Plain, Preparation, Prepared } from "./prepare.ts";
import { ProfileShelf } from "./profile-shelf.ts";
import { type Profile, readProfileArray } from "./profiles.ts";
import { levelOf, type Recipe } from "./recipe.ts";

type IlluminationRecipe = Extract<Recipe, { readonly task: "illumination-correction" }>;

/** The places of a channel's profiles among the inputs. */
interface Places {
  readonly flat: number;
  readonly dark: number | undefined;
  /** The largest value of the flat field. */
  readonly most: number;
  readonly background: number;
}

/**
 * Profiles are looked up once: a run that goes on has those that it began with. In place, units read the pixels as they
 * were before the run.
 * @param plain what a unit has whatever its task
 * @throws Fault "input" where no field lies on the image, or a profile is not at hand, is not of the fields' size or
 * cannot be divided by
 */
export async function prepareIllumination(
  image: Image,
  recipe: IlluminationRecipe,
  plain: Plain,
  preparation: Preparation,
  options: Options,
): Promise<Prepared> {
  const { task, params } = recipe;
  const { folder, isBegun = false } = preparation;
  const level = levelOf(recipe, image);
  const shape = fieldOf({ level, rois: recipe.rois });
  if (shape === undefined)
    throw new Fault("input", `No field of view lies on level "${level.name}" of the image`);
  const shelf = new ProfileShelf(image.path, folder);
  const inputs: [ZarrArray, ...ZarrArray[]] = [
    params.inPlace && folder ? arrayBefore(folder, level.array) : level.array,
  ];
  const places = new Map<number, Places>();
  for (const profiles of params.profiles) {
    const channel = channelOf(image.channels, profiles.channel);
    if (channel === undefined) continue;
    const { index: c } = channel;
    if (!isBegun) {
      const found = await profilesOf(image, recipe, profiles, shape, preparation, options);
      await shelf.put(`${c}-flat`, found.flat);
      if (found.dark) await shelf.put(`${c}-dark`, found.dark);
    }
    places.set(c, {
      flat: inputs.push(await shelf.array(`${c}-flat`, options)) - 1,
      dark: profiles.dark && inputs.push(await shelf.array(`${c}-dark`, options)) - 1,
      most: await shelf.most(`${c}-flat`, options),
      background: profiles.background,
    });
  }
  const corners = new Map(
    recipe.rois.map(({ id, box }) => [id, pixelFromWorld(level.grid, box).min] as const),
  );
  /** What of a profile a unit needs: a preview may be of a part of a field. */
  const part = (input: number, { roi, read: { min, max } }: Unit): Read => {
    const [, y, x] = corners.get(roi.id) ?? min;
    return { input, min: [min[1] - y, min[2] - x], max: [max[1] - y, max[2] - x] };
  };
  return {
    inputs,
    keep: (target, kept) => shelf.keep(target, kept),
    taskOf: (unit) => {
      const { reads, ...place } = plain(unit);
      const { flat, dark, most, background } = places.get(unit.c) ?? missing(unit);
      const profiles = [flat, ...(dark === undefined ? [] : [dark])];
      return {
        task,
        params,
        ...place,
        reads: [reads[0], ...profiles.map((input) => part(input, unit))],
        most,
        background,
      };
    },
  };
}

function missing({ c }: Unit): never {
  throw new Error(`There is no profile for channel ${c}`);
}

/** A channel's profiles, checked. */
async function profilesOf(
  image: Image,
  recipe: IlluminationRecipe,
  { channel: ref, flat: flatSource, dark: darkSource, background }: ChannelProfiles,
  shape: readonly [height: number, width: number],
  preparation: Preparation,
  options: Options,
): Promise<{ readonly flat: Profile; readonly dark: Profile | undefined }> {
  const channel = channelOf(image.channels, ref);
  if (channel === undefined) throw new Error(`There is no channel ${ref.identifier}`);
  const look = async (what: string, source: ProfileSource): Promise<Profile> => {
    const profile = await profileFrom(image, source, preparation, options);
    if (profile.height === shape[0] && profile.width === shape[1]) return profile;
    throw new Fault(
      "input",
      `The ${what} of channel "${channel.label}" (${nameOf(source)}) has ${profile.height} × ${profile.width} pixels, and the fields of view have ${shape.join(" × ")} on level "${recipe.level}"`,
    );
  };
  const dark = darkSource && (await look("dark field", darkSource));
  const taken = { background, ...(dark ? { dark: dark.pixels } : {}) };
  const flat =
    flatSource.kind === "estimated"
      ? await estimated(
          image,
          recipe,
          { channel, shape, dark: darkSource, taken },
          preparation,
          options,
        )
      : await look("flat field", flatSource);
  try {
    correctionOf({ ...taken, flat: flat.pixels }, shape[0] * shape[1]);
  } catch (error) {
    if (!isFault(error, "input")) throw error;
    throw new Fault("input", `Channel "${channel.label}": ${error.message}`, { cause: error });
  }
  return { flat, dark };
}

/** The estimate of a channel's flat field, the one made before where nothing that decides it has changed. */
async function estimated(
  image: Image,
  recipe: IlluminationRecipe,
  {
    channel,
    shape,
    dark,
    taken,
  }: {
    readonly channel: Channel;
    readonly shape: readonly [height: number, width: number];
    readonly dark: ProfileSource | undefined;
    readonly taken: { readonly dark?: Voxels; readonly background: number };
  },
  { source = new ChunkReader(), estimates }: Preparation,
  options: Options,
): Promise<Profile> {
  const boxes = recipe.rois.map(({ box }) => [box.min, box.max]);
  const decides = [image.path, recipe.level, boxes, channel.index, dark, taken.background];
  const key = JSON.stringify(decides);
  const before = estimates?.get(key);
  if (before) return before;
  const flat = await estimateFlat(source, image, recipe, channel, shape, taken, options);
  estimates?.set(key, flat, flat.pixels.byteLength);
  return flat;
}

async function profileFrom(
  { store }: Image,
  source: ProfileSource,
  { profiles }: Preparation,
  options: Options,
): Promise<Profile> {
  if (source.kind === "array") return readProfileArray(store, source.path, options);
  const profile = profiles?.get(source.name);
  if (profile) return profile;
  throw new Fault("input", `The profile "${source.name}" is not at hand: pick the file again`, {
    where: source.name,
  });
}

const nameOf = (source: ProfileSource): string =>
  source.kind === "file" ? source.name : source.path;
