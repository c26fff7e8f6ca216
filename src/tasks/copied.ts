/** What a new image takes over from the one it was made of: its tables and labels, file by file (ngio `derive_image`). */
import type { Image, Multiscale } from "../ome/multiscale.ts";
import { below, keyOf, type Options, writable } from "../zarr/store.ts";
import { flattenTables } from "./flatten-tables.ts";
import { copyFolder } from "./kept-aside.ts";
import type { Makes } from "./makes.ts";

/** Can be done again where it was cut off. */
export async function copyBeside(
  { store, path }: Image,
  output: Multiscale | undefined,
  { array }: Makes,
  options: Options,
): Promise<void> {
  if (output === undefined || array?.kind !== "image") return;
  const target = writable(store);
  for (const folder of array.copies ?? []) {
    const copy = keyOf(below(output.path, folder));
    await target.delete(copy, options);
    await copyFolder(target, keyOf(below(path, folder)), target, copy, options);
  }
  if (array.z === "projected") await flattenTables(output, options);
}
