/** What the images of a collection are called, as the file they come from says in its OME-XML (OME-Zarr §bf2raw). */
import { parseXml } from "@rgrove/parse-xml";
import { Fault } from "../base/fault.ts";
import { isMissingOnWeb } from "../zarr/missing-on-web.ts";
import { below, keyOf, type Options } from "../zarr/store.ts";
import type { Well } from "./multiscale.ts";

/** The start of an element for an image, whatever the prefix of its namespace; ">" may stand in an attribute. */
const IMAGE = /<(?:[\w.-]+:)?Image\b(?:"[^"]*"|'[^']*'|[^>"'])*>/g;

/**
 * One for each image, in the same order; undefined for one without. Costs one request. Only the starts of the elements are
 * parsed: what lies between them may be the metadata of every plane.
 * @returns nothing where there is no such file, or it tells of another number of images
 */
export async function readCollectionNames(
  { store, path, images }: Well,
  options: Options = {},
): Promise<readonly (string | undefined)[]> {
  const key = keyOf(below(path, "OME"), "METADATA.ome.xml");
  const bytes = await store.get(key, options).catch((error: unknown) => {
    if (!isMissingOnWeb(store, error)) throw error;
  });
  if (bytes === undefined) return [];
  const tags = new TextDecoder().decode(bytes).match(IMAGE) ?? [];
  return tags.length === images.length ? tags.map(nameIn) : [];
}

/** @throws Fault "invalid" where the element is no XML */
function nameIn(tag: string): string | undefined {
  try {
    const { root } = parseXml(tag.replace(/\/?>$/, "/>"));
    return root?.attributes["Name"]?.trim() || undefined;
  } catch (cause) {
    throw new Fault("invalid", `OME/METADATA.ome.xml is no XML: ${tag.slice(0, 80)}`, { cause });
  }
}
