/** A way back out of whatever a hand has begun, without a trace. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Bench, LARGE, SMALL } from "../testing/hand.ts";
import { select } from "./document.ts";
import { XY, XZ, YZ } from "./pane.ts";
import type { EditorEvent, Modifiers, Tool } from "./tool-state.ts";

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
