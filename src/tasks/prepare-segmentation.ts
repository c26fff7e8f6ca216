/** What is looked up before a segmentation: the label that confines it, where there is one. */
import { Fault } from "../base/fault.ts";
import { objectAt, textAt } from "../base/json.ts";
import type { Image } from "../ome/multiscale.ts";
import { readNode } from "../zarr/node.ts";
import { below, type Options } from "../zarr/store.ts";
import type { Masking } from "./fields.ts";
import { openLabelInput } from "./label-input.ts";
import type { Plain, Prepared } from "./prepare.ts";
import { levelOf, type Recipe } from "./recipe.ts";

/** @throws Fault "input" or "missing" where the mask is not there or does not fit */
export async function prepareSegmentation(
  image: Image,
  recipe: Recipe<"threshold-segmentation">,
  plain: Plain,
): Promise<Prepared> {
  const { task, params, outputName } = recipe;
  const level = levelOf(recipe, image);
  const name = await maskLabel(image, params.masking);
  if (name === undefined)
    return { inputs: [level.array], taskOf: (unit) => ({ task, params, ...plain(unit) }) };
  if (name === outputName)
    throw new Fault("input", `The label "${name}" cannot be both the mask and what is made`);
  const label = await openLabelInput(image, level, name);
  return {
    inputs: [level.array, label.array],
    taskOf: (unit) => {
      const { roi, t } = unit;
      const { shape, ...box } = label.at(roi.box, t);
      const place = plain(unit);
      return {
        task,
        params,
        ...place,
        reads: [...place.reads, { input: 1, ...box }],
        mask: { shape, ...(roi.label === undefined ? {} : { label: roi.label }) },
      };
    },
  };
}

/**
 * The label whose objects mask; undefined for none.
 * @throws Fault "missing" where the masking table is not there, "input" where it names no label
 */
async function maskLabel(
  image: Image,
  masking: Masking,
  options: Options = {},
): Promise<string | undefined> {
  if (masking.kind !== "table") return masking.kind === "label" ? masking.name : undefined;
  const { store, zarrFormat: format } = image;
  const path = below(image.path, "tables", masking.name);
  const node = await readNode(store, path, { ...options, format });
  if (node === undefined)
    throw new Fault("missing", `The image has no table "${masking.name}" to mask by`, {
      where: path,
    });
  // Some versions of ngio wrote another path than "../labels/<name>"; its end is the name all the same.
  const region = textAt(objectAt(node.attributes, "region"), "path")?.split("/").at(-1);
  if (region !== undefined && image.labels.includes(region)) return region;
  throw new Fault(
    "input",
    region === undefined
      ? `The table "${masking.name}" does not say which label its rows are of, so it cannot mask; choose the label itself`
      : `The table "${masking.name}" is of the label "${region}", which the image does not have`,
    { where: path },
  );
}
