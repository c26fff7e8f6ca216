/** A collection of images in one folder, as bioformats2raw writes a file that holds several (OME-Zarr §bf2raw). */
import { Fault } from "../base/fault.ts";
import { type JsonObject, listAt } from "../base/json.ts";
import { isMissingOnWeb } from "../zarr/missing-on-web.ts";
import { type NodeOptions, readNode, type ZarrNode } from "../zarr/node.ts";
import { below, type Options, type Store } from "../zarr/store.ts";
import { omeAttributes, placeOf } from "./attributes.ts";
import type { Well } from "./multiscale.ts";

/** Whether these attributes are those of a collection's root. */
export function isCollection(node: ZarrNode, ome: JsonObject): boolean {
  return "bioformats2raw.layout" in ome || "bioformats2raw.layout" in node.attributes;
}

/**
 * The images that the group "OME" lists, with one request; where it lists none the groups "0", "1", … that are there,
 * with one request for each.
 * @throws Fault "missing" where no image is
 */
export async function readCollection(
  store: Store,
  { path, format }: ZarrNode,
  options: Options,
): Promise<Well> {
  const known = { ...options, format };
  const listed = await listedIn(store, path, known);
  const paths = listed.length > 0 ? listed : await numberedIn(store, path, known);
  if (paths.length === 0)
    throw new Fault(
      "missing",
      `${placeOf(path)} is a collection that bioformats2raw wrote, and holds no image: neither "OME" lists one nor is "0" there`,
      { where: path },
    );
  const images = paths.map((image) => ({ path: image, acquisition: undefined }));
  return { kind: "collection", path, store, zarrFormat: format, images };
}

async function listedIn(store: Store, path: string, options: NodeOptions) {
  const node = await foundAt(store, below(path, "OME"), options);
  const series = node ? listAt(omeAttributes(node), "series") : [];
  return series.filter((one) => typeof one === "string");
}

async function numberedIn(store: Store, path: string, options: NodeOptions) {
  const paths: string[] = [];
  while (await foundAt(store, below(path, String(paths.length)), options))
    paths.push(String(paths.length));
  return paths;
}

async function foundAt(store: Store, path: string, options: NodeOptions) {
  try {
    return await readNode(store, path, options);
  } catch (error) {
    if (isMissingOnWeb(store, error)) return undefined;
    throw error;
  }
}
