/** Objects are measured as Fractal measured them: the same columns, in the same order, of the same values. */
import { describe, expect, it } from "vitest";
import { isFault } from "../base/fault.ts";
import { numbersOf } from "../table/columns.ts";
import type { Column } from "../table/table.ts";
import { recorded, voxelsOf } from "../testing/golden-features.ts";
import { type FeaturePatch, measureObjects } from "./measure-features.ts";

const plane: FeaturePatch = {
  shape: [1, 2, 4],
  spacing: [1, 0.5, 0.5],
  dimensions: 2,
  channels: [{ name: "DAPI", voxels: Uint16Array.of(1, 2, 9, 9, 3, 4, 9, 7) }],
  labels: Uint8Array.of(5, 0),
  labelShape: [1, 1, 2],
  region: "FOV_1",
};

function numbersIn(columns: ReadonlyMap<string, Column>, name: string): number[] {
  const column = columns.get(name);
  return column ? [...numbersOf(column)] : [];
}

function faultOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe("measureObjects", () => {
  describe.each(recorded.features)("measures $name as Fractal does:", (golden) => {
    const { labels, columns } = measureObjects(
      {
        ...golden,
        labels: Uint32Array.from(golden.labels),
        labelShape: golden.shape,
        channels: Object.entries(golden.channels).map(([name, values]) => ({
          name,
          voxels: voxelsOf(golden.dtype, values),
        })),
        region: "FOV_1",
      },
      "hull",
    );
    const { label, ...expected } = golden.columns;
    const isAnisotropic = golden.dimensions === 2 && golden.spacing[1] !== golden.spacing[2];

    it("the same objects, columns and order", () => {
      expect([...labels]).toEqual(label);
      // scikit-image refuses perimeters there, and Fractal with it.
      const names = [...columns.keys()].filter(
        (name) => !(isAnisotropic && name.startsWith("perimeter")),
      );
      expect(names).toEqual(Object.keys(expected));
      expect(columns.get("region")?.values).toEqual(expected["region"]);
    });

    it.each(Object.keys(expected).filter((name) => name !== "region"))("%s", (name) => {
      const values = numbersIn(columns, name);
      for (const [row, exact] of (expected[name] ?? []).entries()) {
        const value = values[row] ?? Number.NaN;
        const wanted = Number(exact);
        // A length that is 0 but for rounding is the square root of that rounding.
        const isNear = Math.abs(value - wanted) <= 1e-6 * Math.abs(wanted) + 1e-7;
        expect(isNear || Object.is(value, wanted), `${label?.[row]}: ${value}, ${wanted}`).toBe(
          true,
        );
      }
    });
  });

  it("has no perimeters where pixels are no squares", () => {
    const { columns } = measureObjects({ ...plane, spacing: [1, 0.5, 0.6] }, "basic");
    expect(numbersIn(columns, "perimeter")).toEqual([Number.NaN]);
    expect(numbersIn(columns, "perimeter_crofton")).toEqual([Number.NaN]);
  });

  it("brings a coarser label to the image's level", () => {
    const { labels, columns } = measureObjects(plane, "basic");
    expect([...labels]).toEqual([5]);
    expect(numbersIn(columns, "num_pixels")).toEqual([4]);
    expect(numbersIn(columns, "area")).toEqual([1]);
    expect(numbersIn(columns, "intensity_max-DAPI")).toEqual([4]);
    expect(numbersIn(columns, "intensity_median-DAPI")).toEqual([2.5]);
  });

  it("leaves out what is not asked for", () => {
    const names = (shape: "none" | "basic", channels = plane.channels) => [
      ...measureObjects({ ...plane, channels, time: 2 }, shape).columns.keys(),
    ];
    expect(names("none", [])).toEqual(["region", "time_index"]);
    expect(names("none")).toHaveLength(7);
    expect(names("basic", [])).not.toContain("solidity");
  });

  it("tells counts from measures by their type", () => {
    const { columns } = measureObjects(plane, "basic");
    expect(columns.get("num_pixels")).toMatchObject({ dtype: "int64" });
    expect(columns.get("area")).toMatchObject({ dtype: "float64" });
  });

  it("refuses channels that cannot be told apart or do not fit", () => {
    const [dapi] = plane.channels;
    const twice = dapi ? [dapi, dapi] : [];
    const short = [{ name: "DAPI", voxels: new Uint16Array(7) }];
    for (const channels of [twice, short])
      expect(
        isFault(
          faultOf(() => measureObjects({ ...plane, channels }, "none")),
          "input",
        ),
      ).toBe(true);
  });
});
