/** Recipes into the form: what fits is taken with its table, what does not is refused and changes nothing. */
import { beforeEach, describe, expect, it } from "vitest";
import { remove } from "../editor/commands.ts";
import type { Image } from "../ome/multiscale.ts";
import { thresholdSegmentation } from "../tasks/kinds/threshold-segmentation.ts";
import type { SharedRecipe } from "../tasks/recipe-file.ts";
import { run } from "../tasks/run.ts";
import { computeHere } from "../testing/compute-here.ts";
import { recipeFor } from "../testing/label-runs.ts";
import { fields, makeNuclei } from "../testing/nuclei.ts";
import { sourceOver, testSession } from "../testing/services.ts";
import { putRois } from "../testing/tables.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { addLabel } from "./labels.ts";
import { openSource } from "./open.ts";
import { loadRecipe, madeThings } from "./recipes.ts";
import { edit } from "./rois.ts";
import type { Session } from "./session.ts";

const recipe: SharedRecipe = {
  task: "threshold-segmentation",
  level: "0",
  outputName: "cells",
  params: { ...thresholdSegmentation.defaults, sigma: 5 },
};

let store: MemoryStore;
let session: Session;
let image: Image;
const form = () => session.taskForm.getState();

beforeEach(async () => {
  store = new MemoryStore();
  session = testSession();
  image = await makeNuclei(store);
  await putRois(store, "FOV_ROI_table");
  await putRois(store, "other_ROI_table");
  await openSource(session, sourceOver(store, session.services));
});

describe("a recipe that fits", () => {
  it("fills the form in", async () => {
    await loadRecipe(session, recipe);
    const { task, drafts } = form();
    expect(task).toBe("threshold-segmentation");
    expect(drafts[task]).toEqual({ level: "0", outputName: "cells", params: recipe.params });
  });

  it("opens the table that it names", async () => {
    expect(session.rois.getState().tableName).toBe("FOV_ROI_table");
    await loadRecipe(session, { ...recipe, roiTable: "other_ROI_table" });
    expect(session.rois.getState().tableName).toBe("other_ROI_table");
  });
});

describe("a recipe that does not fit", () => {
  it.each([
    [{ level: "9" }, 'The recipe does not fit: The image has no level "9"; it has "0"'],
    [
      { roiTable: "wells" },
      /^The recipe does not fit: The image has no ROI table "wells"; it has /,
    ],
  ])("is refused, and changes nothing: %o", async (change, message) => {
    const before = form();
    await expect(loadRecipe(session, { ...recipe, ...change })).rejects.toThrow(message);
    expect(form()).toBe(before);
  });

  it("is refused where edits of the open table would be lost", async () => {
    const before = form();
    edit(session, remove(session.rois.getState().document.rois, new Set([0])));
    await expect(loadRecipe(session, { ...recipe, roiTable: "other_ROI_table" })).rejects.toThrow(
      'The recipe is for the ROI table "other_ROI_table": save or undo the changes to "FOV_ROI_table" first',
    );
    expect(form()).toBe(before);
    expect(session.rois.getState().tableName).toBe("FOV_ROI_table");
    await loadRecipe(session, { ...recipe, roiTable: "FOV_ROI_table" });
    expect(form()).not.toBe(before);
  });

  it("is refused where no image is open", async () => {
    await expect(loadRecipe(testSession(), recipe)).rejects.toThrow("Open an image first");
  });
});

it("the recipe of a label that Fovea made is on offer, and none of what others made", async () => {
  expect(await madeThings(session, image, {})).toEqual([]);
  const job = { recipe: recipeFor(fields), replace: false, version: "test" };
  const executor = await computeHere(image, job.recipe, 1);
  await run(image, job, { executor, onEvent: () => undefined });
  addLabel(session.view, "nuclei");
  const { rois: _rois, t: _t, ...shared } = job.recipe;
  expect(await madeThings(session, image, {})).toEqual([
    { kind: "label", name: "nuclei", recipe: shared },
  ]);
});
