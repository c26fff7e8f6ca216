/** What hands do: a click selects, a drag ends as one edit. */
import { describe, expect, test } from "vitest";
import { pixelBox } from "../geometry/box.ts";
import { Bench, LARGE, SMALL } from "../testing/hand.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { guidesOf } from "./attract.ts";
import { openedDocument, select } from "./document.ts";
import { claimsPointer } from "./tool-state.ts";

describe("clicking", () => {
  test("selects the ROI on top, and nothing beside ROIs", () => {
    const bench = new Bench().click(75, 75);
    expect(bench.selected()).toEqual([SMALL]);
    expect(bench.click(300, 300).selected()).toEqual([]);
  });

  test("goes through the ROIs under one place", () => {
    const bench = new Bench();
    const seen = [1, 2, 3].map(() => bench.click(75, 75).selected());
    expect(seen).toEqual([[SMALL], [LARGE], [SMALL]]);
  });

  test("elsewhere on a selected ROI selects the one on top, not the next", () => {
    const bench = new Bench().click(75, 75).click(80, 90);
    expect(bench.selected()).toEqual([SMALL]);
  });

  test("with Shift or Ctrl adds and takes away", () => {
    const bench = new Bench().click(75, 75).click(150, 150, { shift: true });
    expect(bench.selected()).toEqual([SMALL, LARGE]);
    expect(bench.click(75, 75, { ctrl: true }).selected()).toEqual([LARGE]);
    expect(bench.click(400, 400, { shift: true }).selected()).toEqual([LARGE]);
  });

  test("moves the crosshair where there is one, unless it adds to the selection", () => {
    const bench = new Bench().click(75, 75);
    expect(bench.looked).toBeUndefined();
    bench.hasCrosshair = true;
    bench.pointer("move", 300, 300);
    expect(bench.hint).toContain("Click: move the crosshair");
    bench.click(60, 70);
    expect([bench.looked, bench.selected()]).toEqual([{ x: 60, y: 70 }, [SMALL]]);
    bench.click(150, 150, { shift: true });
    expect([bench.looked, bench.selected()]).toEqual([{ x: 60, y: 70 }, [SMALL, LARGE]]);
  });

  test("a modifier that is held lights up before anything is pressed", () => {
    const bench = new Bench().pointer("move", 75, 75);
    expect(bench.hint).not.toContain("(now)");
    bench.send({ kind: "modifiers", modifiers: { shift: true, ctrl: false, alt: false } });
    expect(bench.hint).toContain("Shift+Click: add or take out (now)");
    bench.send({ kind: "modifiers", modifiers: { shift: false, ctrl: false, alt: false } });
    expect(bench.hint).not.toContain("(now)");
    bench.tool = "draw";
    bench.pointer("move", 76, 75, { shift: true });
    expect(bench.hint).toContain("Shift: draw more than one (now)");
  });

  test("promises a click only what it does: the ROI below where there is one, and a click went there before", () => {
    const bench = new Bench().pointer("move", 75, 75);
    expect(bench.hint).toContain("Click: select");
    bench.click(75, 75).pointer("move", 75, 75);
    expect(bench.hint).toContain("Click: the ROI below");
    expect(bench.click(75, 75).selected()).toEqual([LARGE]);
    bench.click(75, 75).pointer("move", 80, 90);
    expect(bench.hint).not.toMatch(/(^| )Click/);
    expect(bench.click(80, 90).selected()).toEqual([SMALL]);
    // Nothing lies below the larger one there.
    bench.click(150, 150).pointer("move", 150, 150);
    expect(bench.hint).not.toMatch(/(^| )Click/);
    expect(bench.click(150, 150).selected()).toEqual([LARGE]);
    bench.click(75, 75, { shift: true }).pointer("move", 150, 150);
    expect(bench.hint).toContain("Click: select");
    expect(bench.click(150, 150).selected()).toEqual([LARGE]);
  });

  test("on a corner of what is selected Shift keeps proportions, on an edge it does not say so", () => {
    const bench = new Bench().click(75, 75);
    const hints = () => [bench.pointer("move", 100, 100).hint, bench.pointer("move", 100, 75).hint];
    expect(hints()).toEqual(["Drag: resize · Shift: keep proportions", "Drag: resize"]);
    bench.pointer("down", 100, 75).pointer("move", 110, 75, { shift: true });
    expect(bench.hint).not.toContain("proportions");
    bench.pointer("up", 110, 75).pointer("move", 110, 75, { alt: true });
    expect(bench.hint).toBe("Drag: resize · Ctrl or Alt: no snapping (now)");
  });

  test("a press that strays less than 4 pixels is a click, and changes no ROI", () => {
    const bench = new Bench().click(75, 75);
    bench.pointer("down", 75, 75).pointer("move", 76.4, 76.4).pointer("up", 76.4, 76.4);
    expect(bench.commits).toBe(0);
    bench.pointer("down", 75, 75).pointer("move", 77, 75).pointer("up", 77, 75);
    expect(bench.commits).toBe(1);
  });

  test("a tap strays further, as fingers do", () => {
    const bench = new Bench().click(75, 75);
    const modifiers = { shift: false, ctrl: false, alt: false };
    const tap = (to: number): number => {
      for (const [kind, x] of [["down", 75] as const, ["move", to] as const, ["up", to] as const])
        bench.send({
          kind,
          at: { screen: { x: 2 * x, y: 150 }, world: { x, y: 75 }, modifiers, touch: true },
        });
      return bench.commits;
    };
    expect([tap(78.9), tap(79.1)]).toEqual([0, 1]);
  });

  test("a finger on an ROI that reaches out of view pans over it, a mouse moves it", () => {
    const bench = new Bench().click(75, 75);
    bench.inView = { min: { x: 60, y: 0 }, max: { x: 500, y: 500 } };
    const modifiers = { shift: false, ctrl: false, alt: false };
    const at = { screen: { x: 150, y: 150 }, world: { x: 75, y: 75 }, modifiers };
    bench.send({ kind: "down", at: { ...at, touch: true } });
    expect(claimsPointer(bench.state)).toBe(false);
    bench.send({ kind: "cancel" });
    bench.send({ kind: "down", at });
    expect(claimsPointer(bench.state)).toBe(true);
  });
});

describe("dragging", () => {
  test("what is not selected is the camera's", () => {
    const bench = new Bench().pointer("down", 75, 75);
    expect(claimsPointer(bench.state)).toBe(false);
    bench.pointer("move", 90, 90);
    expect([bench.state.kind, bench.cursor]).toEqual(["panning", "grabbing"]);
    expect(bench.pointer("up", 90, 90).selected()).toEqual([]);
  });

  test("the body of a selected ROI moves it by whole voxels, in one step", () => {
    const bench = new Bench().click(75, 75).drag([75, 75], [85.2, 70.1]);
    expect(bench.pixels(SMALL)).toEqual(pixelBox([0, 90, 120], [4, 190, 220]));
    expect(bench.document.history.done.map(({ label }) => label)).toEqual(["Move roi_0"]);
    expect(bench.preview).toBeUndefined();
  });

  test("moves all that is selected, also by a part that a smaller ROI covers", () => {
    const bench = new Bench().click(150, 150);
    bench.pointer("down", 75, 75);
    expect(claimsPointer(bench.state)).toBe(true);
    bench.pointer("up", 75, 75).click(150, 150).click(75, 75, { shift: true });
    bench.drag([150, 150], [160, 150]);
    expect([bench.pixels(SMALL)?.min[2], bench.pixels(LARGE)?.min[2]]).toEqual([120, 60]);
  });

  test("an edge keeps its distance to the pointer that grabbed it beside the line", () => {
    const bench = new Bench().click(75, 75).drag([102, 75], [112, 75]);
    expect(bench.pixels(SMALL)?.max[2]).toBe(220);
    expect(bench.document.history.done.at(-1)?.label).toBe("Resize roi_0");
  });

  test("a corner through both edges turns the box over, and the cursor with it", () => {
    const bench = new Bench().click(75, 75).pointer("down", 100, 100);
    bench.pointer("move", 100, 30);
    expect(bench.cursor).toBe("nesw-resize");
    bench.pointer("move", 30, 30);
    expect(bench.cursor).toBe("nwse-resize");
    expect(bench.pointer("up", 30, 30).pixels(SMALL)).toEqual(pixelBox([0, 60, 60], [4, 100, 100]));
  });

  test("Alt suspends snapping from the moment it is held, and no longer", () => {
    const bench = new Bench().click(75, 75).pointer("down", 75, 75).pointer("move", 85.2, 75);
    const x = () => bench.preview?.get(SMALL)?.to?.box.min[2];
    expect(x()).toBe(60);
    bench.send({ kind: "modifiers", modifiers: { shift: false, ctrl: false, alt: true } });
    expect(x()).toBeCloseTo(60.2);
    bench.send({ kind: "modifiers", modifiers: { shift: false, ctrl: false, alt: false } });
    expect(x()).toBe(60);
    expect(bench.hint).toMatch(/no snapping ·/);
    bench.send({ kind: "modifiers", modifiers: { shift: false, ctrl: true, alt: false } });
    expect(bench.hint).toMatch(/no snapping \(now\) ·/);
  });

  test("back to where it began commits nothing", () => {
    const bench = new Bench().click(75, 75).pointer("down", 75, 75).pointer("move", 95, 95);
    bench.pointer("move", 75.1, 75.1).pointer("up", 75.1, 75.1);
    expect([bench.commits, bench.preview]).toEqual([0, undefined]);
  });

  test("of a locked ROI is the camera's, by its body and by its edges", () => {
    const bench = new Bench().click(75, 75);
    bench.locked = new Set([SMALL]);
    for (const from of [75, 100]) {
      bench.pointer("move", from, 75);
      expect([bench.cursor, bench.hint]).toEqual(["pointer", expect.stringContaining("locked")]);
      bench.pointer("down", from, 75).pointer("move", 150, 75);
      expect([claimsPointer(bench.state), bench.cursor]).toEqual([false, "grabbing"]);
      bench.pointer("up", 150, 75);
    }
    expect(bench.commits).toBe(0);
    bench.locked = new Set();
    bench.drag([75, 75], [80, 75]);
    expect(bench.commits).toBe(1);
  });

  test("of several ROIs leaves the locked one where it is, and no hidden one draws an edge to it", () => {
    const bench = new Bench();
    bench.document = select(bench.document, new Set([SMALL, LARGE]));
    bench.locked = new Set([SMALL]);
    bench.drag([180, 180], [183, 180]);
    expect(bench.pixels(SMALL)?.min).toEqual([0, 100, 100]);
    expect(bench.pixels(LARGE)?.min).toEqual([0, 40, 46]);

    const next = new Bench().click(75, 75);
    next.pointer("down", 100, 75).pointer("move", 198.2, 75);
    expect(next.preview?.get(SMALL)?.to?.box.max[2]).toBe(200);
    next.send({ kind: "escape" });
    next.pointer("up", 198.2, 75);
    next.hidden = new Set([LARGE]);
    next.pointer("down", 100, 75).pointer("move", 198.2, 75);
    expect(next.preview?.get(SMALL)?.to?.box.max[2]).toBe(198);
    expect(guidesOf(next.state, next.context)).toEqual([]);
  });

  test("is dropped when the ROIs change under it", () => {
    const bench = new Bench().click(75, 75).pointer("down", 75, 75).pointer("move", 95, 95);
    bench.document = openedDocument(roisOfBoxes([flatBox([0, 0, 10, 10])]));
    bench.pointer("move", 99, 99).pointer("up", 99, 99);
    expect([bench.commits, bench.preview]).toEqual([0, undefined]);
  });
});
