/** What runs did, in a sentence. */
import { describe, expect, it } from "vitest";
import { countsOf, runSentence, sumOf } from "./run-sentence.ts";
import type { RoiReport, Summary } from "./summary.ts";

const done = (id: number, name: string): RoiReport => ({
  kind: "done",
  id,
  name,
  objects: 1,
  facts: { threshold: 1 },
  ms: 1,
});
const failed = (id: number, name: string): RoiReport => ({
  kind: "failed",
  id,
  name,
  fault: { tag: "invalid", message: "No." },
});
const fovs = [1, 2, 3, 4].map((i) => done(i, `FOV_${i}`));
const summary: Summary = {
  output: "nuclei",
  objects: 412,
  rois: fovs,
  chunks: [1, 1],
  mostWrites: 1,
  repeats: 0,
  spills: 0,
  ms: 900,
};
const counts = countsOf(summary);
const nuclei = { task: "threshold-segmentation", outputName: "nuclei" } as const;

describe("runSentence", () => {
  it("says what was found, the truth where it is known, and how often chunks were written", () => {
    expect(runSentence(counts, nuclei)).toBe("412 nuclei in 4 FOVs; 1 chunk, written once");
    expect(runSentence(counts, { ...nuclei, truth: 418 })).toBe(
      "412 nuclei in 4 FOVs (truth 418); 1 chunk, written once",
    );
    expect(runSentence({ ...counts, objects: 1204 }, { ...nuclei, outputName: "cells" })).toBe(
      "1,204 objects in 4 FOVs; 1 chunk, written once",
    );
  });

  it("speaks of ROIs, of one, of none, and of what was left out", () => {
    const rois: readonly RoiReport[] = [
      done(1, "organoid 1"),
      failed(2, "b"),
      { kind: "skipped", id: 3, name: "c", why: "It is empty" },
    ];
    const one = countsOf({ ...summary, objects: 1, rois, chunks: [9, 4] });
    expect(runSentence(one, nuclei)).toBe(
      "1 nucleus in 1 ROI; 9 chunks, each written once; 1 failed; 1 skipped",
    );
    const none = countsOf({ ...summary, objects: 0, chunks: [0], mostWrites: 0 });
    expect(runSentence(none, nuclei)).toBe("0 nuclei in 4 FOVs; no chunk written");
  });

  it("speaks of wells where there were several", () => {
    const other = { ...counts, objects: 1000, failed: 1, chunks: 3 };
    expect(runSentence(sumOf([counts, other]), { ...nuclei, wells: 2 })).toBe(
      "1,412 nuclei in 8 FOVs of 2 wells; 4 chunks, each written once; 1 failed",
    );
  });
});

describe("countsOf", () => {
  it("counts an ROI of several channels once, and as failed where one of them failed", () => {
    const rois = [1, 2].flatMap((id) =>
      [0, 1].map((channel) => ({ ...(id === 2 && channel ? failed : done)(id, "a"), channel })),
    );
    expect(countsOf({ ...summary, rois })).toMatchObject({ done: 1, failed: 1, channels: 2 });
  });
});
