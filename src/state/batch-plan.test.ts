/** What a recipe over many wells would do, told before it is run. */
import { expect, test, vi } from "vitest";
import { BatchPage, recipe } from "../testing/batch-page.ts";
import { makeNucleiPlate, TABLE } from "../testing/nuclei-plate.ts";
import { runOnWells } from "./batch.ts";
import { planWells, type WellsPlan } from "./batch-plan.ts";

vi.setConfig({ testTimeout: 60_000 });

test("the plan is told from the first wells, and says which lack something or have such a label", async () => {
  const page = new BatchPage();
  const paths = Array.from({ length: 14 }, (_, i) => `B/${String(i + 1).padStart(2, "0")}`);
  const lacking = (path: string) => (path === "B/02" ? ({ lacks: "table" } as const) : {});
  await makeNucleiPlate(
    page.store,
    paths.map((path) => ({ path, ...lacking(path) })),
  );
  await page.open("B/01");
  await runOnWells(page.session, recipe, ["B/03"]);
  const { plate, image } = page.place();
  if (!plate || !image) throw new Error("There is no plate");
  const plans: WellsPlan[] = [];
  for await (const plan of planWells({ plate, image }, recipe, paths)) plans.push(plan);
  expect(plans.map(({ read }) => read)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  expect(plans[0]).toMatchObject({ wells: 14, rois: 56, writes: 182, unfit: [], taken: [] });
  // 11 of 12 have four ROIs.
  expect(plans.at(-1)).toMatchObject({
    rois: Math.round((14 * 44) / 12),
    unfit: [{ name: "B02", why: `The image has no ROI table "${TABLE}"` }],
    taken: ["B03"],
  });
});
