/** The labels of an image: their list, and opening one. */
import { Fault, isAborted, isFault, sentence } from "../base/fault.ts";
import { type JsonObject, listAt, objectAt } from "../base/json.ts";
import type { ZarrFormat } from "../zarr/array.ts";
import { isMissingOnWeb } from "../zarr/missing-on-web.ts";
import { readAttributes, type ZarrNode } from "../zarr/node.ts";
import { below, type Options, type Store } from "../zarr/store.ts";
import { omeAttributes, placeOf, withOme } from "./attributes.ts";
import { givenColors } from "./given-colors.ts";
import type { LookupRequest } from "./label-lookup.ts";
import { labelProblems } from "./label-problems.ts";
import type { Image, Multiscale } from "./multiscale.ts";
import { openMultiscale } from "./open-multiscale.ts";
import { requireNode } from "./require-node.ts";

export interface Label extends Multiscale {
  /** The colours it gives to its objects, 24-bit RGB; undefined where it gives none. */
  readonly colors: LookupRequest | undefined;
}

/** The labels group of an image. */
export function labelsPath(imagePath: string): string {
  return below(imagePath, "labels");
}

/** The names in a labels group's attributes: flat in 0.4, under "ome" in 0.5. Older writers kept the 0.5 list flat too. */
export function parseLabels(attributes: JsonObject): string[] {
  const listed = [
    ...listAt(objectAt(attributes, "ome"), "labels"),
    ...listAt(attributes, "labels"),
  ];
  const names = listed.filter((name) => typeof name === "string");
  return [...new Set(names)].filter((name) => name !== "");
}

/** A labels group's attributes with its list of names replaced; a flat 0.5 list moves to where it belongs. */
export function withLabels(
  format: ZarrFormat,
  attributes: JsonObject,
  names: readonly string[],
): JsonObject {
  const { labels: _flat, ...others } = attributes;
  return withOme(format, format === 2 ? attributes : others, { labels: names });
}

/**
 * The names of an image's labels, without those that begin with "_", which are working data of other tools.
 * No labels group is no labels; one that cannot be read is told to `problems`.
 */
export async function listLabels(
  store: Store,
  imagePath: string,
  format: ZarrFormat,
  problems: string[],
  options: Options = {},
): Promise<readonly string[]> {
  try {
    const attributes = await readAttributes(store, labelsPath(imagePath), format, options);
    return parseLabels(attributes ?? {}).filter((name) => !name.startsWith("_"));
  } catch (error) {
    if (isAborted(error)) throw error;
    if (!isMissingOnWeb(store, error))
      problems.push(`The list of labels cannot be read: ${sentence(error)}`);
    return [];
  }
}

/**
 * One label of an image. Its levels, pixel size and axes are its own: often coarser than the image, without c, or flat.
 * What makes it look other than it is stored is among its problems.
 * @throws Fault "missing" where the label is not there, "invalid" where no level can be read.
 */
export async function openLabel(image: Image, name: string, options: Options = {}): Promise<Label> {
  const path = below(labelsPath(image.path), name);
  const node = await nodeOf(image, path, name, options);
  const label = await openMultiscale(image.store, node, options);
  return {
    ...label,
    problems: [...label.problems, ...labelProblems(label, image, name)],
    colors: givenColors(omeAttributes(node)),
  };
}

async function nodeOf(
  image: Image,
  path: string,
  name: string,
  options: Options,
): Promise<ZarrNode> {
  try {
    return await requireNode(image.store, path, { ...options, format: image.zarrFormat });
  } catch (error) {
    if (!isFault(error, "missing")) throw error;
    throw new Fault(
      "missing",
      `The image lists the label "${name}", but there is none at ${placeOf(path)}`,
      { where: path, cause: error },
    );
  }
}
