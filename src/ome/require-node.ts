/** A Zarr group that has to be there. */
import { Fault } from "../base/fault.ts";
import type { ZarrFormat } from "../zarr/array.ts";
import { readNode, type ZarrNode } from "../zarr/node.ts";
import type { Options, Store } from "../zarr/store.ts";
import { placeOf } from "./attributes.ts";

/**
 * The group at a path; knowing the format saves requests.
 * @throws Fault "missing" where nothing is, "unsupported" where an array is.
 */
export async function requireNode(
  store: Store,
  path: string,
  options: Options & { readonly format?: ZarrFormat } = {},
): Promise<ZarrNode> {
  const node = await readNode(store, path, options);
  if (node === undefined)
    throw new Fault(
      "missing",
      `${placeOf(path)} is not a Zarr: neither zarr.json nor .zgroup is there`,
      { where: path },
    );
  if (node.kind === "array") throw arrayFault(path);
  return node;
}

/** That a path holds an array where a group is expected. */
export function arrayFault(path: string): Fault {
  return new Fault(
    "unsupported",
    `${placeOf(path)} is a Zarr array, and not an OME-Zarr: open the group it is in, the one with "multiscales" in its attributes`,
    { where: path },
  );
}
