/** The labels of an image: their list, and opening one. */
import { isAborted, isFault, sentence } from "../base/fault.ts";
import { type JsonObject, listAt, objectAt } from "../base/json.ts";
import type { ZarrFormat } from "../zarr/array.ts";
import { readAttributes } from "../zarr/node.ts";
import { below, type Options, type Store } from "../zarr/store.ts";
import { withOme } from "./attributes.ts";
import type { Image, Multiscale } from "./multiscale.ts";
import { openMultiscale } from "./open-multiscale.ts";
import { requireNode } from "./require-node.ts";

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

/** Many servers refuse a file that is not there, or show a web page; what else was asked of this one was an image. */
function isMissingOnWeb({ spec }: Store, error: unknown): boolean {
  return spec.kind === "url" && (isFault(error, "denied") || isFault(error, "html"));
}

/**
 * One label of an image. Its levels, pixel size and axes are its own: often coarser than the image, without c, or flat.
 * @throws Fault "missing" where the label is not there, "invalid" where no level can be read.
 */
export async function openLabel(
  image: Image,
  name: string,
  options: Options = {},
): Promise<Multiscale> {
  const path = below(labelsPath(image.path), name);
  const node = await requireNode(image.store, path, { ...options, format: image.zarrFormat });
  return openMultiscale(image.store, node, options);
}
