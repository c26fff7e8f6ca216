/** What the form makes up: a recipe that fits the image, kept per task and from image to image. */
import { beforeEach, describe, expect, it } from "vitest";
import { finished } from "../base/steps.ts";
import { worldBox } from "../geometry/box.ts";
import type { Image } from "../ome/multiscale.ts";
import { roisOf } from "../roi/rois.ts";
import { recipeProblem } from "../tasks/recipe.ts";
import { parseRecipe, recipeText } from "../tasks/recipe-file.ts";
import { makeImage } from "../testing/make-image.ts";
import { sourceOver, testServices } from "../testing/services.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { listRois } from "./recipe-rois.ts";
import {
  changeDraft,
  changeParam,
  chooseScope,
  createTaskForm,
  type FormPlace,
  recipeOf,
  refTo,
  takeRecipe,
  takeTask,
} from "./task-form.ts";

let image: Image;
let at: FormPlace;
let form: ReturnType<typeof createTaskForm>;
const recipe = () => recipeOf(form.getState(), at);

beforeEach(async () => {
  const store = new MemoryStore();
  image = await makeImage(store, { axes: ["c", "y", "x"], shape: [2, 8, 8], chunks: [1, 8, 8] });
  const source = sourceOver(store, testServices());
  const bounds = Float64Array.of(0, 0, 0, 1, 4, 4, 0, 0, 4, 1, 4, 8, 0, 4, 0, 1, 8, 4);
  at = {
    place: { source, image },
    image,
    workingLevel: "0",
    t: 0,
    label: undefined,
    tableName: "FOV_ROI_table",
    rois: finished(listRois(roisOf({ names: ["a", "b", "c"], bounds, labels: undefined }))).all,
    selection: new Set([2, 0]),
    objects: [{ id: 0, name: "12", label: 12, box: worldBox([0, 0, 0], [1, 2, 2]) }],
  };
  form = createTaskForm();
});

describe("the recipe of an untouched form", () => {
  it("can be run, on all ROIs of the table, its channel named by label", () => {
    expect(recipeProblem(recipe(), image)).toBeUndefined();
    expect(recipe()).toMatchObject({
      task: "threshold-segmentation",
      level: "0",
      outputName: "nuclei",
      roiTable: "FOV_ROI_table",
      params: { channel: { mode: "label", identifier: "channel 0" } },
      rois: [{ name: "a" }, { name: "b" }, { name: "c" }],
    });
  });

  it("has the labels of objects where the table has them", () => {
    at = { ...at, rois: at.rois.map((roi, i) => ({ ...roi, label: 7 + i })) };
    expect(recipe().rois.map(({ label }) => label)).toEqual([7, 8, 9]);
  });
});

describe("what is chosen", () => {
  it("is the selected ROIs in the order of the table, or the image as one", () => {
    form.setState({ scope: "selected" });
    expect(recipe().rois.map(({ name }) => name)).toEqual(["a", "c"]);
    form.setState({ scope: "image" });
    const { rois, roiTable } = recipe();
    expect(rois).toMatchObject([{ name: "image", box: { min: [0, 0, 0], max: [1, 8, 8] } }]);
    expect(roiTable).toBeUndefined();
  });

  it("is kept per task", () => {
    changeParam(form, "sigma", 5);
    changeDraft(form, { outputName: "cells" });
    takeTask(form, "measure-features");
    expect(recipe().outputName).not.toBe("cells");
    takeTask(form, "threshold-segmentation");
    expect(recipe()).toMatchObject({ params: { sigma: 5 }, outputName: "cells" });
  });

  it("is read at the level chosen where the image has it, else at the one worked on", () => {
    changeDraft(form, { level: "3" });
    expect(recipe().level).toBe("0");
  });

  it("is what a recipe says, which comes back as it went by way of a file", () => {
    changeParam(form, "sigma", 5);
    changeParam(form, "threshold", { kind: "fixed", value: 12 });
    changeDraft(form, { outputName: "cells" });
    const before = recipe();
    const other = createTaskForm();
    takeRecipe(other, parseRecipe(recipeText(before)));
    expect(recipeOf(other.getState(), at)).toEqual(before);
  });
});

describe("the name of a channel", () => {
  const channel = {
    wavelengthId: undefined,
    color: [0, 0, 0],
    active: true,
    window: undefined,
  } as const;
  const channels = ["DAPI", "GFP", "GFP", ""].map((label, index) => ({ ...channel, label, index }));

  it.each([
    [0, { mode: "label", identifier: "DAPI" }],
    [2, { mode: "index", identifier: "2" }],
    [3, { mode: "index", identifier: "3" }],
  ])("of channel %i is its label where no other has it, else its index", (index, ref) => {
    const one = channels[index];
    if (one === undefined) throw new Error("There is no such channel");
    expect(refTo(channels, one)).toEqual(ref);
  });
});

describe("the objects of the label that masks", () => {
  it("are what it runs on, and of no table, for as long as a label masks", () => {
    changeParam(form, "masking", { kind: "label", name: "organoids" });
    chooseScope(form, "objects", at.place);
    expect(recipe().rois).toEqual(at.objects);
    expect(recipe().roiTable).toBeUndefined();
    changeParam(form, "masking", { kind: "table", name: "organoids_table" });
    expect(recipe().rois.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  });
});
