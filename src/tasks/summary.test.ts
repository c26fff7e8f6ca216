import { describe, expect, it } from "vitest";
import { type RoiReport, type Summary, summarySentence } from "./summary.ts";

const done = (id: number, name: string): RoiReport => ({
  kind: "done",
  id,
  name,
  objects: 1,
  facts: { threshold: 1 },
  ms: 1,
});
const summary: Summary = {
  output: "nuclei",
  objects: 412,
  rois: [1, 2, 3, 4].map((i) => done(i, `FOV_${i}`)),
  chunks: [1, 1],
  mostWrites: 1,
  repeats: 0,
  spills: 0,
  ms: 900,
};

describe("summarySentence", () => {
  it("says what was found, the truth where it is known, and how often chunks were written", () => {
    expect(summarySentence(summary)).toBe("412 nuclei in 4 FOVs; 1 chunk, written once");
    expect(summarySentence(summary, 418)).toBe(
      "412 nuclei in 4 FOVs (truth 418); 1 chunk, written once",
    );
  });

  it("speaks of ROIs, of one, of none, and of what was left out", () => {
    const rois: readonly RoiReport[] = [
      done(1, "organoid 1"),
      { kind: "failed", id: 2, name: "b", fault: { tag: "invalid", message: "No." } },
      { kind: "skipped", id: 3, name: "c", why: "It is empty" },
    ];
    expect(summarySentence({ ...summary, objects: 1, rois, chunks: [9, 4] })).toBe(
      "1 nucleus in 1 ROI; 9 chunks, each written once; 1 failed; 1 skipped",
    );
    expect(summarySentence({ ...summary, objects: 0, chunks: [0], mostWrites: 0 })).toBe(
      "0 nuclei in 4 FOVs; no chunk written",
    );
  });
});
