/** Numbers as people type them. */
import { describe, expect, test } from "vitest";
import { evaluated, parseQuantity } from "./quantity.ts";

/** What a field that says 10 at 0.5 units per voxel comes to say. */
function typed(text: string, axisUnit?: string): number | undefined {
  const quantity = parseQuantity(text, axisUnit);
  return quantity && evaluated(quantity, 10, 0.5);
}

describe("a text", () => {
  test.each([
    ["12.5", 12.5],
    [" 12,5 ", 12.5],
    [".5", 0.5],
    ["7.", 7],
    ["1e2", 100],
    ["12.5um", 12.5],
    ["12.5 µm", 12.5],
    ["12.5 \u03bcm", 12.5],
    ["1500 nm", 1.5],
    ["2 mm", 2000],
    ["40px", 20],
    ["40 Voxels", 20],
    ["+5", 15],
    ["-5", 5],
    ["+ 4 px", 12],
    ["-1,5µm", 8.5],
    ["*3", 30],
    ["/2", 5],
  ])("%j means %d", (text, value) => {
    expect(typed(text)).toBeCloseTo(value, 12);
  });

  test.each(["", "abc", "12.5 parsec", "1,000.5", "1.000,5", "--5", "/0", "*2px", "5 5", "0x10"])(
    "%j is none",
    (text) => {
      expect(typed(text)).toBeUndefined();
    },
  );

  test("in another unit than the axis's is converted, and refused where that unit is unknown", () => {
    expect(typed("2 µm", "nanometer")).toBe(2000);
    expect(typed("2 µm", "second")).toBeUndefined();
    expect(typed("2", "second")).toBe(2);
  });
});
