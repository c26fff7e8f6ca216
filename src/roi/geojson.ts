/** ROIs as GeoJSON and back: features in pixels of the finest level, as QuPath copies and pastes them (RFC 7946). */
import { Fault, sentence } from "../base/fault.ts";
import {
  isJsonObject,
  type Json,
  type JsonObject,
  listAt,
  numberAt,
  objectAt,
  textAt,
} from "../base/json.ts";
import { type Steps, stepwise } from "../base/steps.ts";
import { worldBox, type Zyx, zyx } from "../geometry/box.ts";
import { type FoundRoi, type Frame, unitsIn } from "./found-roi.ts";
import type { Roi } from "./rois.ts";

/**
 * Rectangles as QuPath annotations, a line each, to the thousandth of a pixel; what those cannot say, the planes, the
 * exact world box and values, is in `fovea`.
 */
export function* geojsonOf(
  rois: readonly Roi[],
  { grid, unit = "micrometer" }: Frame,
): Steps<string> {
  const [, height, width] = grid.scale;
  const features = yield* stepwise(rois, ({ name, box: { min, max }, cells }) => {
    const [left, right] = [rounded(min[2] / width), rounded(max[2] / width)];
    const [top, bottom] = [rounded(min[1] / height), rounded(max[1] / height)];
    const ring = [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
      [left, top],
    ];
    return JSON.stringify({
      type: "Feature",
      geometry: { type: "Polygon", coordinates: [ring] },
      properties: {
        objectType: "annotation",
        name,
        fovea: { axes: "zyx", unit, min, max, ...(cells && { values: Object.fromEntries(cells) }) },
      },
    });
  });
  return `{"type":"FeatureCollection","features":[\n${features.join(",\n")}\n]}\n`;
}

/** Seventeen digits would say no more: the longer a text, the longer the browser holds the page to copy and paste it. */
function rounded(pixels: number): number {
  return Math.round(pixels * 1000) / 1000;
}

/**
 * The bounding box of each feature; those that Fovea copied have the box they had.
 * @throws Fault "input" naming the feature that is none, or that has no area; nothing is taken then
 */
export function roisOfGeojson(text: string, frame: Frame): readonly FoundRoi[] {
  let json: Json;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Fault("input", `This is no GeoJSON: ${sentence(cause)}`, { cause });
  }
  const found = featuresOf(json).map((feature, i) => foundIn(feature, i + 1, frame));
  if (found.length === 0) throw new Fault("input", "This GeoJSON has no feature");
  return found;
}

function featuresOf(json: Json): readonly Json[] {
  if (Array.isArray(json)) return json;
  if (!isJsonObject(json)) return [];
  if (json["type"] === "FeatureCollection") return listAt(json, "features");
  return [json];
}

function foundIn(feature: Json, number: number, frame: Frame): FoundRoi {
  const where = `Feature ${number} of the GeoJSON`;
  if (!isJsonObject(feature) || feature["type"] !== "Feature") {
    const type = isJsonObject(feature) ? textAt(feature, "type") : undefined;
    const but = type === undefined ? "" : `, but a ${type}`;
    throw new Fault("input", `${where} is no Feature${but}`, { where });
  }
  const properties = objectAt(feature, "properties");
  const name = textAt(properties, "name");
  const fovea = objectAt(properties, "fovea");
  const exact = exactBox(fovea, frame);
  if (exact) return { name, box: exact, hasPlanes: true, ...valuesOf(fovea) };
  const geometry = objectAt(feature, "geometry");
  const kind = textAt(geometry, "type");
  if (kind === undefined) throw new Fault("input", `${where} has no geometry`, { where });
  if (kind !== "Polygon" && kind !== "MultiPolygon")
    throw new Fault("input", `${where} is a ${kind} without an area`, { where });
  const [top, left, bottom, right] = extentOf(listAt(geometry, "coordinates"), where);
  const { scale } = frame.grid;
  const plane = numberAt(objectAt(geometry, "plane"), "z");
  const z = plane ?? 0;
  return {
    name,
    hasPlanes: plane !== undefined,
    box: worldBox(
      [z * scale[0], top * scale[1], left * scale[2]],
      [(z + 1) * scale[0], bottom * scale[1], right * scale[2]],
    ),
  };
}

function valuesOf(said: JsonObject | undefined): Pick<FoundRoi, "cells"> {
  const values = Object.entries(objectAt(said, "values") ?? {});
  const cells = values.filter((entry): entry is [string, string | number | boolean] =>
    ["string", "number", "boolean"].includes(typeof entry[1]),
  );
  return cells.length > 0 ? { cells: new Map(cells) } : {};
}

/** The box that Fovea wrote, in the image's own unit. */
function exactBox(said: JsonObject | undefined, { unit }: Frame) {
  const [min, max] = [cornerAt(said, "min"), cornerAt(said, "max")];
  const by = unitsIn(textAt(said, "unit") ?? "", unit);
  if (!min || !max || by === undefined) return undefined;
  return worldBox(
    zyx((i) => min[i] * by),
    zyx((i) => max[i] * by),
  );
}

function cornerAt(said: JsonObject | undefined, key: string): Zyx | undefined {
  const [z, y, x] = listAt(said, key).filter((value) => typeof value === "number");
  return z === undefined || y === undefined || x === undefined ? undefined : [z, y, x];
}

/** The least and greatest y and x of nested rings. */
function extentOf(rings: readonly Json[], where: string): [number, number, number, number] {
  const extent: [number, number, number, number] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  const visit = (item: Json): void => {
    if (!Array.isArray(item)) throw new Fault("input", `${where} has a point that is none`);
    const [x, y] = item;
    if (typeof x !== "number" || typeof y !== "number") {
      for (const inner of item) visit(inner);
      return;
    }
    extent[0] = Math.min(extent[0], y);
    extent[1] = Math.min(extent[1], x);
    extent[2] = Math.max(extent[2], y);
    extent[3] = Math.max(extent[3], x);
  };
  for (const ring of rings) visit(ring);
  if (!(extent[2] > extent[0] && extent[3] > extent[1]))
    throw new Fault("input", `${where} has no area`, { where });
  return extent;
}
