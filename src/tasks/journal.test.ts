/** Every record and header that runs write is read as it was written; a file that is not, is told by its name. */
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../base/json.ts";
import { jsonBytes, readJson } from "../zarr/json-file.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { tasks } from "./catalogue.ts";
import {
  beginJournal,
  type JournalRecord,
  type RunHeader,
  readHeader,
  readRecords,
} from "./journal.ts";
import { recordShape } from "./journal-shape.ts";
import { readMade } from "./past.ts";

const header: RunHeader = {
  journal: 2,
  id: "a",
  recipe: {
    task: "threshold-segmentation",
    params: tasks["threshold-segmentation"].defaults,
    level: "0",
    t: 0,
    outputName: "nuclei",
    roiTable: "FOV_ROI_table",
    rois: [
      { id: 0, name: "b", box: { space: "world", min: [0, 0, 0], max: [1, 2, 3] }, label: 7 },
      { id: 1, name: "c", box: { space: "world", min: [0, 0, 0], max: [1, 2, 3] } },
    ],
  },
  makes: {
    halo: [0, 1, 1],
    channels: [0],
    times: "all",
    array: {
      ...{ kind: "label", name: "nuclei", merge: "nonzero", resolution: "level" },
      ids: { kind: "block", size: 100 },
    },
    table: { kind: "masking", name: "t", region: "nuclei", backend: "csv" },
  },
  replace: false,
  version: "0",
  path: "B/03/0",
  planHash: "d",
  begin: "2026-01-01T00:00:00Z",
};

const records: readonly JournalRecord[] = [
  {
    kind: "kept",
    groups: [{ list: "labels", name: "n", path: "labels/n", before: "nothing", isListNew: true }],
  },
  { kind: "made" },
  {
    kind: "retired",
    unit: 0,
    report: { kind: "done", objects: 2, facts: { threshold: Number.NaN }, ms: 1.5 },
    rows: { labels: [], columns: [] },
  },
  { kind: "retired", unit: 1, report: { kind: "failed", fault: { tag: "invalid", message: "e" } } },
  { kind: "stored", level: 0, coords: [0, 1], isFile: true, objects: [[1, 0, 0, 2, 2]] },
  { kind: "ended", repeats: 0, ms: 3 },
  { kind: "retry", units: [1] },
];

async function written(): Promise<MemoryStore> {
  const folder = new MemoryStore();
  const journal = await beginJournal(folder, header, undefined);
  for (const record of records) journal.append(record);
  await journal.flush();
  return folder;
}

describe("a journal", () => {
  it("is read as it was written", async () => {
    const folder = await written();
    expect(await readHeader(folder)).toEqual(header);
    expect(await readRecords(folder, recordShape)).toEqual(records);
  });

  it.each<[string, (file: JsonObject) => Json, string]>([
    ["path", () => 1, "path is no text"],
    ["replace", () => null, "replace is neither true nor false"],
    ["recipe", ({ recipe }) => ({ ...(recipe as JsonObject), t: "0" }), "recipe.t is no number"],
    [
      "recipe",
      ({ recipe }) => ({ ...(recipe as JsonObject), rois: [{ id: 0, name: "b" }] }),
      "recipe.rois[0].box is no object",
    ],
    [
      "makes",
      ({ makes }) => ({ ...(makes as JsonObject), halo: [0, 1] }),
      "makes.halo has not 3 elements",
    ],
    [
      "makes",
      ({ makes }) => ({ ...(makes as JsonObject), array: { kind: "zoo" } }),
      "makes.array is of no kind that is known",
    ],
  ])(
    "whose %s is another is refused with the file and the place (%#)",
    async (key, change, problem) => {
      const folder = await written();
      const file = (await readJson(folder, "/run.json")) ?? {};
      await folder.set("/run.json", jsonBytes({ ...file, [key]: change(file) }));
      await expect(readHeader(folder)).rejects.toMatchObject({
        tag: "invalid",
        message: `The file /run.json is not as Fovea writes it: ${problem}`,
      });
    },
  );

  it("with a record that is broken is refused, and can still be taken back", async () => {
    const folder = await written();
    const broken = { kind: "stored", level: 0, coords: "0.0", isFile: true };
    await folder.set("/journal/000001-000000099.json", jsonBytes({ records: [broken] }));
    await expect(readRecords(folder, recordShape)).rejects.toMatchObject({
      tag: "invalid",
      where: "/journal/000001-000000099.json",
      message: expect.stringMatching(/: records\[0\]\.coords is no list$/),
    });
    const [kept] = records;
    expect((await readMade(folder))?.groups).toEqual(kept?.kind === "kept" && kept.groups);
  });
});
