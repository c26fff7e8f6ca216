/** ROIs that are added: one step however many, with names, labels and places that nothing else has. */
import { expect, test } from "vitest";
import { worldBox } from "../geometry/box.ts";
import { roiAt, roisOf } from "../roi/rois.ts";
import { addRois, duplicate } from "./add-rois.ts";
import { commit, openedDocument, undo } from "./document.ts";

const grid = { shape: [1, 100, 100], scale: [1, 0.5, 0.5] } as const;
const box = worldBox([0, 10, 10], [1, 20, 20]);
const corner = worldBox([0, 40, 40], [1, 50, 50]);
const rois = roisOf({
  names: ["FOV_1", "ROI_1", "FOV_1-2"],
  bounds: Float64Array.from([box, box, corner].flatMap(({ min, max }) => [...min, ...max])),
  labels: undefined,
});

test("several ROIs are one step, are selected, and have names that nobody has", () => {
  const made = ["FOV_1", undefined, "FOV_1-2", "2024", "a\tb", undefined, "new"].map((name) => ({
    name,
    box,
  }));
  const edit = addRois(rois, made, "Paste");
  expect(edit?.label).toBe("Paste 7 ROIs");
  if (edit === undefined) return;
  const document = commit(openedDocument(rois), edit);
  expect([...document.selection].map((id) => roiAt(document.rois, id)?.name)).toEqual([
    "FOV_1-3",
    "ROI_2",
    "FOV_1-4",
    "ROI_2024",
    "a b",
    "ROI_3",
    "new",
  ]);
  expect(undo(document).rois.overlay.size).toBe(0);
});

test("nothing to add is no step, and one ROI is called by its name", () => {
  expect(addRois(rois, [], "Paste")).toBeUndefined();
  expect(addRois(rois, [{ name: "new", box }], "Paste")?.label).toBe("Paste new");
});

test("in a table of labels each new ROI has the next one", () => {
  const labelled = roisOf({ ...rois.base, labels: Float64Array.of(4, 9, 2) });
  const edit = addRois(labelled, [{ box }, { box }], "Add");
  expect([...(edit?.diff.values() ?? [])].map(({ to }) => to?.label)).toEqual([10, 11]);
});

test("a duplicate lies beside what it copies, keeps its size, and remembers where its columns come from", () => {
  const edit = duplicate(rois, new Set([0]), grid);
  expect(edit?.label).toBe("Duplicate FOV_1-3");
  expect(edit?.diff.get(3)?.to).toEqual({
    name: "FOV_1-3",
    label: undefined,
    copiedFrom: 0,
    box: worldBox([0, 15, 15], [1, 25, 25]),
  });
  expect(duplicate(rois, new Set([2]), grid)?.diff.get(3)?.to?.box).toEqual(
    worldBox([0, 35, 35], [1, 45, 45]),
  );
  expect(duplicate(rois, new Set(), grid)).toBeUndefined();
});
