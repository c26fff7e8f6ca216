/** The camera that goes round: the flat view from above, lines of sight through what is drawn there, fits that fit. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { worldBox, type Zyx } from "../geometry/box.ts";
import {
  between,
  canvasFromScene,
  firstLook,
  fitted,
  OBLIQUE,
  type Orbit,
  orbitAt,
  orbitPlace,
  rayAt,
  sceneFromWorld,
  shifted,
  spaceOf,
  toScene,
  turned,
  usualStretch,
  viewTest,
  zoomedOrbit,
} from "./orbit.ts";

const size = { width: 800, height: 600 };
const world = worldBox([0, 0, 0], [3, 350, 400]);
const space = spaceOf(world, 20);
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const orbits: fc.Arbitrary<Orbit> = fc.record({
  target: fc.tuple(number(-50, 50), number(-50, 50), number(-50, 50)),
  tilt: number(-90, 90),
  turn: number(-180, 180),
  zoom: number(-4, 4),
});
const places: fc.Arbitrary<Zyx> = fc.tuple(number(0, 3), number(0, 350), number(0, 400));
const onCanvas = (orbit: Orbit, at: Zyx) => canvasFromScene(orbit, size, toScene(space, at));

test("the matrix says the same as toScene", () => {
  const m = sceneFromWorld(space);
  const [z, y, x] = [2, 30, 70];
  const row = (i: number): number =>
    (m[i] ?? 0) * x + (m[4 + i] ?? 0) * y + (m[8 + i] ?? 0) * z + (m[12 + i] ?? 0);
  expect([row(0), row(1), row(2)]).toEqual([...toScene(space, [z, y, x])]);
});

test("from above, y goes down and a higher plane is nearer", () => {
  const top: Orbit = { target: [0, 0, 0], tilt: 90, turn: 0, zoom: 0 };
  const corner = onCanvas(top, [0, 0, 0]);
  expect(corner.x).toBeCloseTo(200);
  expect(corner.y).toBeCloseTo(125);
  expect(rayAt(top, space, size, corner).along[0]).toBeLessThan(0);
});

test("a camera said as a place in the world is there to a hundredth of a pixel, and the place stays as it is", () => {
  fc.assert(
    fc.property(orbits, places, (orbit, at) => {
      const place = orbitPlace(orbit, space);
      const back = orbitAt(place, space);
      expect(orbitPlace(back, space)).toEqual(place);
      const [before, after] = [onCanvas({ ...back, target: orbit.target }, at), onCanvas(back, at)];
      expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(0.01);
      expect(Math.abs(back.tilt - orbit.tilt)).toBeLessThan(0.006);
      expect(Math.abs(back.turn - orbit.turn)).toBeLessThan(0.006);
      expect(2 ** (back.zoom - orbit.zoom)).toBeCloseTo(1, 5);
    }),
  );
});

test("the line of sight at a place's point goes through the place", () => {
  fc.assert(
    fc.property(orbits, places, (orbit, at) => {
      const { from, along } = rayAt(orbit, space, size, onCanvas(orbit, at));
      const scene = (p: Zyx) => [p[0] * space.stretch, p[1], p[2]] as const;
      const [a, d, p] = [scene(from), scene(along), scene(at)];
      const t = d.reduce((sum, v, i) => sum + v * ((p[i] ?? 0) - (a[i] ?? 0)), 0);
      const off = Math.hypot(...d.map((v, i) => (a[i] ?? 0) + t * v - (p[i] ?? 0)));
      expect(off).toBeLessThan(1e-6);
    }),
  );
});

test("what was fitted is in view whole, from whichever side", () => {
  fc.assert(
    fc.property(number(-90, 90), number(-180, 180), places, (tilt, turn, at) => {
      const orbit = fitted(world, space, size, { tilt, turn });
      const { x, y } = onCanvas(orbit, at);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(size.width);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(size.height);
      expect(viewTest(orbit, space, size)(...at)).toBe(true);
    }),
  );
  const closer = { ...fitted(world, space, size, OBLIQUE), zoom: 5 };
  expect(viewTest(closer, space, size)(0, 0, 0)).toBe(false);
});

test("zooming keeps the place under the pointer, a drag of the scene takes it along", () => {
  fc.assert(
    fc.property(orbits, places, number(0.5, 2), (orbit, at, factor) => {
      const pointer = onCanvas(orbit, at);
      const zoomed = onCanvas(zoomedOrbit(orbit, size, pointer, factor, orbit.zoom), at);
      expect(Math.hypot(zoomed.x - pointer.x, zoomed.y - pointer.y)).toBeLessThan(1e-3);
      const dragged = onCanvas(shifted(orbit, 30, -20), at);
      expect(dragged.x - pointer.x).toBeCloseTo(30, 4);
      expect(dragged.y - pointer.y).toBeCloseTo(-20, 4);
    }),
  );
});

test("nothing is ever upside down, and the way from one side to another is the shorter one", () => {
  expect(turned({ target: [0, 0, 0], tilt: 80, turn: 0, zoom: 0 }, 0, 900).tilt).toBe(90);
  const from: Orbit = { target: [0, 0, 0], tilt: 0, turn: 350, zoom: 0 };
  const to: Orbit = { ...from, turn: -20 };
  expect(between(from, to, 0.5).turn).toBe(345);
  expect(between(from, to, 1)).toEqual(to);
});

test("flat stacks are stretched to be seen, deep ones are not", () => {
  expect(usualStretch(world)).toBe(20);
  expect(usualStretch(worldBox([0, 0, 0], [300, 300, 300]))).toBe(1);
  expect(usualStretch(worldBox([0, 0, 0], [0.001, 300, 300]))).toBe(200);
});

test("one plane is looked at from nearly above and as it is, few planes from between, many from aside", () => {
  const flat = worldBox([0, 0, 0], [1, 300, 300]);
  expect(firstLook(flat, 1)).toEqual({ tilt: 66, turn: -28, stretch: 1 });
  expect(firstLook(flat, 6)).toEqual({ ...OBLIQUE, stretch: 50 });
  expect(firstLook(flat, 60)).toEqual({ ...OBLIQUE, stretch: 50 });
  const few = firstLook(flat, 3);
  expect([few.tilt > OBLIQUE.tilt && few.tilt < 66, few.stretch]).toEqual([true, 20]);
});
