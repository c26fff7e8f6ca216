/** What hands do: every gesture either ends as one edit or leaves no trace. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pixelBox, type Zyx } from "../geometry/box.ts";
import { pixelFromWorld } from "../geometry/pixel-grid.ts";
import { type RoiDiff, type RoiId, roiAt } from "../roi/rois.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { guidesOf } from "./attract.ts";
import type { Point } from "./box-edit.ts";
import { commit, openedDocument, type RoiDocument, select } from "./document.ts";
import { cursorOf, hintOf, hintText } from "./hint.ts";
import { type Pane, XY, XZ, YZ } from "./pane.ts";
import { planeOf } from "./plane.ts";
import { step } from "./step.ts";
import {
  claimsPointer,
  type EditorEvent,
  type Effect,
  IDLE,
  type Modifiers,
  type Tool,
  type ToolContext,
  type ToolState,
} from "./tool-state.ts";

const grid = { shape: [4, 1000, 1000], scale: [1, 0.5, 0.5] } as const;
const around = {
  inView: { min: { x: 0, y: 0 }, max: { x: 500, y: 500 } },
  depth: { min: 0, max: 4 },
} as const;
const SMALL: RoiId = 0;
const LARGE: RoiId = 1;

/** A viewer at 2 pixels per unit without its screen: it does what the effects say. */
class Bench {
  document: RoiDocument = openedDocument(
    roisOfBoxes([flatBox([50, 50, 100, 100], [0, 4]), flatBox([20, 20, 200, 200], [0, 4])]),
  );
  state: ToolState = IDLE;
  tool: Tool = "select";
  preview: RoiDiff | undefined;
  commits = 0;
  plane = 0;
  pane: Pane = XY;
  looked: Point | undefined;
  hidden: ReadonlySet<RoiId> = new Set();
  locked: ReadonlySet<RoiId> = new Set();
  hasCrosshair = false;
  chunk: Zyx = [1, 1000, 1000];

  get context(): ToolContext {
    const { rois, selection } = this.document;
    const plane = planeOf(grid, this.plane, this.pane.through);
    return {
      rois,
      selection,
      hidden: this.hidden,
      locked: this.locked,
      hasCrosshair: this.hasCrosshair,
      tool: this.tool,
      grid,
      pane: this.pane,
      plane,
      pixelsPerUnit: 2,
      unit: "µm",
      ...around,
      chunk: this.chunk,
    };
  }

  get cursor(): string {
    return cursorOf(this.state, this.pane);
  }

  get hint(): string {
    return hintText(hintOf(this.state, this.context));
  }

  send(event: EditorEvent): void {
    const { state, effects } = step(this.state, event, this.context);
    this.state = state;
    for (const effect of effects) this.#apply(effect);
  }

  #apply(effect: Effect): void {
    switch (effect.kind) {
      case "preview":
        this.preview = effect.diff;
        break;
      case "commit":
        this.commits++;
        this.document = commit(this.document, effect.edit);
        break;
      case "select":
        this.document = select(this.document, effect.selection);
        break;
      case "tool":
        this.tool = effect.tool;
        break;
      case "look":
        this.looked = effect.at;
        break;
      case "hover":
        break;
    }
  }

  pointer(kind: "down" | "move" | "up", x: number, y: number, held: Partial<Modifiers> = {}): this {
    const modifiers = { shift: false, ctrl: false, alt: false, ...held };
    this.send({ kind, at: { screen: { x: 2 * x, y: 2 * y }, world: { x, y }, modifiers } });
    return this;
  }

  click(x: number, y: number, held: Partial<Modifiers> = {}): this {
    return this.pointer("down", x, y, held).pointer("up", x, y, held);
  }

  drag(from: [number, number], to: [number, number], held: Partial<Modifiers> = {}): this {
    return this.pointer("down", ...from)
      .pointer("move", (from[0] + to[0]) / 2, to[1], held)
      .pointer("move", ...to, held)
      .pointer("up", ...to, held);
  }

  selected(): RoiId[] {
    return [...this.document.selection];
  }

  pixels(id: RoiId) {
    const roi = roiAt(this.document.rois, id);
    return roi && pixelFromWorld(grid, roi.box);
  }
}

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

  test("a press that strays less than 4 pixels is a click, and changes no ROI", () => {
    const bench = new Bench().click(75, 75);
    bench.pointer("down", 75, 75).pointer("move", 76.4, 76.4).pointer("up", 76.4, 76.4);
    expect(bench.commits).toBe(0);
    bench.pointer("down", 75, 75).pointer("move", 77, 75).pointer("up", 77, 75);
    expect(bench.commits).toBe(1);
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

describe("what a drag is drawn to", () => {
  test("the edge of another ROI, unless Ctrl or Alt is held", () => {
    const bench = new Bench().click(75, 75).pointer("down", 100, 75).pointer("move", 197, 75);
    const right = () => bench.preview?.get(SMALL)?.to?.box.max[2];
    expect(right()).toBe(200);
    expect(guidesOf(bench.state, bench.context)).toEqual([
      { axis: 2, at: 200, what: "roi_1 right" },
    ]);
    for (const key of ["ctrl", "alt"] as const) {
      bench.pointer("move", 197.1, 75, { [key]: true });
      expect(right()).toBeCloseTo(197.1);
      expect(guidesOf(bench.state, bench.context)).toEqual([]);
    }
    expect(bench.hint).toContain("Ctrl or Alt: no snapping (now)");
  });

  test("chunk borders, by either side of what is moved", () => {
    const bench = new Bench().click(75, 75);
    bench.chunk = [1, 300, 300];
    bench.pointer("down", 75, 75).pointer("move", 122, 75);
    const box = () => bench.preview?.get(SMALL)?.to?.box;
    expect([box()?.min[2], box()?.max[2]]).toEqual([100, 150]);
    expect(guidesOf(bench.state, bench.context)).toContainEqual({
      axis: 2,
      at: 150,
      what: "chunk",
    });
    bench.pointer("move", 132, 75);
    expect(box()?.max[2]).toBe(157);
  });

  test("Shift keeps a corner's proportions, up to the image's border", () => {
    const bench = new Bench().click(75, 75).pointer("down", 100, 100);
    const box = () => bench.preview?.get(SMALL)?.to?.box;
    bench.pointer("move", 120, 101, { shift: true });
    expect(box()).toMatchObject({ min: [0, 50, 50], max: [4, 120, 120] });
    bench.pointer("move", 20, 5, { shift: true });
    expect(box()).toMatchObject({ min: [0, 5, 5], max: [4, 50, 50] });
    bench.send({ kind: "escape" });
    bench.pointer("up", 5, 5).pointer("down", 100, 50).pointer("move", 400, 40, { shift: true });
    expect(box()).toMatchObject({ min: [0, 0, 50], max: [4, 100, 150] });
  });
});

test("any drag that is drawn to something ends on whole voxels, inside, a voxel large at least", () => {
  /** On the edges, handles and bodies of ROIs and near them, beside all, and beside the image. */
  const coordinate = fc.oneof(
    fc
      .tuple(fc.constantFrom(20, 50, 75, 100, 200), fc.integer({ min: -4, max: 4 }))
      .map(([edge, off]) => edge + off),
    fc.integer({ min: -60, max: 560 }),
  );
  const place = fc.record({ x: coordinate, y: coordinate });
  fc.assert(
    fc.property(
      fc.constantFrom([75, 75], [100, 100], [100, 75], [50, 100]),
      fc.array(place, { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 1000 }),
      ([x = 0, y = 0], path, shift, chunk) => {
        const bench = new Bench().click(75, 75);
        bench.chunk = [1, chunk, chunk];
        bench.pointer("down", x, y);
        for (const at of path) bench.pointer("move", at.x, at.y, { shift });
        const { box } = bench.preview?.get(SMALL)?.to ?? {};
        for (const i of [1, 2] as const) {
          if (box === undefined) continue;
          expect(Number.isInteger(box.min[i] / 0.5) && Number.isInteger(box.max[i] / 0.5)).toBe(
            true,
          );
          expect(box.max[i] - box.min[i]).toBeGreaterThanOrEqual(0.5);
          expect(Math.min(box.min[i], 500 - box.max[i])).toBeGreaterThanOrEqual(0);
        }
      },
    ),
  );
});

describe("Escape", () => {
  test("goes down one rung at a time", () => {
    const bench = new Bench().click(75, 75);
    bench.tool = "draw";
    bench.pointer("down", 75, 75).pointer("move", 95, 95);
    const rungs = [1, 2, 3, 4].map(() => {
      bench.send({ kind: "escape" });
      return [bench.preview, bench.selected().length, bench.tool];
    });
    expect(rungs).toEqual([
      [undefined, 1, "draw"],
      [undefined, 0, "draw"],
      [undefined, 0, "select"],
      [undefined, 0, "select"],
    ]);
    bench.pointer("move", 99, 99).pointer("up", 99, 99);
    expect(bench.commits).toBe(0);
  });

  /** On the edges, handles and bodies of ROIs and near them, beside all, and beside the image. */
  const coordinate = fc.oneof(
    fc
      .tuple(fc.constantFrom(20, 50, 75, 100, 200), fc.integer({ min: -4, max: 4 }))
      .map(([edge, off]) => edge + off),
    fc.integer({ min: -60, max: 560 }),
  );
  const place = fc.record({ x: coordinate, y: coordinate });
  const held = fc.record({ shift: fc.boolean(), ctrl: fc.boolean(), alt: fc.boolean() });
  const moves = fc.array(
    fc.record({
      at: place,
      held,
      only: fc.constantFrom<Step["only"]>("pointer", "keys", "leave", "plane"),
    }),
    { maxLength: 8 },
  );

  interface Step {
    readonly at: { readonly x: number; readonly y: number };
    readonly held: Modifiers;
    readonly only: "pointer" | "keys" | "leave" | "plane";
  }
  function follow(bench: Bench, { at, held: modifiers, only }: Step): void {
    if (only === "keys") bench.send({ kind: "modifiers", modifiers });
    else if (only === "plane") bench.plane = at.x & 3;
    else if (only === "leave") bench.send({ kind: "leave" });
    else bench.pointer("move", at.x, at.y, modifiers);
  }

  test("or a lost pointer undoes whatever a press has begun", () => {
    fc.assert(
      fc.property(
        fc.record({
          tool: fc.constantFrom<Tool>("select", "draw"),
          pane: fc.constantFrom(XY, { ...XZ, stretch: 30 }, { ...YZ, stretch: 3 }),
          plane: fc.nat({ max: 400 }),
          selection: fc.subarray([SMALL, LARGE]),
          hidden: fc.subarray([SMALL, LARGE], { maxLength: 1 }),
          locked: fc.subarray([SMALL, LARGE], { maxLength: 1 }),
          start: place,
          startHeld: held,
          clicks: fc.boolean(),
          chunk: fc.integer({ min: 1, max: 400 }),
          moves,
          end: fc.constantFrom<EditorEvent>({ kind: "escape" }, { kind: "cancel" }),
        }),
        ({ tool, pane, plane, selection, start, startHeld, clicks, chunk, moves: path, ...of }) => {
          const bench = new Bench();
          bench.pane = pane;
          bench.hidden = new Set(of.hidden);
          bench.locked = new Set(of.locked);
          if (pane.through !== 0) bench.plane = plane;
          bench.tool = tool;
          bench.document = select(bench.document, new Set(selection));
          const before = bench.document;
          bench.chunk = [1, chunk, chunk];
          bench.pointer("down", start.x, start.y, startHeld);
          if (tool === "draw" && clicks && pane === XY)
            bench.pointer("up", start.x, start.y, startHeld);
          for (const step of path) follow(bench, step);
          bench.send(of.end);
          bench.pointer("move", 5, 5).pointer("up", 5, 5);
          expect(bench.document).toEqual(before);
          expect([bench.preview, bench.commits, bench.tool]).toEqual([undefined, 0, tool]);
        },
      ),
      { numRuns: 400 },
    );
  });
});

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

  test("moves the crosshair by a click or a drag, and selects and draws nothing", () => {
    const bench = side().click(300, 2);
    expect(bench.looked).toEqual({ x: 300, y: 2 });
    bench.tool = "draw";
    bench.pointer("down", 120, 1).pointer("move", 140, 3);
    expect([bench.looked, bench.cursor]).toEqual([{ x: 140, y: 3 }, "crosshair"]);
    bench.pointer("up", 140, 3);
    expect([bench.selected(), bench.commits, bench.tool]).toEqual([[SMALL], 0, "draw"]);
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
