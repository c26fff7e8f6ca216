/** The list of an image's labels, which is what makes a label visible to other tools: written last, taken back first. */
import { dropConsolidated } from "../zarr/consolidated.ts";
import { writeAttributes, writeGroup } from "../zarr/hierarchy.ts";
import { readNode } from "../zarr/node.ts";
import { type Options, writable } from "../zarr/store.ts";
import { labelsPath, parseLabels, withLabels } from "./labels.ts";
import type { Image } from "./multiscale.ts";

/** Adds a name to the list, creating the labels group where there is none; the other names and attributes stay. */
export async function registerLabel(
  image: Image,
  name: string,
  options: Options = {},
): Promise<void> {
  await changeList(image, (names) => (names.includes(name) ? names : [...names, name]), options);
}

/** Takes a name off the list; the label's own group is left as it is. */
export async function unregisterLabel(
  image: Image,
  name: string,
  options: Options = {},
): Promise<void> {
  await changeList(image, (names) => names.filter((listed) => listed !== name), options);
}

/** Reads the list anew, as another tool may have changed it since the image was opened. */
async function changeList(
  image: Image,
  change: (names: readonly string[]) => readonly string[],
  options: Options,
): Promise<void> {
  const { zarrFormat: format } = image;
  const store = writable(image.store);
  const path = labelsPath(image.path);
  const group = await readNode(store, path, { ...options, format });
  const before = parseLabels(group?.attributes ?? {});
  const names = change(before);
  if (names === before || (group === undefined && names.length === 0)) return;
  const attributes = withLabels(format, group?.attributes ?? {}, names);
  await dropConsolidated(store, path, format, options);
  const write = group === undefined ? writeGroup : writeAttributes;
  await write(store, path, format, attributes, options);
}
