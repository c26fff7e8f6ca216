/** Our own arithmetic of the view agrees with deck.gl's. */
import { OrthographicView } from "@deck.gl/core";
import { expect, it } from "vitest";
import { rectInView } from "./camera.ts";

it("sees the part of the world that deck.gl shows", () => {
  const size = { width: 800, height: 600 };
  const viewState = { target: [30, -20, 0] as [number, number, number], zoom: 1.7 };
  const viewport = new OrthographicView().makeViewport({ ...size, viewState });
  const corner = (x: number, y: number): number[] => viewport?.unproject([x, y]) ?? [];
  const shown = [...corner(0, 0).slice(0, 2), ...corner(800, 600).slice(0, 2)];
  const found = rectInView({ target: [30, -20], zoom: 1.7 }, size);
  expect(shown).toHaveLength(4);
  for (const [i, value] of shown.entries()) expect(found[i]).toBeCloseTo(value, 6);
});
