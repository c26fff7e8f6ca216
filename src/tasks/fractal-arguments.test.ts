/** What the words for Fractal of any recipe say of its ROIs, of what does not fit the image, and of uneven levels. */
import { expect, test } from "vitest";
import { worldBox } from "../geometry/box.ts";
import { fields, imageOf, segmentation, unsaid } from "../testing/fractal-recipes.ts";
import { fractalExport } from "./fractal-arguments.ts";
import type { RecipeRoi } from "./recipe.ts";

test("goes over all ROIs of a table as it is stored, or says why not", async () => {
  const image = await imageOf();
  const [first, second] = fields;
  const of = (rois: readonly RecipeRoi[], table: readonly RecipeRoi[] | undefined = fields) =>
    unsaid(fractalExport(segmentation({}, { rois }), image, table));
  expect(of(fields)).toEqual([]);
  expect(of(fields.slice(0, 1))).toEqual([
    'Only 1 of the 2 ROIs of "FOV_ROI_table": Fractal runs on all of a table',
  ]);
  expect(of(fields.toReversed())).toEqual([
    'ROIs in another order than that of "FOV_ROI_table", in which Fractal goes over them',
  ]);
  const moved = { ...first, id: 0, name: "FOV_1", box: worldBox([0, 0, 1], [6, 32, 17]) };
  expect(of([moved, ...(second ? [second] : [])])).toEqual([
    'The ROIs as they are now: "FOV_1" is not so in the table "FOV_ROI_table" that Fractal reads; save it first',
  ]);
  const { roiTable: _, ...loose } = segmentation({});
  expect(unsaid(fractalExport(loose, image, undefined))).toEqual([
    "ROIs that are of no table: Fractal runs on all ROIs of a table, or on the image as a whole",
  ]);
});

test("what does not fit the image is said first", async () => {
  const recipe = segmentation({ channel: { mode: "label", identifier: "DAPI" } });
  expect(unsaid(fractalExport(recipe, await imageOf(), fields))).toEqual([
    'The image has no channel labelled "DAPI"; it has "channel 0", "channel 1"',
  ]);
});

test("where levels do not halve evenly, a note says what differs", async () => {
  const rois = [{ id: 0, name: "FOV_1", box: worldBox([0, 0, 0], [6, 16, 16]) }];
  const said = fractalExport(segmentation({}, { rois }), await imageOf({ side: 65 }), rois);
  expect(said).toMatchObject({
    task: { notes: [expect.stringMatching(/^The image's levels do not halve evenly: only/)] },
  });
});
