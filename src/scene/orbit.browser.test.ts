/** The camera's own arithmetic against deck.gl's. */
import { OrbitView } from "@deck.gl/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canvasFromScene, type Orbit } from "./orbit.ts";

const size = { width: 800, height: 600 };
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const places = fc.tuple(number(-200, 200), number(-200, 200), number(-200, 200));
const orbits: fc.Arbitrary<Orbit> = fc.record({
  target: places,
  tilt: number(-90, 90),
  turn: number(-180, 180),
  zoom: number(-4, 4),
});

test("a place is where deck.gl draws it", () => {
  const view = new OrbitView({ orthographic: true, near: -500, far: 500 });
  fc.assert(
    fc.property(orbits, places, (orbit, at) => {
      const target: [number, number, number] = [...orbit.target];
      const viewState = {
        target,
        rotationX: orbit.tilt,
        rotationOrbit: orbit.turn,
        zoom: orbit.zoom,
      };
      const viewport = view.makeViewport({ ...size, viewState });
      const [x = Number.NaN, y = Number.NaN] = viewport?.project([...at]) ?? [];
      const mine = canvasFromScene(orbit, size, at);
      expect(Math.hypot(x - mine.x, y - mine.y)).toBeLessThan(0.01);
    }),
  );
});
