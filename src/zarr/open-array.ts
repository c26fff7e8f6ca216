/** Opens an array: its metadata, and nothing of its chunks. */
import { Fault } from "../base/fault.ts";
import { type JsonObject, objectAt } from "../base/json.ts";
import type { ZarrArray, ZarrFormat } from "./array.ts";
import { arrayMeta } from "./array-meta.ts";
import { readJson } from "./json-file.ts";
import { keyOf, type Options, type Store } from "./store.ts";

/**
 * One request. Attributes come with v3 alone: v2 keeps them in a file of their own, which `readAttributes` reads.
 * @throws Fault "missing" where no array is, "invalid", "unsupported", or as the store does
 */
export async function openArray(
  store: Store,
  path: string,
  format: ZarrFormat,
  options: Options = {},
): Promise<ZarrArray> {
  const file = await readJson(store, keyOf(path, format === 2 ? ".zarray" : "zarr.json"), options);
  const [stored, attributes] = format === 2 ? [file, {}] : withoutAttributes(file);
  if (stored === undefined || (format === 3 && stored["node_type"] !== "array"))
    throw new Fault("missing", `There is no array at ${path || "/"}`, { where: path });
  return { ...arrayMeta(path, format, stored, attributes), store };
}

/** What v3 stores in one file, as the metadata proper and the attributes. */
function withoutAttributes(file: JsonObject | undefined): [JsonObject | undefined, JsonObject] {
  if (file === undefined) return [undefined, {}];
  const { attributes: _, ...stored } = file;
  return [stored, objectAt(file, "attributes") ?? {}];
}
