/** The work on all ROIs in a real worker: listed, checked and encoded as on the page's own thread. */
import { expect, test } from "vitest";
import { finished } from "../base/steps.ts";
import { worldBox } from "../geometry/box.ts";
import { check } from "../roi/checks.ts";
import { newRoiTable } from "../roi/new-roi-table.ts";
import { roisFromTable, tableFromRois } from "../roi/roi-table.ts";
import { applied, type Roi, roiAt } from "../roi/rois.ts";
import { encodeTable } from "../table/encode-table.ts";
import { noShelf } from "../testing/services.ts";
import { browserServices } from "./browser-services.ts";
import { ListJobs } from "./list-jobs.ts";

const COUNT = 20_000;
const rois = Array.from(
  { length: COUNT },
  (_, i): Roi => ({
    name: `roi_${(i * 7919) % COUNT}`,
    box: worldBox([0, 0, i], [1, 1, i + (i % 100 === 0 ? 2 : 1)]),
    label: undefined,
  }),
);

test("a worker lists, checks and encodes what the page has, edits and all", async () => {
  const jobs = new ListJobs(browserServices("test", noShelf).startLists());
  const table = newRoiTable({ path: "tables/t", zarrFormat: 2, backend: "csv", rois });
  const { rois: loaded } = roisFromTable(table);
  const about = { table, features: undefined };
  const byName = {
    kind: "arrange",
    query: "x < 50",
    sort: { column: "name", descending: false },
    added: [],
  } as const;
  const { ids } = await jobs.run(byName, { ...about, rois: loaded });
  const names = Array.from(ids, (id) => Number(loaded.base.names[id]?.slice(4)));
  expect(names).toEqual(names.toSorted((a, b) => a - b));
  expect(ids.length).toBe(50);

  const from = roiAt(loaded, 60);
  const to = from && { ...from, box: worldBox([0, 0, 3], [1, 1, 4]), name: "first" };
  const edited = applied(loaded, new Map([[60, { from, to }]]));
  expect((await jobs.run(byName, { ...about, rois: edited })).ids[0]).toBe(60);

  const grid = { shape: [1, 10, 2 * COUNT], scale: [1, 1, 1] } as const;
  const options = { grid, chunk: [1, 10, 10], masking: false } as const;
  const { report } = await jobs.run({ kind: "check", options }, { ...about, rois: edited });
  expect(report).toEqual(finished(check(edited, options)));

  const { files } = await jobs.run({ kind: "encode" }, { ...about, rois: edited });
  expect(files).toEqual(await encodeTable(tableFromRois(table, edited)));

  const older = jobs.run({ kind: "check", options }, { ...about, rois: edited });
  const newer = jobs.run({ kind: "check", options }, { ...about, rois: loaded });
  await expect(older).rejects.toMatchObject({ tag: "aborted" });
  expect((await newer).report).toEqual(finished(check(loaded, options)));
});
