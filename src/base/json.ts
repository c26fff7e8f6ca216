/** JSON values, and the few readers that parsing at the door needs. */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object under a key, or undefined where there is none. */
export function objectAt(value: Json | undefined, key: string): JsonObject | undefined {
  const found = isJsonObject(value) ? value[key] : undefined;
  return isJsonObject(found) ? found : undefined;
}

/** The list under a key, or an empty list. */
export function listAt(value: Json | undefined, key: string): readonly Json[] {
  const found = isJsonObject(value) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
}

/** The text under a key, or undefined where there is none. */
export function textAt(value: Json | undefined, key: string): string | undefined {
  const found = isJsonObject(value) ? value[key] : undefined;
  return typeof found === "string" ? found : undefined;
}

/** The finite number under a key; a number written as text counts ("700"). */
export function numberAt(value: Json | undefined, key: string): number | undefined {
  const found = isJsonObject(value) ? value[key] : undefined;
  if (typeof found !== "number" && (typeof found !== "string" || found.trim() === ""))
    return undefined;
  const number = Number(found);
  return Number.isFinite(number) ? number : undefined;
}

/** Whether two values say the same, whatever the order of their members. */
export function isSameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [ours, theirs] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return (
    ours.size === theirs.size &&
    [...ours].every(([key, value]) => isSameJson(value, theirs.get(key)))
  );
}
