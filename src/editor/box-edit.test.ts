/** Boxes stay inside the image, at least a voxel large and on whole voxels, however they are pulled about. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Box, pixelBox, type Zyx, zyx } from "../geometry/box.ts";
import { type PixelGrid, pixelFromWorld, worldFromPixel } from "../geometry/pixel-grid.ts";
import { flatBox } from "../testing/roi-builder.ts";
import { drawnBox, heldPart, movedBoxes, type Part, resizedBox, type Side } from "./box-edit.ts";

const grid: PixelGrid = { shape: [10, 200, 300], scale: [1, 0.1625, 0.1625] };

const grids = fc.record({
  shape: fc.tuple(fc.integer({ min: 1, max: 40 }), length(), length()),
  scale: fc.tuple(scale(), scale(), scale()),
});
function length() {
  return fc.integer({ min: 1, max: 5000 });
}
function scale() {
  return fc.constantFrom(1, 0.1625, 0.325, 0.65, 1 / 3, 0.1083333, 2.5);
}

/** A grid and a box of whole voxels in it. */
const gridAndBox = grids.chain((of) => {
  const span = (i: 0 | 1 | 2) =>
    fc
      .tuple(fc.nat({ max: of.shape[i] - 1 }), fc.nat())
      .map(([at, more]) => [at, at + 1 + (more % (of.shape[i] - at))] as const);
  return fc.tuple(span(0), span(1), span(2)).map((spans) => ({
    grid: of,
    pixels: pixelBox(
      zyx((i) => spans[i][0]),
      zyx((i) => spans[i][1]),
    ),
  }));
});

/** By little as well as by much, and along one axis alone. */
const along = (most: number) =>
  fc.oneof(fc.constant(0), ...[2, most].map((max) => fc.double({ min: -max, max, noNaN: true })));
const pull = fc.tuple(along(120), along(4000), along(4000));
const side = fc.constantFrom<Side>(-1, 0, 1);
const part = fc.tuple(side, side, side);

/** Every edge exactly on k * scale, inside the image, a voxel or more apart. */
function expectWhole(of: PixelGrid, box: Box<"world">) {
  const pixels = pixelFromWorld(of, box);
  expect(worldFromPixel(of, pixels)).toEqual(box);
  for (const i of [0, 1, 2] as const) {
    expect(pixels.max[i] - pixels.min[i]).toBeGreaterThanOrEqual(1);
    expect(box.min[i]).toBeGreaterThanOrEqual(0);
    expect(box.max[i]).toBeLessThanOrEqual(of.shape[i] * of.scale[i]);
  }
}

describe("any pull", () => {
  test("moves a box of whole voxels to whole voxels inside the image, and keeps its size", () => {
    fc.assert(
      fc.property(gridAndBox, pull, ({ grid: of, pixels }, by) => {
        const box = worldFromPixel(of, pixels);
        const [moved = box] = movedBoxes([box], by, of, { grabbed: box, snap: "voxels" });
        expectWhole(of, moved);
        const size = (b: Box<"pixel">): Zyx => zyx((i) => b.max[i] - b.min[i]);
        expect(size(pixelFromWorld(of, moved))).toEqual(size(pixels));
      }),
    );
  });

  test("resizes a box to whole voxels inside the image", () => {
    fc.assert(
      fc.property(gridAndBox, pull, part, ({ grid: of, pixels }, by, dragged) => {
        const box = worldFromPixel(of, pixels);
        expectWhole(of, resizedBox(box, dragged, by, { grid: of, snap: "voxels" }));
      }),
    );
  });

  test("unsnapped, still keeps a box inside and a voxel large", () => {
    fc.assert(
      fc.property(gridAndBox, pull, part, ({ grid: of, pixels }, by, dragged) => {
        const box = worldFromPixel(of, pixels);
        const [moved = box] = movedBoxes([box], by, of, { grabbed: box, snap: "free" });
        const resized = resizedBox(box, dragged, by, { grid: of, snap: "free" });
        for (const b of [moved, resized])
          for (const i of [0, 1, 2] as const) {
            expect(b.min[i]).toBeGreaterThanOrEqual(0);
            expect(b.max[i]).toBeLessThanOrEqual(of.shape[i] * of.scale[i]);
            expect((b.max[i] - b.min[i]) / of.scale[i]).toBeGreaterThan(1 - 1e-6);
          }
      }),
    );
  });

  test("draws a box of whole voxels through the whole stack, or none where it misses the image", () => {
    fc.assert(
      fc.property(grids, pull, pull, (of, a, b) => {
        const from = { x: a[2], y: a[1] };
        const to = { x: b[2], y: b[1] };
        const drawn = drawnBox(from, to, { grid: of, snap: "voxels" });
        const right = of.shape[2] * of.scale[2];
        const bottom = of.shape[1] * of.scale[1];
        const misses =
          Math.max(from.x, to.x) <= 0 ||
          Math.max(from.y, to.y) <= 0 ||
          Math.min(from.x, to.x) >= right ||
          Math.min(from.y, to.y) >= bottom;
        expect(drawn === undefined).toBe(misses);
        if (drawn === undefined) return;
        expectWhole(of, drawn);
        expect([drawn.min[0], drawn.max[0]]).toEqual([0, of.shape[0] * of.scale[0]]);
      }),
    );
  });
});

describe("moving", () => {
  test("lands exactly on k * scale from anywhere between voxels", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 20, noNaN: true }),
        fc.integer({ min: 1, max: 90 }),
        (at, by) => {
          const box = flatBox([at, 0, at + 10 * 0.1625, 3]);
          const [moved = box] = movedBoxes([box], [0, 0, by / 4], grid, {
            grabbed: box,
            snap: "voxels",
          });
          const k = Math.round(moved.min[2] / 0.1625);
          expect([moved.min[2], moved.max[2]]).toEqual([k * 0.1625, (k + 10) * 0.1625]);
        },
      ),
    );
  });

  test("the grabbed corner lands on a whole voxel and the others keep their distance", () => {
    const grabbed = flatBox([1.01, 2, 5, 6]);
    const other = flatBox([10.1, 2, 20, 6]);
    const [a, b] = movedBoxes([grabbed, other], [0, 0, 1], grid, { grabbed, snap: "voxels" });
    expect(a?.min[2]).toBe(12 * 0.1625);
    expect((b?.min[2] ?? 0) - (a?.min[2] ?? 0)).toBeCloseTo(10.1 - 1.01, 9);
    expect(a?.min[1]).toBe(2);
  });

  test("a group stops together at the border and slides along it", () => {
    const left = worldFromPixel(grid, pixelBox([0, 10, 2], [1, 20, 12]));
    const right = worldFromPixel(grid, pixelBox([0, 10, 100], [1, 20, 110]));
    const boxes = movedBoxes([left, right], [0, 16.25, -999], grid, {
      grabbed: right,
      snap: "voxels",
    });
    expect(boxes.map((box) => pixelFromWorld(grid, box))).toEqual([
      pixelBox([0, 110, 0], [1, 120, 10]),
      pixelBox([0, 110, 98], [1, 120, 108]),
    ]);
  });

  test("brings a box from outside in, and leaves one that is larger than the image", () => {
    const outside = flatBox([-5, 0, 5, 1]);
    const [inside] = movedBoxes([outside], [0, 0, 0.5], grid, { grabbed: outside, snap: "voxels" });
    expect(inside?.min[2]).toBe(0);
    const huge = flatBox([-5, 0, 500, 1]);
    expect(movedBoxes([huge], [0, 0, 3], grid, { grabbed: huge, snap: "voxels" })).toEqual([huge]);
  });
});

describe("resizing", () => {
  const box = worldFromPixel(grid, pixelBox([0, 50, 50], [1, 60, 60]));
  const right: Part = [0, 0, 1];
  const px = (n: number): Zyx => [0, 0, n * 0.1625];

  test("an edge dragged through its opposite swaps with it", () => {
    const through = resizedBox(box, right, px(-30), { grid, snap: "voxels" });
    expect(pixelFromWorld(grid, through)).toEqual(pixelBox([0, 50, 30], [1, 60, 50]));
    expect(heldPart(right, box, through)).toEqual([0, 0, -1]);
    expect(heldPart([0, 0, -1], box, box)).toEqual([0, 0, -1]);
  });

  test("an edge stops a voxel before its opposite, on the side it comes from", () => {
    for (const [n, min, max] of [
      [-9.6, 50, 51],
      [-10, 50, 51],
      [-10.6, 49, 50],
    ] as const) {
      const thin = pixelFromWorld(grid, resizedBox(box, right, px(n), { grid, snap: "voxels" }));
      expect([n, thin.min[2], thin.max[2]]).toEqual([n, min, max]);
    }
  });

  test("edges that are not dragged keep their values to the bit", () => {
    const odd = flatBox([1.0000001, 2.3, 7.77, 8.8], [0.1, 0.7]);
    const wide = resizedBox(odd, right, px(20), { grid, snap: "voxels" });
    expect([wide.min, wide.max[0], wide.max[1]]).toEqual([odd.min, 0.7, 8.8]);
  });
});

test("a click's worth of drawing at the far corner is the last voxel, not one outside", () => {
  const corner = { x: 300 * 0.1625 - 0.01, y: 200 * 0.1625 - 0.01 };
  const box = drawnBox(corner, corner, { grid, snap: "voxels" });
  expect(box && pixelFromWorld(grid, box)).toEqual(pixelBox([0, 199, 299], [10, 200, 300]));
});
