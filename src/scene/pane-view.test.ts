/** Side panes lie in line with the main one, and show all of z, neither flattened nor cut off. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { XZ, YZ } from "../editor/pane.ts";
import { canvasFromWorld, worldFromCanvas } from "./camera-moves.ts";
import {
  paneFromWorld,
  paneView,
  pannedDepth,
  stretchedRect,
  WHOLE_DEPTH,
  worldFromPane,
  zoomedDepth,
} from "./pane-view.ts";

const camera = { target: [40, 30], zoom: 3 } as const;
const main = { width: 600, height: 400 };

test("what lies at one place along the shared axis lies there in both panes", () => {
  const at = { x: 123, y: 45 };
  const world = worldFromCanvas(camera, main, at);
  const under = paneView(XZ, camera, { width: 600, height: 160 }, 10);
  const beside = paneView(YZ, camera, { width: 160, height: 400 }, 10);
  const below = paneFromWorld(under, { x: world.x, y: 5 });
  const right = paneFromWorld(beside, { x: 5, y: world.y });
  const back = canvasFromWorld(camera, main, world);
  const found = [below.x, below.y, right.x, right.y, back.x, back.y];
  expect(found.map((pixel) => Math.round(1e6 * pixel) / 1e6)).toEqual([123, 80, 80, 45, 123, 45]);
});

test.each([
  ["in its proportions where it fits", 15, 120, 1],
  ["stretched where it is thin", 2, 104, 6.5],
  ["compressed where it is deep", 100, 132, 0.165],
])("a stack is drawn %s", (_, depth, pixels, stretch) => {
  const view = paneView(XZ, camera, { width: 600, height: 160 }, depth);
  const [top, foot] = [0, depth].map((y) => paneFromWorld(view, { x: 0, y }).y);
  expect((foot ?? 0) - (top ?? 0)).toBeCloseTo(pixels);
  expect(view.pane.stretch).toBeCloseTo(stretch);
});

test("what is drawn has one scale along both axes", () => {
  expect(stretchedRect([1, 2, 3, 4], { ...XZ, stretch: 5 })).toEqual([1, 10, 3, 20]);
  expect(stretchedRect([1, 2, 3, 4], { ...YZ, stretch: 5 })).toEqual([5, 2, 15, 4]);
});

test("a place goes to the pane and back", () => {
  const place = fc.record({ x: fc.integer({ max: 900 }), y: fc.integer({ max: 900 }) });
  const axes = fc.constantFrom(XZ, YZ);
  fc.assert(
    fc.property(axes, place, fc.integer({ min: 1, max: 500 }), (pane, at, depth) => {
      const view = paneView(pane, camera, { width: 300, height: 200 }, depth);
      const back = paneFromWorld(view, worldFromPane(view, at));
      expect(back.x).toBeCloseTo(at.x);
      expect(back.y).toBeCloseTo(at.y);
    }),
  );
});

test("zoomed along z, the place under the pointer stays, and the ends of the stack never come inside", () => {
  const size = { width: 160, height: 160 };
  const turn = fc.record({
    at: fc.integer({ min: 20, max: 140 }),
    factor: fc.double({ min: 0.3, max: 6, noNaN: true }),
    pan: fc.integer({ min: -500, max: 500 }),
  });
  const stacks = fc.constantFrom([300, 1], [40, 5], [15, 0.5] as const);
  fc.assert(
    fc.property(fc.constantFrom(XZ, YZ), stacks, fc.array(turn), (axes, stack, turns) => {
      const [depth = 1, voxel = 1] = stack;
      let look = WHOLE_DEPTH;
      const shown = () => paneView(axes, camera, size, depth, look);
      const isRow = axes.down === 0;
      const point = (z: number) => (isRow ? { x: 80, y: z } : { x: z, y: 80 });
      const along = ({ x, y }: { x: number; y: number }): number => (isRow ? y : x);
      const whole = shown();
      const first = along(paneFromWorld(whole, point(0)));
      const last = along(paneFromWorld(whole, point(depth)));
      for (const { at, factor, pan } of turns) {
        const held = worldFromPane(shown(), point(at));
        look = zoomedDepth(shown(), look, point(at), { factor, voxel });
        const now = along(paneFromWorld(shown(), held));
        const start = along(paneFromWorld(shown(), point(0)));
        const end = along(paneFromWorld(shown(), point(depth)));
        // Only the ends of the stack push a place aside.
        const isFree = start < 13.9 && end > 146.1;
        if (isFree) expect(now).toBeCloseTo(at, 3);
        look = pannedDepth(shown(), look, pan);
        expect(along(paneFromWorld(shown(), point(0)))).toBeLessThanOrEqual(first + 1e-6);
        expect(along(paneFromWorld(shown(), point(depth)))).toBeGreaterThanOrEqual(last - 1e-6);
        const pixels = shown().pixelsPerUnit * shown().pane.stretch * voxel;
        expect(pixels).toBeLessThanOrEqual(Math.max(64, (voxel * (last - first)) / depth) + 1e-6);
      }
    }),
  );
});
