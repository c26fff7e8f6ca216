/** The multiscales attribute: axes, dataset paths and their transformations, before any array is opened. */
import { Fault, isFault } from "../base/fault.ts";
import { isJsonObject, type Json, type JsonObject, listAt, textAt } from "../base/json.ts";
import { placeOf } from "./attributes.ts";
import { parseAxes } from "./axes.ts";
import type { Axis } from "./multiscale.ts";

/** One entry of "datasets"; the transformations are per axis, the multiscale's own multiplied in. */
export interface Dataset {
  readonly path: string;
  readonly scale: readonly number[];
  readonly translation: readonly number[];
}

export interface Datasets {
  readonly name: string | undefined;
  readonly axes: readonly Axis[];
  /** As stored, the finest first; a Fault where an entry cannot be used. */
  readonly datasets: readonly (Dataset | Fault)[];
}

/**
 * Reads `multiscales[0]` (OME-Zarr 0.4 and 0.5, §multiscales).
 * @throws Fault "invalid" without datasets, "unsupported" for axes that Fovea cannot read or an older version.
 */
export function parseDatasets(ome: JsonObject, path: string): Datasets {
  const [multiscale] = listAt(ome, "multiscales");
  const stored = listAt(multiscale, "datasets");
  if (stored.length === 0)
    throw invalid(path, `lists no arrays in "multiscales[0].datasets"; at least one is expected`);
  const version = textAt(multiscale, "version");
  if (listAt(multiscale, "axes").length === 0)
    throw new Fault(
      "unsupported",
      `${placeOf(path)} has no "multiscales[0].axes"${version ? ` and says that it is OME-Zarr ${version}` : ""}; Fovea reads OME-Zarr 0.4 and 0.5, which name their axes`,
      { where: path },
    );
  const axes = parseAxes(listAt(multiscale, "axes"), path);
  const whole = parseTransforms(multiscale, axes.length, `${path} multiscales[0]`);
  const datasets = stored.map((dataset, i) => {
    try {
      return parseDataset(dataset, axes.length, whole, `${path} multiscales[0].datasets[${i}]`);
    } catch (error) {
      if (isFault(error)) return error;
      throw error;
    }
  });
  return { name: textAt(multiscale, "name"), axes, datasets };
}

type Transforms = Pick<Dataset, "scale" | "translation">;

function parseDataset(dataset: Json, rank: number, whole: Transforms, where: string): Dataset {
  const path = textAt(dataset, "path");
  if (path === undefined) throw new Fault("invalid", `It has no "path" in ${where}`, { where });
  const own = parseTransforms(dataset, rank, where);
  const at = (values: readonly number[], i: number, absent: number): number => values[i] ?? absent;
  return {
    path,
    scale: own.scale.map((s, i) => s * at(whole.scale, i, 1)),
    translation: own.translation.map(
      (t, i) => t * at(whole.scale, i, 1) + at(whole.translation, i, 0),
    ),
  };
}

/** Scale and translation of "coordinateTransformations"; ones and zeros where it is silent. */
function parseTransforms(holder: Json | undefined, rank: number, where: string): Transforms {
  let scale: readonly number[] = Array.from({ length: rank }, () => 1);
  let translation: readonly number[] = Array.from({ length: rank }, () => 0);
  for (const transform of listAt(holder, "coordinateTransformations")) {
    const type = textAt(transform, "type");
    if (type === "scale") scale = numbersOf(transform, type, rank, where);
    else if (type === "translation") translation = numbersOf(transform, type, rank, where);
    else if (type !== "identity")
      throw new Fault(
        "unsupported",
        `It has a coordinate transformation of type "${type ?? "(none)"}" in ${where}; Fovea reads "scale" and "translation"`,
        { where },
      );
  }
  if (scale.some((value) => value <= 0))
    throw new Fault(
      "invalid",
      `Its scale is ${scale.join(", ")} in ${where}; each number should be above 0`,
      { where },
    );
  return { scale, translation };
}

function numbersOf(transform: Json, key: string, rank: number, where: string): readonly number[] {
  const numbers = listAt(transform, key).map(Number);
  if (numbers.length === rank && numbers.every(Number.isFinite)) return numbers;
  throw new Fault(
    "invalid",
    `Its ${key} is [${numbers.join(", ")}] in ${where}; ${rank} numbers are expected, one per axis`,
    { where },
  );
}

/** Whether the attributes describe a multiscale at all. */
export function hasMultiscale(ome: JsonObject): boolean {
  return isJsonObject(listAt(ome, "multiscales")[0]);
}

function invalid(path: string, what: string): Fault {
  return new Fault("invalid", `${placeOf(path)} ${what}`, { where: path });
}
