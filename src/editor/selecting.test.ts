/** A box drawn around ROIs selects them. */
import { describe, expect, test } from "vitest";
import { Bench, LARGE, SMALL } from "../testing/hand.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { openedDocument } from "./document.ts";
import { claimsPointer } from "./tool-state.ts";

describe("a box around ROIs", () => {
  const SHIFT = { shift: true, ctrl: false, alt: false };
  const around = (bench: Bench, from: [number, number], to: [number, number]): Bench =>
    bench
      .pointer("down", ...from, SHIFT)
      .pointer("move", ...to, SHIFT)
      .pointer("up", ...to, SHIFT);

  test("selects what lies whole in it, whichever corner it is drawn from", () => {
    expect(around(new Bench(), [10, 10], [120, 150]).selected()).toEqual([SMALL]);
    expect(around(new Bench(), [210, 210], [10, 10]).selected()).toEqual([SMALL, LARGE]);
    expect(around(new Bench(), [60, 60], [400, 400]).selected()).toEqual([]);
  });

  test("begins on an ROI too, adds to the selection, and moves nothing", () => {
    const bench = new Bench().click(150, 150);
    expect(bench.selected()).toEqual([LARGE]);
    around(bench, [110, 110], [45, 45]);
    expect([bench.selected(), bench.commits]).toEqual([[LARGE, SMALL], 0]);
    // A handle is a handle.
    const held = new Bench().click(75, 75).pointer("down", 100, 100, SHIFT);
    expect(held.pointer("move", 120, 120, SHIFT).state.kind).toBe("resizing");
  });

  test("leaves out what is hidden and what this plane does not cut", () => {
    const bench = new Bench();
    bench.hidden = new Set([SMALL]);
    expect(around(bench, [10, 10], [210, 210]).selected()).toEqual([LARGE]);
    const beside = new Bench();
    beside.document = openedDocument(
      roisOfBoxes([flatBox([50, 50, 100, 100], [0, 1]), flatBox([50, 50, 100, 100], [2, 4])]),
    );
    beside.plane = 2;
    expect(around(beside, [10, 10], [210, 210]).selected()).toEqual([1]);
  });

  test("has the pointer to itself and says so, and Escape ends it with all as it was", () => {
    const bench = new Bench().click(75, 75).pointer("move", 300, 300);
    expect(bench.cursor).toBe("grab");
    bench.send({ kind: "modifiers", modifiers: SHIFT });
    expect([bench.cursor, bench.hint]).toEqual(["crosshair", "Shift+Drag: select in a box (now)"]);
    bench.pointer("down", 300, 300, SHIFT);
    expect(claimsPointer(bench.state)).toBe(true);
    bench.pointer("move", 10, 10, SHIFT);
    expect(bench.hint).toContain("Select what lies whole in the box");
    bench.send({ kind: "escape" });
    bench.pointer("up", 10, 10, SHIFT);
    expect([bench.selected(), bench.state.kind]).toEqual([[SMALL], "idle"]);
  });
});
