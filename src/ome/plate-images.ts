/** Which image stands for each well of a plate: the first well's metadata counts for all, until a well is looked at. */
import { counted } from "../base/counted.ts";
import { Fault, isAborted, isFault } from "../base/fault.ts";
import { below, type Options } from "../zarr/store.ts";
import type { Image, Level, Multiscale, Plate, Well, WellRef } from "./multiscale.ts";
import { openImage } from "./open-image.ts";
import { openWell } from "./plate.ts";

/** How many wells are tried for one that can be read: a plate may begin with absent ones. */
const TRIES = 8;

/** What is known of all wells from one of them. */
export interface PlateImages {
  /** The image that was read, and the images beside it in its well. */
  readonly image: Image;
  readonly well: WellRef;
  readonly images: Well["images"];
  /** The image's path inside its well: "0". */
  readonly name: string;
}

/**
 * Reads the first well that can be read, and one image of it, whatever the size of the plate.
 * @param name the image's path inside the well; its first one unless said otherwise
 * @throws Fault "missing" where the plate has no well, or that of the first well where none of the first eight can be read.
 */
export async function openPlateImages(
  plate: Plate,
  options: Options & { readonly name?: string | undefined } = {},
): Promise<PlateImages> {
  let first: unknown;
  for (const well of plate.wells.slice(0, TRIES))
    try {
      return await imagesOf(plate, well, options);
    } catch (error) {
      if (isAborted(error) || options.signal?.aborted) throw error;
      first ??= error;
    }
  throw first ?? new Fault("missing", "The plate lists no wells", { where: plate.path });
}

async function imagesOf(
  plate: Plate,
  well: WellRef,
  { name: wanted, ...options }: Options & { readonly name?: string | undefined },
): Promise<PlateImages> {
  const path = below(plate.path, well.path);
  const { images } = await openWell(plate.store, path, plate.zarrFormat, options);
  const name = images.find((one) => one.path === wanted)?.path ?? images[0]?.path;
  if (name === undefined)
    throw new Fault("invalid", `Well ${path} lists no image in its "well" attribute`, {
      where: path,
    });
  const image = await openImage(plate.store, below(path, name), {
    ...options,
    format: plate.zarrFormat,
  });
  return { image, well, images, name };
}

/** An image, or a label of one, as it would be at another path, if all else were the same; nothing is read. */
export function imageAt<M extends Multiscale>(image: M, path: string): M {
  const moved = (level: Level): Level => ({
    ...level,
    array: { ...level.array, path: path + level.array.path.slice(image.path.length) },
  });
  const [finest, ...coarser] = image.levels;
  return { ...image, path, levels: [moved(finest), ...coarser.map(moved)] };
}

/** Where a well has its image, if it is there. */
export function imagePathIn(plate: Plate, well: WellRef, name: string): string {
  return below(below(plate.path, well.path), name);
}

/** How an image differs from the one that stood for it, as the end of a sentence; undefined where it does not. */
export function differenceOf(assumed: Image, found: Image): string | undefined {
  if (found.levels.length !== assumed.levels.length)
    return `it has ${counted(found.levels.length, "level")} and not ${assumed.levels.length}`;
  for (const [i, level] of found.levels.entries()) {
    const other = assumed.levels[i];
    const facts: readonly (readonly [string, (of: Level) => string])[] = [
      ["its shape is", ({ array }) => array.shape.join(" × ")],
      ["its chunks are", ({ array }) => array.chunks.join(" × ")],
      ["its pixels are", ({ array }) => array.dtype],
      ["its voxels are", ({ scale }) => scale.join(" × ")],
    ];
    for (const [what, say] of facts)
      if (other && say(level) !== say(other))
        return `${what} ${say(level)} and not ${say(other)} at level ${level.name}`;
  }
  return undefined;
}

/** What is at a well of which no chunk was found; one request. */
export type WellContent =
  | { readonly kind: "absent" }
  | { readonly kind: "empty" }
  /** Its images are called otherwise. */
  | { readonly kind: "other"; readonly name: string };

/** @throws Fault where the well can neither be read nor is it missing. */
export async function contentOf(
  plate: Plate,
  well: WellRef,
  name: string,
  options: Options = {},
): Promise<WellContent> {
  try {
    const path = below(plate.path, well.path);
    const { images } = await openWell(plate.store, path, plate.zarrFormat, options);
    const [first] = images;
    if (first === undefined || images.some((image) => image.path === name))
      return { kind: "empty" };
    return { kind: "other", name: first.path };
  } catch (error) {
    if (isFault(error, "missing")) return { kind: "absent" };
    throw error;
  }
}
