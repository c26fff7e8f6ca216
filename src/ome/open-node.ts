/** The door: reads what is at a path and says whether it is an image, a plate, or a well or another group that lists images. */
import { objectAt } from "../base/json.ts";
import type { Options, Store } from "../zarr/store.ts";
import { omeAttributes } from "./attributes.ts";
import { hasMultiscale } from "./datasets.ts";
import type { OmeNode } from "./multiscale.ts";
import { imageOf } from "./open-image.ts";
import { parsePlate, parseWellImages } from "./plate.ts";
import { requireNode } from "./require-node.ts";

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
  const { openOther } = await import("./open-other.ts");
  return openOther(store, node, options);
}
