/** A link to a place on a plate leads to the same voxel of the same well, whatever the lattice. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { cameraFromLink, cameraToLink, inWell } from "./plate-camera.ts";

const wells = [0, 1, 2].flatMap((rowIndex) =>
  [0, 1, 2, 3].map((columnIndex) => {
    const [row, column] = ["ABC".charAt(rowIndex), String(columnIndex + 1)];
    return { path: `${row}/${column}`, row, column, rowIndex, columnIndex };
  }),
);

/** Wells of 300 × 300, so many pixels each in the picture. */
const latticeOf = (most: number) => ({
  rows: 3,
  columns: 4,
  width: most,
  height: most,
  gap: Math.max(1, Math.round(0.06 * most)),
  scale: 300 / most,
});

test("a place in a well is the same place in it on every screen", () => {
  const size = fc.integer({ min: 20, max: 400 });
  const inside = fc.integer({ min: 0, max: 300 });
  fc.assert(
    fc.property(size, size, fc.nat(wells.length - 1), inside, inside, (a, b, index, x, y) => {
      const well = wells[index];
      if (!well) throw new Error("no well");
      const [left, top] = inWell(latticeOf(a), { target: [0, 0], zoom: 0 }, well).target;
      const linked = cameraToLink(latticeOf(a), wells, { target: [x - left, y - top], zoom: 2 });
      expect(linked).toMatchObject({ well: well.path, worldPerPixel: 0.25 });
      const there = cameraFromLink(latticeOf(b), wells, linked);
      if (!there) throw new Error("nowhere");
      const found = inWell(latticeOf(b), there, well);
      expect(found.zoom).toBe(2);
      expect(found.target[0]).toBeCloseTo(x, 2);
      expect(found.target[1]).toBeCloseTo(y, 2);
    }),
  );
});

test("a link that names no well of the plate leads nowhere", () => {
  const linked = { x: 1, y: 2, worldPerPixel: 1 };
  expect(cameraFromLink(latticeOf(50), wells, linked)).toBeUndefined();
  expect(cameraFromLink(latticeOf(50), wells, { ...linked, well: "Z/9" })).toBeUndefined();
});

test("a link that leads beside the wells looks at the nearest place of them", () => {
  // Four columns of 300 and gaps of 18; the last ends at 3 * 318 + 300.
  const far = { x: 9000, y: -5000, worldPerPixel: 1, well: "B/2" };
  expect(cameraFromLink(latticeOf(50), wells, far)).toEqual({ target: [1254, 0], zoom: -0 });
});
