/** What a run makes on disk: unlisted while it grows, listed when it is whole, and taken back as if it had never been. */
import { Fault } from "../base/fault.ts";
import { type JsonObject, objectAt } from "../base/json.ts";
import { createImage } from "../ome/create-image.ts";
import { createLabel } from "../ome/create-label.ts";
import { labelsPath } from "../ome/labels.ts";
import type { Image, Level, Multiscale } from "../ome/multiscale.ts";
import { writeAttributes } from "../zarr/hierarchy.ts";
import { readNode } from "../zarr/node.ts";
import { below, keyOf, type Options, type WritableStore, writable } from "../zarr/store.ts";
import { beginInPlace, keepBefore, putBack } from "./in-place.ts";
import type { MadeGroup } from "./journal.ts";
import { copyFolder } from "./kept-aside.ts";
import { dropEmptyList, enlist, isListed, isListMissing, unlist } from "./lists.ts";
import { type Makes, madeLevels } from "./makes.ts";
import type { Plan } from "./plan.ts";

/** Our own attribute of a group: what made it, or that it was never finished. */
export const OWN = "fovea";

/** The groups that are made, an array's before a table's. */
export function groupsOf({ array, table }: Makes, image: Image): Omit<MadeGroup, "before">[] {
  const groups: Omit<MadeGroup, "before">[] = [];
  if (array?.kind === "in-place")
    groups.push({ list: "images", name: array.name, path: image.path });
  else if (array?.kind === "label") {
    const { name } = array;
    groups.push({ list: "labels", name, path: `${labelsPath(image.path)}/${name}` });
  } else if (array) {
    const beside = [...image.path.split("/").slice(0, -1), array.name];
    groups.push({ list: "images", name: array.name, path: beside.join("/") });
  }
  if (table) {
    const path = below(image.path, "tables", table.name);
    groups.push({ list: "tables", name: table.name, path });
  }
  return groups;
}

/**
 * Looks what is there already, and copies it aside where there is a folder to copy to. Touches nothing.
 * @throws Fault "conflict" where a name is taken and may not be replaced
 */
export async function keepAside(
  image: Image,
  makes: Makes,
  plan: Plan,
  replace: boolean,
  folder: WritableStore | undefined,
  options: Options,
): Promise<readonly MadeGroup[]> {
  if (makes.array?.kind === "in-place") {
    if (folder === undefined) throw nowhereToKeep();
    await keepBefore(image, plan, folder, options);
    return groupsOf(makes, image).map((group) => ({ ...group, before: "itself" }));
  }
  const groups: MadeGroup[] = [];
  for (const group of groupsOf(makes, image)) {
    const before = await whatIsThere(image, group, options);
    if (before !== "nothing" && !replace) throw taken(group);
    const isListNew = await isListMissing(image, group, options);
    groups.push({ ...group, before, ...(isListNew ? { isListNew } : {}) });
  }
  for (const { path, before } of groups)
    if (folder && before !== "nothing")
      await copyFolder(writable(image.store), keyOf(path), folder, asideOf(path), options);
  return groups;
}

function nowhereToKeep(): Fault {
  return new Fault(
    "input",
    "This browser has no private file system to keep the image's pixels in, so they cannot be replaced; choose a new image",
  );
}

/** @throws Fault "conflict" where a name is taken, as `keepAside` does */
export async function refuseTaken(image: Image, makes: Makes, options: Options): Promise<void> {
  if (makes.array?.kind === "in-place") return;
  for (const group of groupsOf(makes, image))
    if ((await whatIsThere(image, group, options)) !== "nothing") throw taken(group);
}

function taken({ list, name, path }: Omit<MadeGroup, "before">): Fault {
  return new Fault("conflict", `The image has ${A_KIND[list]} "${name}" already`, { where: path });
}

async function whatIsThere(
  image: Image,
  group: Omit<MadeGroup, "before">,
  options: Options,
): Promise<MadeGroup["before"]> {
  if (await isListed(image, group, options)) return "listed";
  const node = await readNode(image.store, group.path, { ...options, format: image.zarrFormat });
  // What an interrupted run of ours left behind is missed by nobody.
  const isOurs = objectAt(node?.attributes, OWN)?.["unfinished"] === true;
  return node === undefined || isOurs ? "nothing" : "unlisted";
}

const A_KIND = {
  labels: "a label",
  tables: "a table",
  images: "an image beside it named",
} as const;

const asideOf = (path: string) => keyOf("before", path);

/**
 * Makes the output's metadata: what it replaces is unlisted first and removed.
 * @returns the label or image, its voxels all 0; undefined where only a table is made
 */
export async function makeOutput(
  image: Image,
  level: Level,
  makes: Makes,
  groups: readonly MadeGroup[],
  run: string,
  options: Options,
): Promise<Multiscale | undefined> {
  if (makes.array?.kind === "in-place") return beginInPlace(image, OWN, run, options);
  for (const group of groups) {
    if (group.before === "listed") await unlist(image, group, options);
    // Also where nothing is known to be: a removal that was killed leaves chunks without metadata.
    await writable(image.store).delete(keyOf(group.path), options);
  }
  const { array } = makes;
  const made = madeLevels(makes, image, level);
  const path = groups[0]?.path;
  if (array === undefined || made === undefined || path === undefined) return undefined;
  const attributes: JsonObject = { [OWN]: { unfinished: true, run } };
  if (array.kind === "label")
    return createLabel(image, { name: array.name, ...made, attributes }, options);
  return createImage(
    writable(image.store),
    path,
    {
      format: image.zarrFormat,
      name: array.name,
      ...made,
      compressor: "blosc-zstd",
      attributes,
      channels: image.channels,
    },
    options,
  );
}

/** Keeps with the output what made it, then lists it: the last step, before which no other tool finds it. */
export async function finishOutput(
  image: Image,
  output: Multiscale | undefined,
  groups: readonly MadeGroup[],
  provenance: JsonObject,
  options: Options,
): Promise<void> {
  if (output) {
    const { store, path, zarrFormat: format } = output;
    const node = await readNode(store, path, { ...options, format });
    const { unfinished: _said, run: _run, ...kept } = objectAt(node?.attributes, OWN) ?? {};
    const attributes = { ...node?.attributes, [OWN]: { ...kept, ...provenance } };
    await writeAttributes(store, path, format, attributes, options);
  }
  for (const group of groups) if (group.before !== "itself") await enlist(image, group, options);
}

/**
 * Removes what a run made, and puts back what it replaced where that was kept. Can be done again if it was cut off. What
 * another program put in the place of something new is left alone.
 */
export async function takeBack(
  image: Image,
  groups: readonly MadeGroup[],
  folder: WritableStore | undefined,
  options: Options = {},
): Promise<void> {
  for (const group of groups.toReversed())
    if (group.before !== "itself") await takeGroupBack(image, group, folder, options);
    else if (folder) await putBack(image, OWN, folder, options);
}

async function takeGroupBack(
  image: Image,
  group: MadeGroup,
  folder: WritableStore | undefined,
  options: Options,
): Promise<void> {
  const store = writable(image.store);
  if (group.before === "nothing" && (await isForeign(image, group, options))) return;
  if (await isListed(image, group, options)) await unlist(image, group, options);
  await store.delete(keyOf(group.path), options);
  if (folder && group.before !== "nothing") {
    await copyFolder(folder, asideOf(group.path), store, keyOf(group.path), options);
    if (group.before === "listed") await enlist(image, group, options);
  }
  if (group.isListNew) await dropEmptyList(image, group, options);
}

/** Whether what is there says nothing of Fovea, as all that a run makes does from the beginning. */
async function isForeign(image: Image, { path }: MadeGroup, options: Options): Promise<boolean> {
  const node = await readNode(image.store, path, { ...options, format: image.zarrFormat });
  // None at all are what a removal that was cut off left.
  const { attributes = {} } = node ?? {};
  return Object.keys(attributes).length > 0 && objectAt(attributes, OWN) === undefined;
}
