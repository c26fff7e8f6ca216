/** Where OME-Zarr keeps its metadata: at the top of a Zarr v2 group's attributes, under "ome" in Zarr v3. */
import { type JsonObject, objectAt } from "../base/json.ts";
import type { ZarrFormat } from "../zarr/array.ts";

export type OmeVersion = "0.4" | "0.5";

/** OME-Zarr 0.4 is written in Zarr v2, 0.5 in Zarr v3. */
export function versionOf(format: ZarrFormat): OmeVersion {
  return format === 2 ? "0.4" : "0.5";
}

/** The attributes that OME-Zarr speaks of. A Zarr v3 group that keeps them at the top, as some early writers did, is read too. */
export function omeAttributes(node: {
  readonly format: ZarrFormat;
  readonly attributes: JsonObject;
}): JsonObject {
  return (node.format === 3 ? objectAt(node.attributes, "ome") : undefined) ?? node.attributes;
}

/** A group's attributes with OME-Zarr metadata put where its version wants them; everything else is kept. */
export function withOme(
  format: ZarrFormat,
  attributes: JsonObject,
  metadata: JsonObject,
): JsonObject {
  if (format === 2) return { ...attributes, ...metadata };
  const ome = { version: versionOf(format), ...objectAt(attributes, "ome"), ...metadata };
  return { ...attributes, ome };
}

/** A place inside the store as the user reads it in a sentence. */
export function placeOf(path: string): string {
  return path === "" ? "The opened folder" : `"${path}"`;
}
