/**
 * Consolidated metadata: a copy of all metadata below a group, which zarr-python believes over what is there. Fovea never
 * reads it, and drops it from the groups above a node that it adds or removes, so that others see the change.
 */
import type { ZarrFormat } from "./array.ts";
import { jsonBytes, readJsonKeeping } from "./json-file.ts";
import { keyOf, type Options, type Store, writable } from "./store.ts";

/** Drops the copies in a group and in every group above it, as far as the store reaches. */
export async function dropConsolidated(
  store: Store,
  path: string,
  format: ZarrFormat,
  options: Options = {},
): Promise<void> {
  const parts = path.split("/").filter((part) => part !== "");
  for (let depth = parts.length; depth >= 0; depth--)
    await dropFrom(store, parts.slice(0, depth).join("/"), format, options);
}

async function dropFrom(
  store: Store,
  path: string,
  format: ZarrFormat,
  options: Options,
): Promise<void> {
  const target = writable(store);
  if (format === 2) return target.delete(keyOf(path, ".zmetadata"), options);
  const key = keyOf(path, "zarr.json");
  const stored = await readJsonKeeping(store, key, options);
  if (stored === undefined || !("consolidated_metadata" in stored)) return;
  const { consolidated_metadata: _copy, ...kept } = stored;
  await target.set(key, jsonBytes(kept), options);
}
