/** What is shown of a run while it goes on, where something of that fails. */
import { expect, test } from "vitest";
import { openImage } from "../ome/open-image.ts";
import { planRun } from "../tasks/plan.ts";
import { makesOf } from "../tasks/recipe.ts";
import { recipe } from "../testing/batch-page.ts";
import { makeNucleiPlate } from "../testing/nuclei-plate.ts";
import { runsHere } from "../testing/run-here.ts";
import { messages, sourceOver, testServices } from "../testing/services.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { fitRecipe } from "./fit-recipe.ts";
import { waitingRois } from "./roi-progress.ts";
import { Follower } from "./run-follower.ts";
import { createSession } from "./session.ts";

test("a label that cannot be drawn live is told once, and the run is followed on", async () => {
  const store = new MemoryStore();
  await makeNucleiPlate(store, [{ path: "B/03" }]);
  const services = testServices(runsHere());
  const session = createSession(services);
  const image = await openImage(store, "B/03/0");
  const fitted = await fitRecipe(recipe, image);
  const place = { source: sourceOver(store, services), image };
  const follower = new Follower(session, place, {
    recipe: fitted,
    makes: makesOf(fitted, image),
    rois: waitingRois(fitted.rois),
    isRetry: false,
    signal: new AbortController().signal,
  });
  // Of the label nothing is there.
  follower.take({ kind: "planned", plan: planRun(fitted, image) });
  for (const roi of fitted.rois) {
    follower.take({ kind: "started", roi });
    follower.take({ kind: "retired", roi, patch: undefined, count: 1 });
  }
  follower.take({ kind: "stored", level: 0, coords: [0, 0, 0] });
  await expect.poll(() => messages(session)).toEqual([expect.stringContaining("nuclei")]);
  expect(follower.rois.map(({ state }) => state)).toEqual(fitted.rois.map(() => "done"));
});
