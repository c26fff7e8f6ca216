/** Laws that the shape of an object keeps: wherever it lies, however it is turned, whatever is beside it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Zyx } from "../../geometry/box.ts";
import { objectRuns } from "./object-runs.ts";
import { type ShapeProperty, shapeProperties } from "./region-properties.ts";

interface Drawing {
  readonly shape: Zyx;
  readonly labels: Uint8Array<ArrayBuffer>;
}

const side = fc.integer({ min: 1, max: 6 });

function drawings(planes: fc.Arbitrary<number>): fc.Arbitrary<Drawing> {
  return fc
    .tuple(planes, side, side)
    .chain(([z, y, x]) =>
      fc
        .array(fc.constantFrom(0, 0, 1, 1, 2), { minLength: z * y * x, maxLength: z * y * x })
        .map((labels) => ({ shape: [z, y, x] as const, labels: Uint8Array.from(labels) })),
    );
}

const flat = drawings(fc.constant(1));
const deep = drawings(side);

type Columns = Partial<Record<ShapeProperty, number[]>>;

function measured({ shape, labels }: Drawing, dimensions: 2 | 3, spacing: Zyx): Columns {
  const columns = shapeProperties(objectRuns(labels, shape), { dimensions, spacing, set: "hull" });
  return Object.fromEntries([...columns].map(([name, values]) => [name, [...values]]));
}

/** The drawing with its axes exchanged: axis i of the new one is axis order[i] of the old one. */
function turned(
  { shape, labels }: Drawing,
  order: readonly [0 | 1 | 2, 0 | 1 | 2, 0 | 1 | 2],
): Drawing {
  const steps = [shape[1] * shape[2], shape[2], 1] as const;
  const turnedShape: Zyx = [shape[order[0]], shape[order[1]], shape[order[2]]];
  const out = new Uint8Array(labels.length);
  let at = 0;
  for (let z = 0; z < turnedShape[0]; z++)
    for (let y = 0; y < turnedShape[1]; y++)
      for (let x = 0; x < turnedShape[2]; x++)
        out[at++] = labels[z * steps[order[0]] + y * steps[order[1]] + x * steps[order[2]]] ?? 0;
  return { shape: turnedShape, labels: out };
}

/** The drawing inside a larger one. */
function moved({ shape: [planes, height, width], labels }: Drawing, [dz, dy, dx]: Zyx): Drawing {
  const shape: Zyx = [planes + dz, height + dy + 1, width + dx + 2];
  const out = new Uint8Array(shape[0] * shape[1] * shape[2]);
  for (const [i, label] of labels.entries()) {
    const x = i % width;
    const y = Math.floor(i / width) % height;
    const z = Math.floor(i / width / height);
    out[((z + dz) * shape[1] + y + dy) * shape[2] + x + dx] = label;
  }
  return { shape, labels: out };
}

function expectAlike(a: Columns, b: Columns, names: readonly ShapeProperty[]): void {
  for (const name of names)
    for (const [i, value] of (a[name] ?? []).entries()) {
      const other = b[name]?.[i] ?? Number.NaN;
      const isAlike = Math.abs(other - value) <= 1e-9 * Math.abs(value) + 1e-6;
      expect(isAlike || Object.is(value, other), `${name}: ${value}, ${other}`).toBe(true);
    }
}

/** What no turning changes. */
const turnable: readonly ShapeProperty[] = [
  "area",
  "area_bbox",
  "num_pixels",
  "equivalent_diameter_area",
  "axis_major_length",
  "axis_minor_length",
  "euler_number",
  "feret_diameter_max",
  "perimeter",
  "perimeter_crofton",
  "eccentricity",
  "area_convex",
  "area_filled",
  "extent",
  "solidity",
];

describe("shapeProperties", () => {
  it("is the same wherever an object is", () => {
    const offset = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3));
    fc.assert(
      fc.property(deep, offset, (drawing, by) => {
        const spacing = [2, 0.5, 0.7] as const;
        expect(measured(moved(drawing, by), 3, spacing)).toEqual(measured(drawing, 3, spacing));
      }),
    );
    fc.assert(
      fc.property(flat, offset, (drawing, [, dy, dx]) => {
        const spacing = [1, 0.65, 0.65] as const;
        expect(measured(moved(drawing, [0, dy, dx]), 2, spacing)).toEqual(
          measured(drawing, 2, spacing),
        );
      }),
    );
  });

  it("is the same whichever axis is which", () => {
    fc.assert(
      fc.property(flat, (drawing) => {
        const spacing = [1, 0.65, 0.65] as const;
        expectAlike(
          measured(drawing, 2, spacing),
          measured(turned(drawing, [0, 2, 1]), 2, spacing),
          turnable,
        );
      }),
    );
    fc.assert(
      fc.property(deep, (drawing) => {
        // Fractal hands volumes over in the order y, x, z.
        expectAlike(
          measured(drawing, 3, [2, 0.5, 0.7]),
          measured(turned(drawing, [1, 2, 0]), 3, [0.5, 0.7, 2]),
          turnable,
        );
      }),
    );
  });

  it("grows with the spacing", () => {
    fc.assert(
      fc.property(flat, fc.double({ min: 0.1, max: 10, noNaN: true }), (drawing, scale) => {
        const small = measured(drawing, 2, [1, 1, 1]);
        const large = measured(drawing, 2, [1, scale, scale]);
        const times = (by: number, names: readonly ShapeProperty[]) => {
          const scaled = names.map((name) => [name, small[name]?.map((value) => value * by)]);
          expectAlike(Object.fromEntries(scaled), large, names);
        };
        times(1, ["num_pixels", "euler_number", "extent", "solidity", "eccentricity"]);
        times(scale, ["perimeter", "perimeter_crofton", "feret_diameter_max", "axis_major_length"]);
        times(scale * scale, ["area", "area_bbox", "area_convex", "area_filled"]);
      }),
    );
  });

  it("bounds one size by another", () => {
    const both = fc.oneof(
      flat.map((drawing) => measured(drawing, 2, [1, 1, 1])),
      deep.map((drawing) => measured(drawing, 3, [1, 1, 1])),
    );
    fc.assert(
      fc.property(both, (values) => {
        const isOrdered = (small: ShapeProperty, large: ShapeProperty, where?: boolean[]) =>
          (values[small] ?? []).every(
            (value, i) =>
              where?.[i] === false || value <= (values[large]?.[i] ?? Number.NaN) + 1e-9,
          );
        expect(isOrdered("num_pixels", "area_filled")).toBe(true);
        expect(isOrdered("area_filled", "area_bbox")).toBe(true);
        expect(isOrdered("area_convex", "area_bbox")).toBe(true);
        expect(isOrdered("axis_minor_length", "axis_major_length")).toBe(true);
        // An object of a volume whose voxels are all in one plane has no convex hull: 0.
        const hasHull = (values.area_convex ?? []).map((area) => area > 0);
        expect(isOrdered("num_pixels", "area_convex", hasHull)).toBe(true);
      }),
    );
  });

  it("measures each object as if it were alone", () => {
    fc.assert(
      fc.property(deep, (drawing) => {
        const both = measured(drawing, 3, [1, 1, 1]);
        const objects = objectRuns(drawing.labels, drawing.shape);
        for (const [i, label] of objects.labels.entries()) {
          const only = drawing.labels.map((here) => (here === label ? 1 : 0));
          const alone = measured({ shape: drawing.shape, labels: only }, 3, [1, 1, 1]);
          for (const name of Object.keys(both) as ShapeProperty[])
            expect(alone[name]?.[0]).toBe(both[name]?.[i]);
        }
      }),
    );
  });

  it("has the Euler number of a plane in a volume of one plane", () => {
    fc.assert(
      fc.property(flat, (drawing) => {
        const inPlane = measured(drawing, 2, [1, 1, 1]).euler_number;
        expect(measured(drawing, 3, [1, 1, 1]).euler_number).toEqual(inPlane);
      }),
    );
  });
});

describe("objectRuns", () => {
  it("takes labels of any size in their order, and none below 1", () => {
    const { labels, first } = objectRuns(Uint32Array.of(7, 0, 4294967295, 7, 7, 2), [1, 2, 3]);
    expect([...labels]).toEqual([2, 7, 4294967295]);
    expect([...first]).toEqual([0, 1, 3, 4]);
    expect([...objectRuns(Int16Array.of(-1, 3, 3, 0), [1, 1, 4]).labels]).toEqual([3]);
  });
});
