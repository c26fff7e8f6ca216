/** A run that makes a table alone goes on after a pause without computing twice, and is taken back without a trace. */
import { describe, expect, it } from "vitest";
import { readTable } from "../table/read-table.ts";
import { computeHere } from "../testing/compute-here.ts";
import {
  blocks,
  counting,
  labelsIn,
  measured,
  plain,
  recipeOf,
  rows,
} from "../testing/measured.ts";
import { said } from "../testing/said.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import type { Executor } from "./executor.ts";
import { resumeRun, run, undoRun } from "./run.ts";

describe("a run that makes a table alone", () => {
  const rois = rows([0, 4], [4, 8], [8, 12], [12, 16], [2, 14]);
  const job = { recipe: recipeOf({ shape: "hull" }, rois), replace: false, version: "1" };

  it("goes on after a pause without measuring an ROI again, and gives the same table", async () => {
    const whole = await counting(plain(blocks(16, 12, 1)));
    const expected = await measured(whole, { shape: "hull" }, rois);
    for (let pauseAfter = 0; pauseAfter < rois.length; pauseAfter++) {
      const image = await counting(plain(blocks(16, 12, 1)));
      const folder = new MemoryStore();
      const here = await computeHere(image, job.recipe, 1);
      const computed: string[] = [];
      const pause = new AbortController();
      const executor: Executor = {
        size: 1,
        compute: (unit, options) => {
          computed.push(unit.roi.name);
          if (computed.length > pauseAfter) pause.abort();
          return here.compute(unit, options);
        },
      };
      const tools = { executor, onEvent: () => undefined, folder };
      const paused = await said(run(image, job, { ...tools, pause: pause.signal }));
      if (pauseAfter + 1 < rois.length) {
        expect(paused).toBe(`Paused after ${pauseAfter + 1} of ${rois.length} ROIs`);
        await resumeRun(image, tools);
      }
      expect(computed).toEqual(rois.map(({ name }) => name));
      const table = await readTable(image.store, "tables/features", 2);
      expect(labelsIn(table)).toEqual(labelsIn(expected));
      expect([...table.columns]).toEqual([...expected.columns]);
    }
  });

  it("is taken back as if it had never been", async () => {
    const image = await counting(plain(blocks(16, 12, 1)));
    const { entries } = (image.store as MemoryStore).spec;
    const before = new Map(entries);
    const folder = new MemoryStore();
    const executor = await computeHere(image, job.recipe, 2);
    await run(image, job, { executor, onEvent: () => undefined, folder });
    expect(entries.size).toBeGreaterThan(before.size);
    await undoRun(image, folder);
    expect(entries).toEqual(before);
  });
});
