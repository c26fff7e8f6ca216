/** The door: reads what is at a path and says whether it is an image, a plate, or a well or another group that lists images. */
import { Fault, isFault } from "../base/fault.ts";
import { type JsonObject, objectAt } from "../base/json.ts";
import type { ZarrNode } from "../zarr/node.ts";
import { openArray } from "../zarr/open-array.ts";
import type { Options, Store } from "../zarr/store.ts";
import { omeAttributes, placeOf } from "./attributes.ts";
import { isCollection, readCollection } from "./collection.ts";
import { hasMultiscale } from "./datasets.ts";
import { parseLabels } from "./labels.ts";
import type { OmeNode } from "./multiscale.ts";
import { imageOf } from "./open-image.ts";
import { parsePlate, parseWellImages } from "./plate.ts";
import { arrayFault, requireNode } from "./require-node.ts";

/**
 * Opens a path inside the store, "" for its root. The group is read once; an image costs one request per level and
 * one for its labels more, a plate and a well none, however many wells or images they have, a collection as `readCollection`.
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
  if (isCollection(node, ome))
    return { kind: "well", well: await readCollection(store, node, options) };
  if (node.refused) throw unreadable(path, node.refused);
  throw (await isArray(store, node, options)) ? arrayFault(path) : notOme(path, node.attributes);
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

function unreadable(path: string, refused: Fault): Fault {
  const text = `${placeOf(path)} is a Zarr group, and its attributes cannot be read: ${refused.message}`;
  return new Fault(refused.tag, text, { where: path, cause: refused });
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
