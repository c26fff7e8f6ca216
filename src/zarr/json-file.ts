/** The JSON files of a store: read with one sentence for whatever is wrong with them. */
import { Fault } from "../base/fault.ts";
import { isJsonObject, type JsonObject } from "../base/json.ts";
import { formatJson, parseJson, parseKeeping } from "./json-text.ts";
import type { Key, Options, Store } from "./store.ts";

/** The object a JSON file holds, undefined where there is no file; @throws Fault "invalid" for anything else. */
export async function readJson(
  store: Store,
  key: Key,
  options: Options = {},
): Promise<JsonObject | undefined> {
  return objectOf(await store.get(key, options), key, parseJson);
}

/** As readJson, with numbers that JavaScript would round kept for `jsonBytes` to write back. */
export async function readJsonKeeping(
  store: Store,
  key: Key,
  options: Options = {},
): Promise<JsonObject | undefined> {
  return objectOf(await store.get(key, options), key, parseKeeping);
}

/** A value as the bytes of a JSON file. */
export function jsonBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(formatJson(value));
}

function objectOf(
  bytes: Uint8Array<ArrayBuffer> | undefined,
  key: Key,
  parse: (text: string) => unknown,
): JsonObject | undefined {
  if (bytes === undefined) return undefined;
  const value = attempt(() => parse(new TextDecoder().decode(bytes)), key);
  if (isJsonObject(value)) return value;
  throw broken(key, "does not hold a JSON object");
}

function attempt(parse: () => unknown, key: Key): unknown {
  try {
    return parse();
  } catch (cause) {
    throw broken(key, "is not valid JSON", cause);
  }
}

function broken(key: Key, how: string, cause?: unknown): Fault {
  return new Fault("invalid", `The file ${key} ${how}`, { where: key, cause });
}
