/** What the demo knows of itself, kept in attributes of its own beside OME-Zarr's. */
import { isJsonObject, type JsonObject, objectAt } from "../base/json.ts";
import type { Cell } from "./cells.ts";
import { DEMO_SEED, FOVS, fovName } from "./layout.ts";

const demoOf = (attributes: JsonObject): JsonObject | undefined =>
  objectAt(objectAt(attributes, "fovea"), "demo");

/** The attributes of the demo's plate. */
export function plateMark(complete: boolean): JsonObject {
  return { fovea: { demo: { seed: DEMO_SEED, complete } } };
}

export type PlateMark = "none" | "other seed" | "partial" | "complete";

/** What a plate's attributes say of it. */
export function readPlateMark(attributes: JsonObject): PlateMark {
  const demo = demoOf(attributes);
  if (demo === undefined) return "none";
  if (demo["seed"] !== DEMO_SEED) return "other seed";
  return demo["complete"] === true ? "complete" : "partial";
}

/** The attributes of an image of the demo: how many nuclei were placed in each field of view. */
export function imageTruth(seed: number, cells: readonly Cell[]): JsonObject {
  const count = (fov: number): number => cells.filter((cell) => cell.fov === fov).length;
  const nuclei = Object.fromEntries(FOVS.map((fov) => [fovName(fov), count(fov)]));
  return { fovea: { demo: { seed, nuclei } } };
}

/** The true number of nuclei per field of view ("FOV_1"); undefined for an image that is none of the demo's. */
export function demoTruth(attributes: JsonObject): ReadonlyMap<string, number> | undefined {
  const nuclei = demoOf(attributes)?.["nuclei"];
  if (!isJsonObject(nuclei)) return undefined;
  return new Map(
    Object.entries(nuclei).flatMap(([name, count]) =>
      typeof count === "number" ? [[name, count]] : [],
    ),
  );
}
