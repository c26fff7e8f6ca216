/** What hands do in a pane beside the main one, where z runs across or down. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pixelFromWorld } from "../geometry/pixel-grid.ts";
import { type RoiId, roiAt } from "../roi/rois.ts";
import { Bench, grid, LARGE, SMALL } from "../testing/hand.ts";
import { guidesOf, heldBox } from "./attract.ts";
import { select } from "./document.ts";
import { badgeOf } from "./hint.ts";
import { XZ, YZ } from "./pane.ts";

describe("a pane beside the main one", () => {
  /** XZ at y 75, which both ROIs reach over; a unit of z is 20 times as long as one of x. */
  const side = (selected: RoiId = SMALL): Bench => {
    const bench = new Bench();
    bench.document = select(bench.document, new Set([selected]));
    bench.pane = { ...XZ, stretch: 20 };
    bench.plane = 150;
    return bench;
  };

  test("has the hand drag a face of the selected ROI through z, as one step", () => {
    const bench = side().pointer("move", 75, 4);
    expect(bench.cursor).toBe("ns-resize");
    bench.drag([75, 4], [75, 1.9]);
    const box = roiAt(bench.document.rois, SMALL)?.box;
    expect(box && [box.min, box.max]).toEqual([
      [0, 50, 50],
      [2, 100, 100],
    ]);
    expect([bench.commits, bench.document.history.done.map(({ label }) => label)]).toEqual([
      1,
      ["Resize roi_0"],
    ]);
  });

  test("stops at the end of the stack and at one plane", () => {
    const bench = side().drag([75, 4], [75, 90]);
    expect(bench.commits).toBe(0);
    bench.drag([75, 4], [75, 0.2]);
    expect(roiAt(bench.document.rois, SMALL)?.box.max[0]).toBe(1);
  });

  test("draws a face to that of another ROI, and names it", () => {
    const bench = side().drag([75, 4], [75, 2]);
    bench.document = select(bench.document, new Set([LARGE]));
    bench.pointer("down", 150, 4).pointer("move", 160, 2.18);
    expect(guidesOf(bench.state, bench.context)).toEqual([
      { axis: 0, at: 2, what: "roi_0 last plane" },
    ]);
    expect(bench.preview?.get(LARGE)?.to?.box.max[0]).toBe(2);
  });

  test("tells what the drag changes there, in pixels and in units", () => {
    const badge = (bench: Bench): string => {
      const { state, context } = bench;
      const box = heldBox(state);
      return box ? badgeOf(box, context, state.kind === "resizing" ? state.part : undefined) : "";
    };
    const face = side().pointer("down", 75, 4).pointer("move", 75, 1.9);
    expect(badge(face)).toBe("z 1–2 (2 planes, 2 µm)");
    expect(face.hint).toMatch(/^z 1–2 \(2 planes, 2 µm\) · /);
    const edge = side().pointer("down", 100, 2).pointer("move", 120.2, 2);
    expect(badge(edge)).toBe("x 140 px (70 µm)");
    expect(edge.hint).toMatch(/^x 140 px \(70 µm\) · /);
    const body = side().pointer("down", 75, 2).pointer("move", 90, 2);
    expect(badge(body)).toBe("x 100 px (50 µm) · z 1–4 (4 planes, 4 µm)");
  });

  test("moves the crosshair by a click or a drag, and selects and draws nothing", () => {
    const bench = side().click(300, 2);
    expect(bench.looked).toEqual({ x: 300, y: 2 });
    bench.tool = "draw";
    bench.pointer("down", 120, 1).pointer("move", 140, 3);
    expect([bench.looked, bench.cursor]).toEqual([{ x: 140, y: 3 }, "crosshair"]);
    bench.pointer("up", 140, 3);
    expect([bench.selected(), bench.commits, bench.tool]).toEqual([[SMALL], 0, "draw"]);
  });

  test("promises of a body only what is done there: it is moved, and a click selects nothing below it", () => {
    const bench = side().pointer("move", 75, 2);
    expect(bench.hint).toBe("Drag: move · Click: move the crosshair · Shift+Wheel: zoom along z");
    bench.click(75, 2).click(75, 2);
    expect([bench.selected(), bench.looked]).toEqual([[SMALL], { x: 75, y: 2 }]);
  });

  test("hits only what its slice cuts", () => {
    const bench = side();
    bench.plane = 300;
    bench.pointer("move", 75, 4);
    expect(bench.cursor).toBe("crosshair");
  });

  const views = fc.record({
    pane: fc.constantFrom(XZ, YZ),
    stretch: fc.double({ min: 0.5, max: 60, noNaN: true }),
  });
  test("leaves every ROI whole planes and inside the image, whatever is dragged", () => {
    fc.assert(
      fc.property(
        views,
        fc.integer({ min: -90, max: 600 }),
        fc.integer({ min: -40, max: 60 }),
        fc.constantFrom(0, 4),
        (view, along, depth, face) => {
          const bench = side();
          bench.pane = { ...view.pane, stretch: view.stretch };
          const isRow = view.pane.down === 0;
          const from: [number, number] = isRow ? [75, face] : [face, 75];
          bench.drag(from, isRow ? [along, depth / 4] : [depth / 4, along]);
          const box = roiAt(bench.document.rois, SMALL)?.box;
          if (!box) throw new Error("The ROI is gone");
          const { min, max } = pixelFromWorld(grid, box);
          for (const i of [0, 1, 2] as const) {
            expect(max[i] - min[i]).toBeGreaterThanOrEqual(1);
            expect(box.min[i]).toBeGreaterThanOrEqual(0);
            expect(box.max[i]).toBeLessThanOrEqual(grid.shape[i] * grid.scale[i]);
            expect(box.min[i] / grid.scale[i]).toBe(min[i]);
          }
        },
      ),
    );
  });
});
