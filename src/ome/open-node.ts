/** The door: reads what is at a path and says whether it is an image, a plate or a well. */
import { Fault, isFault } from "../base/fault.ts";
import { type JsonObject, objectAt } from "../base/json.ts";
import type { ZarrNode } from "../zarr/node.ts";
import { openArray } from "../zarr/open-array.ts";
import { below, type Options, type Store } from "../zarr/store.ts";
import { omeAttributes, placeOf } from "./attributes.ts";
import { hasMultiscale } from "./datasets.ts";
import { parseLabels } from "./labels.ts";
import type { OmeNode } from "./multiscale.ts";
import { imageOf, openImage } from "./open-image.ts";
import { parsePlate, parseWellImages } from "./plate.ts";
import { arrayFault, requireNode } from "./require-node.ts";

/**
 * Opens a path inside the store, "" for its root. The group is read once; an image costs one request per level and
 * one for its labels more, a plate and a well none, however many wells or images they have.
 * @throws Fault "missing" where no Zarr is, "unsupported" where it is no OME-Zarr, "invalid" where its metadata is broken.
 */
export async function openNode(
  store: Store,
  path: string,
  options: Options = {},
): Promise<OmeNode> {
  const node = await requireNode(store, path, options);
  const ome = omeAttributes(node);
  const plate = objectAt(ome, "plate");
  if (plate !== undefined)
    return { kind: "plate", plate: parsePlate(store, path, node.format, plate) };
  const well = objectAt(ome, "well");
  if (well !== undefined)
    return { kind: "well", well: parseWellImages(store, path, node.format, well) };
  if (hasMultiscale(ome)) return { kind: "image", image: await imageOf(store, node, options) };
  if (holdsSeries(node, ome))
    return { kind: "image", image: await firstSeries(store, node, options) };
  throw (await isArray(store, node, options)) ? arrayFault(path) : notOme(path, node.attributes);
}

/** A root that bioformats2raw wrote: its images are the groups "0", "1", … (OME-Zarr §bf2raw). */
function holdsSeries(node: ZarrNode, ome: JsonObject): boolean {
  return "bioformats2raw.layout" in ome || "bioformats2raw.layout" in node.attributes;
}

async function firstSeries(store: Store, { path, format }: ZarrNode, options: Options) {
  const image = await openImage(store, below(path, "0"), { ...options, format });
  const problem = `${placeOf(path)} is a collection that bioformats2raw wrote; its first image "0" was opened; open "1" in it for the next`;
  return { ...image, problems: [problem, ...image.problems] };
}

/** Asked only when nothing else is left: in Zarr v2 a group and an array with attributes look alike. */
async function isArray(store: Store, { path, format }: ZarrNode, options: Options) {
  try {
    await openArray(store, path, format, options);
    return true;
  } catch (error) {
    if (isFault(error, "missing")) return false;
    throw error;
  }
}

function notOme(path: string, attributes: JsonObject): Fault {
  const labels = parseLabels(attributes);
  const why =
    labels.length > 0
      ? `it lists labels (${labels.join(", ")}); open the image it belongs to, or one of the labels`
      : `its attributes have none of "multiscales", "plate" and "well"`;
  return new Fault("unsupported", `${placeOf(path)} is a Zarr group, and not an OME-Zarr: ${why}`, {
    where: path,
  });
}
