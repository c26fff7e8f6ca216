/** A batch is read as it was kept; one of another version counts as none, and a broken file is told by its name. */
import { expect, test } from "vitest";
import { tasks } from "../tasks/catalogue.ts";
import { jsonBytes } from "../zarr/json-file.ts";
import type { StoreSpec } from "../zarr/store.ts";
import { BatchFile } from "./batch-file.ts";
import type { Batch } from "./batch-state.ts";

const batch: Batch = {
  batch: 1,
  id: "a",
  recipe: {
    ...{ task: "threshold-segmentation", params: tasks["threshold-segmentation"].defaults },
    ...{ level: "0", t: 0, outputName: "nuclei", roiTable: "FOV_ROI_table", rois: [] },
  },
  isEnded: false,
  wells: [
    {
      ...{ well: "B/03", name: "B03", image: "B/03/0", state: "done", why: "", replace: true },
      counts: {
        ...{ objects: 3, done: 1, failed: 1, skipped: 0, areFovs: true },
        ...{ channels: 1, chunks: 4, mostWrites: 1 },
      },
      failures: [{ id: 0, name: "FOV_1", note: "no" }],
    },
    { well: "B/05", name: "B05", image: "B/05/0", state: "waiting", why: "", replace: false },
  ],
};

function kept(value: unknown): BatchFile {
  const entries = new Map([["/batch.json", jsonBytes(value)]]);
  return new BatchFile({ kind: "memory", entries } satisfies StoreSpec);
}

test("what is kept is read again", async () => {
  const file = new BatchFile({ kind: "memory", entries: new Map() });
  await file.write(batch);
  expect(await file.read()).toEqual(batch);
});

test.each([
  { ...batch, batch: 2 },
  { ...batch, recipe: { ...batch.recipe, task: "make-coffee" } },
  { ...batch, recipe: { ...batch.recipe, params: { sweetness: 1 } } },
])("of another version there is none (%#)", async (other) => {
  expect(await kept(other).read()).toBeUndefined();
});

test.each([
  [{ ...batch, wells: [{ well: "B/03" }] }, "wells[0].name is no text"],
  [{ ...batch, isEnded: "no" }, "isEnded is neither true nor false"],
  [{ ...batch, recipe: { ...batch.recipe, level: 0 } }, "recipe.level is no text"],
])("a broken one is refused with what is wrong (%#)", async (broken, problem) => {
  await expect(kept(broken).read()).rejects.toMatchObject({
    tag: "invalid",
    message: `The file /batch.json is not as Fovea writes it: ${problem}`,
  });
});
