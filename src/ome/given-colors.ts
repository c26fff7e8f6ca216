/** The colours that a label gives to its objects (`image-label.colors`), read at the door. */
import { isJsonObject, type JsonObject, listAt, numberAt, objectAt } from "../base/json.ts";
import type { LookupRequest } from "./label-lookup.ts";

/**
 * The colour of each object that has one, 24-bit RGB as one number; undefined where none has. How opaque a label is says
 * who looks at it: the last number of `rgba` is left out.
 * @param ome the label's attributes as OME-Zarr has them
 */
export function givenColors(ome: JsonObject): LookupRequest | undefined {
  const ids: number[] = [];
  const values: number[] = [];
  for (const entry of listAt(objectAt(ome, "image-label"), "colors")) {
    const id = numberAt(entry, "label-value");
    const color = isJsonObject(entry) ? rgbIn(entry) : undefined;
    if (id === undefined || !Number.isSafeInteger(id) || color === undefined) continue;
    ids.push(id);
    values.push(color);
  }
  return ids.length === 0 ? undefined : { ids, values, reach: undefined };
}

/** Undefined where they are not three whole numbers from 0 to 255. */
function rgbIn(entry: JsonObject): number | undefined {
  const rgb = listAt(entry, "rgba").slice(0, 3).map(Number);
  const isColor = rgb.every((part) => Number.isInteger(part) && part >= 0 && part <= 255);
  return rgb.length === 3 && isColor ? rgb.reduce((all, part) => 256 * all + part, 0) : undefined;
}
