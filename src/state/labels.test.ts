/** How labels are drawn outlives the image. */
import { expect, test } from "vitest";
import { sourceOver, testServices, testSession } from "../testing/services.ts";
import { smallImage } from "../testing/tables.ts";
import { addEmptyLabel } from "../testing/write-pixels.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import {
  changeLabel,
  drawnLabels,
  keepLabelLooks,
  moveLabel,
  setLabels,
  topLabel,
} from "./labels.ts";
import { openSource } from "./open.ts";

test("how labels are drawn, and in which order, is kept with the source", async () => {
  const store = new MemoryStore();
  const image = await smallImage(store);
  const services = testServices();
  const names = ["nuclei", "cells"];
  const there = testSession(services);
  keepLabelLooks(there);
  await openSource(there, sourceOver(store, services));
  setLabels(there.view, names);
  expect(drawnLabels(there.view.getState())).toEqual([]);
  changeLabel(there, "cells", { visible: true, style: "both", width: 3 });
  changeLabel(there, "nuclei", {
    visible: true,
    color: { table: "f", column: "area", ends: [1, 2] },
  });
  moveLabel(there, "nuclei", 1);
  expect(topLabel(there.view.getState())).toBe("nuclei");
  const seen = there.view.getState().labelViews;
  expect(seen.map(({ name }) => name)).toEqual(["cells", "nuclei"]);

  for (const name of names) await addEmptyLabel(image, name);
  const again = testSession(services);
  keepLabelLooks(again);
  await openSource(again, sourceOver(store, services));
  expect(again.view.getState().labelViews).toEqual(seen);
});
