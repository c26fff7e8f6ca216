/** What a text on the clipboard says of ROIs, whichever of the ways it is written in. */
import { roisOfDelimited } from "./delimited.ts";
import type { FoundRoi, Frame } from "./found-roi.ts";
import { roisOfGeojson } from "./geojson.ts";

/** @throws Fault "input" saying what is wrong and in which row or feature; nothing is taken then */
export function roisOfText(text: string, frame: Frame): readonly FoundRoi[] {
  return /^\s*[[{]/.test(text) ? roisOfGeojson(text, frame) : roisOfDelimited(text, frame);
}
