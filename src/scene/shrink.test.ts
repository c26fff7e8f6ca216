/** A plane is made smaller by means, at the place in the plate where it belongs. */
import { expect, it } from "vitest";
import { shrinkInto } from "./shrink.ts";

const rect = { x: 1, y: 1, width: 2, height: 1 };

it("takes the mean of the pixels that become one, at its place in the array", () => {
  const data = new Uint16Array(12);
  const plane = { data: Uint16Array.of(1, 2, 30, 40, 3, 6, 50, 60), width: 4, height: 2 };
  shrinkInto({ data, rowLength: 4, ...rect }, plane);
  expect([...data]).toEqual([0, 0, 0, 0, 0, 3, 45, 0, 0, 0, 0, 0]);
});

it("does not round what is not whole, and takes 64-bit numbers as the nearest ones", () => {
  const data = new Float32Array(12);
  shrinkInto(
    { data, rowLength: 4, ...rect },
    { data: BigInt64Array.of(1n, 2n, 5n, 5n), width: 4, height: 1 },
  );
  expect([...data.subarray(5, 7)]).toEqual([1.5, 5]);
});

it("fills all of it with a plane of one pixel, and repeats the pixels of a smaller plane", () => {
  const data = new Uint8Array(12);
  shrinkInto({ data, rowLength: 4, ...rect }, { data: Uint8Array.of(7), width: 1, height: 1 });
  expect([...data.subarray(4, 8)]).toEqual([0, 7, 7, 0]);
  const wide = new Uint8Array(4);
  shrinkInto(
    { data: wide, rowLength: 4, x: 0, y: 0, width: 4, height: 1 },
    { data: Uint8Array.of(1, 9), width: 2, height: 1 },
  );
  expect([...wide]).toEqual([1, 1, 9, 9]);
});

it("takes each row of new pixels from its own old ones", () => {
  const data = new Uint8Array(4);
  shrinkInto(
    { data, rowLength: 2, x: 0, y: 0, width: 2, height: 2 },
    { data: Uint8Array.of(1, 2, 3, 4, 10, 20, 30, 40), width: 2, height: 4 },
  );
  expect([...data]).toEqual([2, 3, 20, 30]);
});
