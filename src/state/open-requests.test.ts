/** What opening costs in requests, counted by the server. */
import { expect, test } from "vitest";
import { serve } from "../testing/counting-server.ts";
import { makeNucleiPlate } from "../testing/nuclei-plate.ts";
import { testSession } from "../testing/services.ts";
import { putAreas, putRois, smallImage } from "../testing/tables.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { openUrl } from "./open.ts";

/** What is asked to open a store by its web address, sorted. */
async function requestsFor(store: MemoryStore): Promise<readonly string[]> {
  const server = await serve(store.spec);
  const session = testSession();
  try {
    await openUrl(session, server.url);
    expect(session.opened.getState().kind).toBe("open");
    return server.asked.toSorted();
  } finally {
    await server.close();
  }
}

const empty = () => new MemoryStore();

test("an image: its group, its level, its labels and tables; nothing twice, and no pixel", async () => {
  const store = empty();
  await smallImage(store);
  await putRois(store, "FOV_ROI_table");
  await putAreas(store, "nuclei", [1]);
  expect(await requestsFor(store)).toEqual([
    // The group, of a format not yet known.
    "/.zattrs",
    "/.zgroup",
    "/0/.zarray",
    // An image without labels.
    "/labels/.zattrs",
    "/tables/.zattrs",
    "/tables/FOV_ROI_table/.zattrs",
    "/tables/FOV_ROI_table/table.csv",
    // Whether it holds ROIs or features.
    "/tables/nuclei/.zattrs",
    "/zarr.json",
  ]);
});

test.each([2, 40])(
  "a plate of %i wells: its group, its first well and that one's image",
  async (count) => {
    const store = empty();
    const wells = Array.from({ length: count }, (_, i) => ({ path: `B/${i + 1}` }));
    await makeNucleiPlate(store, wells);
    expect(await requestsFor(store)).toEqual([
      "/.zattrs",
      "/.zgroup",
      "/B/1/.zattrs",
      "/B/1/0/.zattrs",
      "/B/1/0/0/.zarray",
      "/B/1/0/labels/.zattrs",
      "/zarr.json",
    ]);
  },
);
