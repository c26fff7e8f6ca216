/** Which objects the border takes away, and which ids the others have then. */
import { describe, expect, it } from "vitest";
import { clearBorder } from "./clear-border.ts";
import { removeSmall } from "./remove-small.ts";

describe("objects that stay", () => {
  it("keep their ids where asked", () => {
    const labels = new Uint32Array([1, 2, 2, 3, 3, 3, 0, 4, 5, 5]);
    expect(removeSmall(labels, 5, 2, "kept")).toBe(5);
    expect([...labels]).toEqual([0, 2, 2, 3, 3, 3, 0, 0, 5, 5]);
  });

  it("are numbered anew where others are cut off by the border", () => {
    const labels = Uint32Array.from(["10022", "03040", "03045", "00000"].join(""), Number);
    expect(clearBorder(labels, 5, [1, 4, 5])).toBe(2);
    expect(labels.join("")).toBe(["00000", "01020", "01020", "00000"].join(""));
  });

  it("are bounded by the first and last plane of a volume, and not by that of a plane", () => {
    const plane = Uint32Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0);
    expect(clearBorder(plane.slice(), 1, [1, 3, 3])).toBe(1);
    const volume = Uint32Array.from([...plane, ...plane, ...plane]);
    expect(clearBorder(volume.slice(), 1, [3, 3, 3])).toBe(0);
    expect(clearBorder(volume.slice().fill(0, 18), 1, [3, 3, 3])).toBe(0);
    expect(clearBorder(volume.slice().fill(0, 0, 9), 1, [3, 3, 3])).toBe(0);
    expect(clearBorder(volume.slice().fill(0, 0, 9).fill(0, 18), 1, [3, 3, 3])).toBe(1);
  });
});
