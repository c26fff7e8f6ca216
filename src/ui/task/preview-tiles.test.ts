/** A preview as tiles: where they lie, which plane they show, and channels as one. */
import { expect, it } from "vitest";
import { lengthsOf, pixelBox, volumeOf, worldBox } from "../../geometry/box.ts";
import type { PreviewPart } from "../../state/preview.ts";
import type { UnitResult } from "../../tasks/unit-result.ts";
import { previewTiles } from "./preview-tiles.ts";

const grid = { shape: [4, 10, 10], scale: [2, 0.5, 0.5] } as const;
const box = pixelBox([1, 2, 4], [3, 4, 7]);
const world = worldBox([2, 1, 2], [6, 2, 3.5]);
const size = volumeOf(box);

function part(result: UnitResult, c = 0, isFlat = false): PreviewPart {
  const roi = { id: 7, name: "ROI", box: world };
  const unit = { index: c, roi, t: 0, c, box, read: box, chunks: [] };
  return { unit, grid, isFlat, isPart: false, outcome: { kind: "done", result } };
}
const ids = Uint32Array.from({ length: size }, (_, i) => i);
const label: UnitResult = { kind: "label", labels: ids, count: size - 1 };
const corrected: UnitResult = { kind: "image", pixels: Uint16Array.from(ids) };

it("a label is the plane looked at, where its ROI lies", () => {
  const [, height, width] = lengthsOf(box);
  const { labels, images } = previewTiles([part(label)], 4.5);
  expect(images).toEqual([]);
  expect(labels).toMatchObject([{ width: 3, height: 2, bounds: [2, 1, 3.5, 2], current: true }]);
  expect([...(labels[0]?.planes.get(0)?.data ?? [])]).toEqual([
    ...ids.subarray(height * width, 2 * height * width),
  ]);
});

it.each([1.9, 6.1])("an ROI that does not reach the plane at z %d is not drawn", (z) => {
  expect(previewTiles([part(label)], z).labels).toEqual([]);
});

it("one plane that stands for all is drawn at every z", () => {
  expect(previewTiles([part(corrected, 0, true)], 0).images).toHaveLength(1);
});

it("what a mask leaves out is not drawn", () => {
  const mask = Uint8Array.from(ids, (id) => id % 2);
  const [tile] = previewTiles([part({ ...label, mask })], 2).labels;
  expect([...(tile?.planes.get(0)?.data ?? [])]).toEqual([0, 1, 0, 3, 0, 5]);
});

it("channels of an ROI are one tile", () => {
  const { images } = previewTiles([part(corrected, 0), part(corrected, 2)], 2);
  expect(images.map(({ planes }) => [...planes.keys()])).toEqual([[0, 2]]);
});

it("rows, and ROIs that failed, are not drawn", () => {
  const failed: PreviewPart = { ...part(label), outcome: { kind: "failed", sentence: "No" } };
  expect(previewTiles([failed, part({ kind: "table" })], 2)).toEqual({ labels: [], images: [] });
});
