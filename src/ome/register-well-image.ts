/** The list of a well's images, which is what makes an image of a plate visible: written last, taken back first. */
import { isJsonObject, type JsonObject, listAt, objectAt, textAt } from "../base/json.ts";
import { dropConsolidated } from "../zarr/consolidated.ts";
import { writeAttributes } from "../zarr/hierarchy.ts";
import { readNode } from "../zarr/node.ts";
import { type Options, writable } from "../zarr/store.ts";
import { omeAttributes, withOme } from "./attributes.ts";
import type { Multiscale } from "./multiscale.ts";

/** Whether the well that an image lies in lists a path; false where it lies in no well. */
export async function isInWell(
  image: Multiscale,
  name: string,
  options: Options = {},
): Promise<boolean> {
  const well = await wellOf(image, options);
  return listAt(well?.well, "images").some((listed) => textAt(listed, "path") === name);
}

/** Lists an image beside the given one, in its acquisition; where that lies in no well there is no list. */
export async function registerInWell(
  image: Multiscale,
  name: string,
  options: Options = {},
): Promise<void> {
  const own = image.path.split("/").at(-1);
  await change(image, options, (images) => {
    if (images.some((listed) => listed["path"] === name)) return images;
    const beside = images.find((listed) => listed["path"] === own);
    return [...images, { ...beside, path: name }];
  });
}

/** Takes an image off the list, if it is there. */
export async function unregisterInWell(
  image: Multiscale,
  name: string,
  options: Options = {},
): Promise<void> {
  await change(image, options, (images) => {
    const others = images.filter((listed) => listed["path"] !== name);
    return others.length < images.length ? others : images;
  });
}

/** The group above the image, where it is a well. */
async function wellOf(image: Multiscale, options: Options) {
  if (image.path === "") return undefined;
  const path = image.path.split("/").slice(0, -1).join("/");
  const node = await readNode(image.store, path, { ...options, format: image.zarrFormat });
  const well = node && objectAt(omeAttributes(node), "well");
  return node && well && { path, node, well };
}

async function change(
  image: Multiscale,
  options: Options,
  edit: (images: readonly JsonObject[]) => readonly JsonObject[],
): Promise<void> {
  const found = await wellOf(image, options);
  if (found === undefined) return;
  const { path, node, well } = found;
  const before = listAt(well, "images").filter(isJsonObject);
  const images = edit(before);
  if (images === before) return;
  const store = writable(image.store);
  await dropConsolidated(store, path, image.zarrFormat, options);
  const attributes = withOme(image.zarrFormat, node.attributes, { well: { ...well, images } });
  await writeAttributes(store, path, image.zarrFormat, attributes, options);
}
