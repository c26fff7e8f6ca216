/** Drafts in the browser's own database: found by table, and gone when they expire. */
import { describe, expect, test } from "vitest";
import { worldBox } from "../geometry/box.ts";
import { packedChanges, packedList, unpackedChanges } from "../roi/packed-changes.ts";
import { unpackedTexts } from "../roi/packed-texts.ts";
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

test("those of all tables of an image are found by how their keys begin", async () => {
  const drafts = indexedDrafts();
  const keys = [
    "source A/1/0/tables/a",
    "source A/1/0/tables/é",
    "source A/1/0",
    "source A/1/1/tables/a",
  ];
  for (const [at, key] of keys.entries()) await drafts.put({ ...draft(key, at), key });
  const found = await drafts.under("source A/1/0/tables/");
  expect(found.map(({ key }) => key)).toEqual(keys.slice(0, 2));
  for (const key of keys) await drafts.remove(key);
});

describe("those that an earlier version kept are kept on:", () => {
  const roi = { name: "a", box: worldBox([0, 0, 0], [1, 2, 3]), label: undefined };
  const changes = [
    { from: roi, to: { ...roi, name: "b", cells: new Map([["triage", "keep"]]) } },
    { from: undefined, to: { ...roi, label: 7 } },
    { from: roi, to: undefined },
  ];
  const packed = packedList(changes);
  const named = {
    ...packed,
    from: { ...packed.from, names: unpackedTexts(packed.from.names) },
    to: { ...packed.to, names: unpackedTexts(packed.to.names) },
  };
  test.each([
    ["change by change", 1, changes],
    ["name by name", 2, named],
  ])("%s", async (_, version, kept) => {
    await settled(indexedDB.deleteDatabase("fovea-drafts"));
    const opening = indexedDB.open("fovea-drafts", version);
    opening.onupgradeneeded = () => {
      const drafts = opening.result.createObjectStore("drafts", { keyPath: "id" });
      drafts.createIndex("key", "key");
      drafts.put({ id: "old", key: "table", page: "page", at: 5, changes: kept });
    };
    (await settled(opening)).close();
    const [draft] = await indexedDrafts().of("table");
    expect(draft).toMatchObject({ id: "old", key: "table", page: "page", at: 5 });
    expect(draft && unpackedChanges(draft.changes)).toEqual(changes);
    await indexedDrafts().remove("old");
  });
});

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
