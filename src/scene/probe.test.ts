/** What is under the pointer is read from the finest tile there, to the last digit. */
import { expect, it } from "vitest";
import { tileOf } from "../testing/tile.ts";
import { idAt, valueAt } from "./probe.ts";

const coarse = tileOf([Uint16Array.of(1, 2, 3, 4), Uint16Array.of(10, 20, 30, 40)], {
  width: 2,
  height: 2,
  scale: 10,
  level: 1,
});
const fine = tileOf([Uint16Array.from({ length: 25 }, (_, i) => 100 + i)], {
  width: 5,
  height: 5,
  x: 10,
  scale: 2,
});

it("reads every channel of the voxel under a place, of the finest level there", () => {
  expect(valueAt([coarse, fine], [9.99, 10])).toEqual({
    level: 1,
    values: new Map([
      [0, 3],
      [1, 30],
    ]),
  });
  expect(valueAt([coarse, fine], [13, 4.5])).toEqual({ level: 0, values: new Map([[0, 111]]) });
  expect(valueAt([coarse, fine], [10, 0])?.values.get(0)).toBe(100);
  expect(valueAt([coarse, fine], [19.999, 9.999])?.values.get(0)).toBe(124);
});

it("says nothing beyond the tiles, and nothing of an earlier plane", () => {
  expect(valueAt([coarse, fine], [20, 5])).toBeUndefined();
  expect(valueAt([coarse, fine], [-0.01, 5])).toBeUndefined();
  expect(valueAt([{ ...coarse, current: false }], [1, 1])).toBeUndefined();
});

it("reads one pixel that stands for a tile never stored", () => {
  const plane = { data: Int32Array.of(-7), width: 1, height: 1 };
  expect(valueAt([{ ...coarse, planes: new Map([[0, plane]]) }], [19, 19])?.values.get(0)).toBe(-7);
});

it("reads whole numbers of 64 bits to the last digit", () => {
  const data = BigInt64Array.of(-(2n ** 63n) + 1n, 2n ** 53n + 1n);
  const tile = tileOf([data], { width: 2, height: 1 });
  expect(valueAt([tile], [0.5, 0.5])?.values.get(0)).toBe(-9223372036854775807n);
  expect(valueAt([tile], [1.5, 0.5])?.values.get(0)).toBe(9007199254740993n);
});

it("finds the object under a place, and none where its id is 0", () => {
  const label = tileOf([BigUint64Array.of(0n, 2n ** 40n + 3n)], { width: 2, height: 1 });
  expect(idAt([label], [1.5, 0.5])).toBe(2 ** 40 + 3);
  expect(idAt([label], [0.5, 0.5])).toBeUndefined();
  expect(idAt([label], [5, 0.5])).toBeUndefined();
});
