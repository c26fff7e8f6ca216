/** A run finds every nucleus that was put into the pixels, and stores each chunk once. */
import { expect, it } from "vitest";
import { openLabel } from "../ome/labels.ts";
import { computeHere } from "../testing/compute-here.ts";
import { recipeFor } from "../testing/label-runs.ts";
import { fields, makeNuclei, nucleiPerField } from "../testing/nuclei.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { readWhole } from "../zarr/read-whole.ts";
import { run } from "./run.ts";
import { countsOf, runSentence } from "./run-sentence.ts";

it("labels every nucleus of every field of view, numbered field by field", async () => {
  const image = await makeNuclei(new MemoryStore());
  const recipe = recipeFor(fields);
  const summary = await run(
    image,
    { recipe, replace: false, version: "1" },
    { executor: await computeHere(image, recipe, 2), onEvent: () => undefined },
  );
  expect(runSentence(countsOf(summary), { ...recipe, truth: 4 * nucleiPerField })).toBe(
    "144 nuclei in 4 ROIs (truth 144); 9 chunks, each written once",
  );
  const { data } = await readWhole((await openLabel(image, "nuclei")).levels[0].array, {});
  const at = (y: number, x: number) => Number(data[y * 300 + x]);
  expect([at(12, 12), at(12, 37), at(12, 162), at(162, 12), at(287, 287)]).toEqual([
    1, 2, 37, 73, 144,
  ]);
  expect([at(0, 0), at(25, 25)]).toEqual([0, 0]);
});
