/** What is neither an image, a plate nor a well: a collection, or why it cannot be opened. Seldom opened, and so loaded late. */
import { Fault, isFault } from "../base/fault.ts";
import type { JsonObject } from "../base/json.ts";
import type { ZarrNode } from "../zarr/node.ts";
import { openArray } from "../zarr/open-array.ts";
import type { Options, Store } from "../zarr/store.ts";
import { omeAttributes, placeOf } from "./attributes.ts";
import { isCollection, readCollection } from "./collection.ts";
import { parseLabels } from "./labels.ts";
import type { OmeNode } from "./multiscale.ts";
import { arrayFault } from "./require-node.ts";

/** @throws Fault as `openNode` */
export async function openOther(store: Store, node: ZarrNode, options: Options): Promise<OmeNode> {
  const { path } = node;
  if (isCollection(node, omeAttributes(node)))
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
