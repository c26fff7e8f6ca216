/** Recipes as text: they come back as they went, and what is wrong with one is said in a sentence. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Image } from "../ome/multiscale.ts";
import { recipeFor } from "../testing/label-runs.ts";
import { fields, makeNuclei } from "../testing/nuclei.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { thresholdSegmentation } from "./kinds/threshold-segmentation.ts";
import { fitProblem, parseRecipe, recipeIn, recipeText, type SharedRecipe } from "./recipe-file.ts";

const recipe: SharedRecipe = {
  task: "threshold-segmentation",
  level: "0",
  outputName: "nuclei",
  roiTable: "FOV_ROI_table",
  params: {
    ...thresholdSegmentation.defaults,
    channel: { mode: "label", identifier: "channel 0" },
    sigma: 1.5,
    threshold: { kind: "fixed", value: 300 },
  },
};

/** The file of the recipe with something else in it. */
function changed(change: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...JSON.parse(recipeText(recipe)), ...change });
}

describe("the text of a recipe", () => {
  it("comes back as it went, and names neither ROIs nor a time point", () => {
    expect(parseRecipe(recipeText(recipe))).toEqual(recipe);
    const { roiTable: _none, ...free } = recipe;
    expect(parseRecipe(recipeText(free))).toEqual(free);
    expect(Object.keys(JSON.parse(recipeText(recipeFor(fields))))).toEqual(
      expect.not.arrayContaining(["rois", "t"]),
    );
  });

  it("says what it is and of which version, for whoever finds the file", () => {
    expect(JSON.parse(recipeText(recipe))).toMatchObject({ fovea: "recipe", version: 1 });
  });

  it("takes the default for a parameter it does not name", () => {
    const { params } = parseRecipe(changed({ params: { sigma: 3 } }));
    expect(params).toEqual({ ...thresholdSegmentation.defaults, sigma: 3 });
  });

  it.each([
    ["sigma: 2", "This is no recipe of Fovea: it is not JSON"],
    ["[1]", 'This is no recipe of Fovea: a recipe is JSON with "fovea": "recipe"'],
    [changed({ fovea: "plate" }), /^This is no recipe of Fovea/],
    [changed({ version: 2 }), "The recipe is of version 2, and this Fovea reads version 1"],
    [
      changed({ version: undefined }),
      "The recipe is of version null, and this Fovea reads version 1",
    ],
    [changed({ task: "toString" }), /^There is no task "toString"; there are "threshold-seg/],
    [changed({ params: [] }), 'The recipe\'s "params" are no object'],
    [
      changed({ params: { sigma: -1 } }),
      "In the recipe: Sigma must be a number between 0 and 100 (px)",
    ],
    [changed({ params: { sigmas: 1 } }), 'In the recipe: There is no parameter "sigmas"'],
    [changed({ level: 1 }), 'The recipe has no "level"'],
    [changed({ outputName: undefined }), 'The recipe has no "outputName"'],
  ])("refuses %s", (text, sentence) => {
    expect(() => parseRecipe(text)).toThrow(
      expect.objectContaining({
        tag: "invalid",
        message: typeof sentence === "string" ? sentence : expect.stringMatching(sentence),
      }),
    );
  });
});

describe("the recipe in an output's attributes", () => {
  it("is the one it was made with, without its ROIs", () => {
    const { rois: _rois, t: _t, ...kept } = recipeFor(fields);
    expect(
      recipeIn({ fovea: { run: { recipe: JSON.parse(JSON.stringify(recipeFor(fields))) } } }),
    ).toEqual(kept);
  });

  it("is not there where Fovea did not make it, or has not finished it", () => {
    expect(recipeIn({})).toBeUndefined();
    expect(recipeIn({ fovea: { unfinished: true, run: "1" } })).toBeUndefined();
  });
});

describe("whether a recipe fits an image", () => {
  let image: Image;
  beforeEach(async () => {
    image = await makeNuclei(new MemoryStore());
  });

  it("does where the image has all it names", () => {
    expect(fitProblem(recipe, image, ["FOV_ROI_table"])).toBeUndefined();
  });

  it("does not where it lacks the level, the channel or the table", () => {
    const tables = ["FOV_ROI_table"];
    expect(fitProblem({ ...recipe, level: "7" }, image, tables)).toBe(
      'The image has no level "7"; it has "0"',
    );
    const channel = { mode: "label", identifier: "DAPI" } as const;
    const params = { ...thresholdSegmentation.defaults, channel };
    expect(fitProblem({ ...recipe, task: "threshold-segmentation", params }, image, tables)).toBe(
      'The image has no channel labelled "DAPI"; it has "channel 0"',
    );
    expect(fitProblem(recipe, image, ["well_ROI_table"])).toBe(
      'The image has no ROI table "FOV_ROI_table"; it has "well_ROI_table"',
    );
  });
});
