/** Says what is at a path of a store: a group or an array, in which format, with which attributes. */
import { type Fault, isFault } from "../base/fault.ts";
import { type JsonObject, objectAt } from "../base/json.ts";
import type { ZarrFormat } from "./array.ts";
import { readJson } from "./json-file.ts";
import { isMissingOnWeb } from "./missing-on-web.ts";
import { keyOf, type Options, type Store } from "./store.ts";

export interface ZarrNode {
  /**
   * Zarr v2 keeps attributes and kind in different files: where attributes are found, the kind is not asked for, and
   * "group" is said of an array too. `openArray` asks.
   */
  readonly kind: "group" | "array";
  readonly path: string;
  readonly format: ZarrFormat;
  readonly attributes: JsonObject;
  /** Why there are no attributes, where the server refuses them: there may be none, or none that it gives. */
  readonly refused?: Fault | undefined;
}

export interface NodeOptions extends Options {
  /** Where it is known, one request is enough. */
  readonly format?: ZarrFormat;
}

/**
 * Reads a node with as few requests as there can be: one of a known format, three at once of an unknown one. Consolidated
 * metadata is never used: it may be older than what it copies.
 * @returns undefined where nothing is
 * @throws Fault "invalid" for JSON that is none, or as the store does
 */
export async function readNode(
  store: Store,
  path: string,
  { format, ...options }: NodeOptions = {},
): Promise<ZarrNode | undefined> {
  const file = (name: string) => readJson(store, keyOf(path, name), options);
  if (format === 3) return nodeV3(path, await file("zarr.json"));
  if (format === 2) {
    const attributes = await file(".zattrs");
    if (attributes !== undefined) return nodeV2(path, "group", attributes);
    const [group, array] = await firstOf(store, [file(".zgroup"), file(".zarray")]);
    if (group) return nodeV2(path, "group", {});
    return array && nodeV2(path, "array", {});
  }
  const asked = [file("zarr.json"), file(".zattrs"), file(".zgroup")] as const;
  const [v3, attributes, group] = await firstOf(store, asked);
  if (v3) return nodeV3(path, v3);
  if (attributes) return nodeV2(path, "group", attributes);
  if (group) return { ...nodeV2(path, "group", {}), refused: await refusalOf(asked[1]) };
  return (await file(".zarray")) && nodeV2(path, "array", {});
}

/** The attributes of a node of a known format, with one request; undefined where it has none or is not there. */
export async function readAttributes(
  store: Store,
  path: string,
  format: ZarrFormat,
  options: Options = {},
): Promise<JsonObject | undefined> {
  if (format === 2) return readJson(store, keyOf(path, ".zattrs"), options);
  return nodeV3(path, await readJson(store, keyOf(path, "zarr.json"), options))?.attributes;
}

function nodeV2(path: string, kind: ZarrNode["kind"], attributes: JsonObject): ZarrNode {
  return { kind, path, format: 2, attributes };
}

function nodeV3(path: string, file: JsonObject | undefined): ZarrNode | undefined {
  if (file === undefined) return undefined;
  const kind = file["node_type"] === "array" ? "array" : "group";
  return { kind, path, format: 3, attributes: objectAt(file, "attributes") ?? {} };
}

/** Why a file was not given; undefined where it was, or is not there. */
function refusalOf(file: Promise<unknown>): Promise<Fault | undefined> {
  return file.then(
    () => undefined,
    (error: unknown) => (isFault(error) ? error : undefined),
  );
}

/**
 * All files asked for; one that could not be read counts as missing if another is there. Many servers answer a missing
 * file with "denied" or a web page, and only what is found says that the others were no more than that.
 */
async function firstOf(
  store: Store,
  files: readonly Promise<JsonObject | undefined>[],
): Promise<readonly (JsonObject | undefined)[]> {
  const outcomes = await Promise.allSettled(files);
  const found = outcomes.map((o) => (o.status === "fulfilled" ? o.value : undefined));
  for (const outcome of outcomes) {
    if (outcome.status === "fulfilled") continue;
    if (!isMissingOnWeb(store, outcome.reason) || found.every((file) => file === undefined))
      throw outcome.reason;
  }
  return found;
}
