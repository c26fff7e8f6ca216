/** A slice as a picture: painted as the channels are, laid where it belongs. */
import { expect, test } from "vitest";
import { finished } from "../base/steps.ts";
import { XY, XZ, YZ } from "../editor/pane.ts";
import { paintSlice, sliceCorners } from "./slice-paint.ts";

test("channels are added up in their colours and windows, those that are off left out", () => {
  const plane = (...data: number[]) => ({ data: Uint16Array.from(data), width: 2, height: 2 });
  const planes = new Map([
    [0, plane(0, 50, 100, 200)],
    [1, plane(10, 10, 0, 0)],
    [2, plane(9, 9, 9, 9)],
  ]);
  const look = { visible: true, window: [0, 100] as const };
  const painted = finished(
    paintSlice({ width: 2, height: 2, planes }, [
      { ...look, index: 0, color: [255, 0, 100] },
      { ...look, index: 1, color: [0, 255, 200], window: [0, 10] },
      { ...look, index: 2, color: [255, 255, 255], visible: false },
    ]),
  );
  expect([...painted]).toEqual([
    ...[0, 255, 200, 255],
    ...[128, 255, 250, 255],
    ...[255, 0, 100, 255],
    ...[255, 0, 100, 255],
  ]);
});

test("what is not read yet is clear, not dark", () => {
  const planes = new Map([[0, { data: Uint8Array.of(9, 9, 9, 9, 9, 9), width: 3, height: 2 }]]);
  const painted = finished(paintSlice({ width: 3, height: 2, planes }, [], [[1, 0, 3, 1]]));
  expect([...painted].filter((_, i) => i % 4 === 3)).toEqual([255, 0, 0, 255, 255, 255]);
});

test("tables and gamma are painted as the main pane draws them", () => {
  const planes = new Map([[0, { data: Uint8Array.of(0, 25, 50, 100), width: 4, height: 1 }]]);
  const look = { index: 0, visible: true, window: [0, 100], color: [255, 0, 0] } as const;
  const paint = (over: { lut?: string; gamma?: number }) => [
    ...finished(paintSlice({ width: 4, height: 1, planes }, [{ ...look, ...over }])),
  ];
  expect(paint({ gamma: 0.5 })).toEqual([
    0, 0, 0, 255, 128, 0, 0, 255, 180, 0, 0, 255, 255, 0, 0, 255,
  ]);
  const table = paint({ lut: "viridis" });
  expect(table.slice(0, 4)).toEqual([0x44, 0x01, 0x54, 255]);
  expect(table.slice(12)).toEqual([0xfd, 0xe7, 0x25, 255]);
});

test("a slice lies in the world with its first row at the axes' beginning", () => {
  const [lastRow, firstRow, firstRowEnd, lastRowEnd] = sliceCorners(XY, 7, [0, 0, 10, 20]);
  expect([firstRow, firstRowEnd, lastRow, lastRowEnd]).toEqual([
    [0, 0, 7],
    [10, 0, 7],
    [0, 20, 7],
    [10, 20, 7],
  ]);
  expect(sliceCorners(XZ, 7, [0, 0, 10, 30])).toEqual([
    [0, 7, 30],
    [0, 7, 0],
    [10, 7, 0],
    [10, 7, 30],
  ]);
  expect(sliceCorners(YZ, 7, [0, 0, 30, 20])).toEqual([
    [7, 20, 0],
    [7, 0, 0],
    [7, 0, 30],
    [7, 20, 30],
  ]);
});
