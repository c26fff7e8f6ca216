/** Drafts in the browser's own database: found by table, and gone when they expire. */
import { expect, test } from "vitest";
import { packedChanges } from "../roi/packed-changes.ts";
import { roisOf } from "../roi/rois.ts";
import { indexedDrafts } from "./indexed-drafts.ts";

const NONE = roisOf({ names: [], bounds: new Float64Array(0), labels: undefined });

const draft = (id: string, at: number, seen?: number) => ({
  id,
  key: "table",
  page: "page",
  at,
  changes: packedChanges(NONE, NONE),
  ...(seen === undefined ? {} : { seen }),
});

test("those seen before a time are dropped, and no others", async () => {
  const drafts = indexedDrafts();
  await drafts.put(draft("old", 1));
  await drafts.put(draft("old but seen", 1, 20));
  await drafts.put(draft("new", 15));
  await drafts.expire(10);
  const left = (await drafts.of("table")).map(({ id }) => id).sort();
  expect(left).toEqual(["new", "old but seen"]);
  for (const id of left) await drafts.remove(id);
  expect(await drafts.of("table")).toEqual([]);
});
