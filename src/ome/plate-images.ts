/** Which image stands for each well of a plate: the first well's metadata counts for all, until a well is looked at. */
import { counted } from "../base/counted.ts";
import { Fault, isAborted, isFault } from "../base/fault.ts";
import { isSameJson } from "../base/json.ts";
import { below, type Options } from "../zarr/store.ts";
import type { Image, Level, Multiscale, Plate, Well, WellRef } from "./multiscale.ts";
import { openImage } from "./open-image.ts";
import { openWell } from "./plate.ts";

/** How many wells are tried for one that can be read. */
const TRIES = 8;

/** How many wells at once are asked whether they are there, where those tried are not: most of a plate may be absent. */
const AT_ONCE = 24;

/** What is known of all wells from one of them. */
export interface PlateImages {
  /** The image that was read, and the images beside it in its well. */
  readonly image: Image;
  readonly well: WellRef;
  readonly images: Well["images"];
  /** The image's path inside its well: "0". */
  readonly name: string;
  /** Wells that the plate lists and that were found not to be there. */
  readonly absent: readonly WellRef[];
}

/**
 * Reads the first well that can be read, and one image of it, whatever the size of the plate. Wells that are not there are
 * passed over, at one request each.
 * @param name the image's path inside the well; its first one unless said otherwise, and where no well that is tried has it
 * @throws Fault "missing" where the plate has no well, or that of the first well where none is there or eight are of no use.
 */
export async function openPlateImages(
  plate: Plate,
  { name, ...options }: Naming = {},
): Promise<PlateImages> {
  try {
    return await firstImages(plate, { ...options, name });
  } catch (error) {
    if (name === undefined || isStopped(error, options)) throw error;
    return await firstImages(plate, options);
  }
}

type Naming = Options & { readonly name?: string | undefined };

async function firstImages(plate: Plate, options: Naming): Promise<PlateImages> {
  const absent: WellRef[] = [];
  const faults: unknown[] = [];
  for await (const { ref, found } of wellsInTurn(plate, options))
    try {
      if (found instanceof Error) throw found;
      return { ...(await imagesOf(plate, ref, found, options)), absent };
    } catch (error) {
      if (isStopped(error, options)) throw error;
      faults.push(error);
      if (isFault(found, "missing")) absent.push(ref);
      if (faults.length - absent.length === TRIES) break;
    }
  throw faults[0] ?? new Fault("missing", "The plate lists no wells", { where: plate.path });
}

const isStopped = (error: unknown, { signal }: Options): boolean =>
  isAborted(error) || signal?.aborted === true;

/** Each well, or why it cannot be read: the first ones by themselves, for nearly always the first one is there. */
async function* wellsInTurn(plate: Plate, options: Options) {
  for (let at = 0, count = 1; at < plate.wells.length; at += count) {
    if (at >= TRIES) count = AT_ONCE;
    const refs = plate.wells.slice(at, at + count);
    const found = refs.map((ref) => wellOf(plate, ref, options).catch((error: Error) => error));
    for (const [i, well] of (await Promise.all(found)).entries())
      yield { ref: refs[i] as WellRef, found: well };
  }
}

function wellOf(plate: Plate, { path }: WellRef, options: Options): Promise<Well> {
  return openWell(plate.store, below(plate.path, path), plate.zarrFormat, options);
}

async function imagesOf(
  plate: Plate,
  well: WellRef,
  { images }: Well,
  { name: wanted, ...options }: Naming,
): Promise<Omit<PlateImages, "absent">> {
  const path = below(plate.path, well.path);
  const name = wanted ?? images[0]?.path;
  if (name === undefined || !images.some((one) => one.path === name))
    throw new Fault(
      "invalid",
      `Well ${path} lists no image ${name ?? ""} in its "well" attribute`,
      {
        where: path,
      },
    );
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
  if (found.version !== assumed.version)
    return `it is OME-Zarr ${found.version} and not ${assumed.version}`;
  const axes = [found, assumed].map((image) => image.axes.map(({ name }) => name).join(", "));
  if (axes[0] !== axes[1]) return `its axes are ${axes.join(" and not ")}`;
  const difference = differenceOfLevels(assumed, found);
  if (difference !== undefined) return difference;
  const channels = [found, assumed].map((image) => image.channels.map(({ label }) => `“${label}”`));
  if (String(channels[0]) !== String(channels[1]))
    return `its channels are ${channels.map((labels) => labels.join(", ")).join(" and not ")}`;
  return undefined;
}

function differenceOfLevels(assumed: Image, found: Image): string | undefined {
  if (found.levels.length !== assumed.levels.length)
    return `it has ${counted(found.levels.length, "level")} and not ${assumed.levels.length}`;
  for (const [i, level] of found.levels.entries()) {
    const other = assumed.levels[i];
    const facts: readonly (readonly [string, (of: Level) => string])[] = [
      ["its array is called", ({ name }) => name],
      ["its shape is", ({ array }) => array.shape.join(" × ")],
      ["its chunks are", ({ array }) => array.chunks.join(" × ")],
      ["its pixels are", ({ array }) => array.dtype],
      ["its voxels are", ({ scale }) => scale.join(" × ")],
    ];
    for (const [what, say] of facts)
      if (other && say(level) !== say(other))
        return `${what} ${say(level)} and not ${say(other)} at level ${i}`;
    if (other && !isSameJson(level.array.stored, other.array.stored))
      return `its chunks are stored otherwise at level ${i}`;
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
    const { images } = await wellOf(plate, well, options);
    const [first] = images;
    if (first === undefined || images.some((image) => image.path === name))
      return { kind: "empty" };
    return { kind: "other", name: first.path };
  } catch (error) {
    if (isFault(error, "missing")) return { kind: "absent" };
    throw error;
  }
}
