/** ROIs for tests, from plain boxes. */
import { type Box, worldBox } from "../geometry/box.ts";
import { newRoiTable } from "../roi/new-roi-table.ts";
import { type Roi, type Rois, roisOf } from "../roi/rois.ts";
import type { Table } from "../table/table.ts";

/** A world box given as x0, y0, x1, y1, through z0 … z1. */
export function flatBox(
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  [z0, z1]: readonly [number, number] = [0, 1],
): Box<"world"> {
  return worldBox([z0, y0, x0], [z1, y1, x1]);
}

/** Loaded ROIs named roi_0, roi_1, … without labels. */
export function roisOfBoxes(boxes: readonly Box<"world">[]): Rois {
  const bounds = new Float64Array(6 * boxes.length);
  for (const [i, box] of boxes.entries()) bounds.set([...box.min, ...box.max], 6 * i);
  return roisOf({ names: boxes.map((_, i) => `roi_${i}`), bounds, labels: undefined });
}

/** One of ROIs in a row along x: roi_5 from 5 to 6. */
export function roiNo(i: number): Roi {
  return { name: `roi_${i}`, box: worldBox([0, 0, i], [1, 1, i + 1]), label: undefined };
}

/** A new CSV table of roi_0, roi_1, … in a row. */
export function tableOfRow(count: number): Table {
  const rois = Array.from({ length: count }, (_, i) => roiNo(i));
  return newRoiTable({ path: "tables/t", zarrFormat: 2, backend: "csv", rois });
}
