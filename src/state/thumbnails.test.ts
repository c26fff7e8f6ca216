/** Which pictures of plates stay, and what of them goes when something is written. */
import { describe, expect, it } from "vitest";
import { beyond, isWrittenTo, withoutWells } from "./thumbnails.ts";

describe("writing", () => {
  const isDropped = (folder: string): boolean => isWrittenTo([folder])("id:plate/B/03");

  it("into an image, its well, its plate or the source drops the well", () => {
    for (const folder of ["id:plate/B/03/0", "id:plate/B/03", "id:plate", "id:"])
      expect(isDropped(folder), folder).toBe(true);
  });

  it("into tables, labels, another well or another source does not", () => {
    const others = ["id:plate/B/03/0/tables", "id:plate/B/03/0/labels/nuclei", "id:plate/B/030/0"];
    for (const folder of [...others, "id:plate/B/04", "other:plate/B/03", "id:plate2"])
      expect(isDropped(folder), folder).toBe(false);
  });
});

it("a well that is dropped is as if it had never come, and its neighbours are as they were", () => {
  const picture = {
    wells: ["a", "b", "c"],
    come: new Uint8Array([1, 1, 2, 2, 1, 2]),
    bare: new Map([
      [1, "empty" as const],
      [2, "absent" as const],
    ]),
  };
  const left = withoutWells(picture, (well) => well === "b");
  expect([...left.come]).toEqual([1, 1, 0, 0, 1, 2]);
  expect([...left.bare]).toEqual([[2, "absent"]]);
});

it("of pictures that are too large together, those looked at longest ago go", () => {
  const kept = [
    { key: "old", bytes: 4, seen: 1 },
    { key: "last", bytes: 6, seen: 3 },
    { key: "middle", bytes: 4, seen: 2 },
  ];
  expect(beyond(kept, 10)).toEqual(["old"]);
  expect(beyond(kept, 14)).toEqual([]);
  expect(beyond(kept, 5)).toEqual(["last", "middle", "old"]);
});
