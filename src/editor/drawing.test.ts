/** New ROIs by hand: drawn with the button down, or by a click on each of two corners. */
import { describe, expect, test } from "vitest";
import { pixelBox } from "../geometry/box.ts";
import { roiAt } from "../roi/rois.ts";
import { Bench } from "../testing/hand.ts";

describe("drawing", () => {
  test("makes an ROI through the whole stack, selects it and puts the tool down", () => {
    const bench = new Bench();
    bench.tool = "draw";
    bench.drag([300.1, 400.2], [249.9, 450]);
    expect(bench.pixels(2)).toEqual(pixelBox([0, 800, 500], [4, 900, 600]));
    expect([bench.selected(), bench.tool]).toEqual([[2], "select"]);
    expect(roiAt(bench.document.rois, 2)?.name).toBe("roi");
  });

  test("says how large the ROI is", () => {
    const bench = new Bench();
    bench.tool = "draw";
    bench.pointer("down", 0, 0).pointer("move", 64, 60.5);
    expect(bench.hint).toBe(
      "128 × 121 px · 64 × 60.5 µm · Shift: draw one more · Ctrl or Alt: no snapping · " +
        "Space: pan · escape: cancel",
    );
  });

  test("with Shift goes on", () => {
    const bench = new Bench();
    bench.tool = "draw";
    bench.drag([300, 300], [350, 350], { shift: true });
    bench.drag([360, 300], [390, 350], { shift: true });
    expect([bench.tool, bench.commits, roiAt(bench.document.rois, 3)?.name]).toEqual([
      "draw",
      2,
      "roi_2",
    ]);
  });

  test("a box beside the image draws nothing", () => {
    const bench = new Bench();
    bench.tool = "draw";
    bench.drag([600, 600], [700, 700]);
    expect([bench.commits, bench.tool, bench.preview]).toEqual([0, "draw", undefined]);
  });
});

describe("two clicks", () => {
  test("make an ROI from the plane of the first to that of the second", () => {
    const bench = new Bench();
    bench.tool = "draw";
    bench.click(300, 300).pointer("move", 340, 350);
    bench.plane = 2;
    bench.pointer("move", 340, 350).click(340, 350);
    expect(bench.pixels(2)).toEqual(pixelBox([0, 600, 600], [3, 700, 680]));
    expect([bench.commits, bench.tool, bench.state.kind]).toEqual([1, "select", "idle"]);
  });

  test("on one plane go through the depth that new ROIs get", () => {
    const bench = new Bench();
    bench.tool = "draw";
    bench.plane = 1;
    bench.click(300, 300).click(340, 350);
    expect(bench.pixels(2)).toEqual(pixelBox([0, 600, 600], [4, 700, 680]));
  });

  test("on one place make a box of the usual size there", () => {
    const bench = new Bench();
    bench.tool = "draw";
    bench.click(300, 300).click(301, 300);
    expect(bench.pixels(2)).toEqual(pixelBox([0, 552, 552], [4, 648, 648]));
  });

  test("are forgotten with Escape after the first", () => {
    const bench = new Bench();
    bench.tool = "draw";
    bench.click(300, 300).pointer("move", 340, 350);
    bench.send({ kind: "escape" });
    expect([bench.preview, bench.commits, bench.tool]).toEqual([undefined, 0, "draw"]);
  });
});
