/** The strip that a shifted frame draws, as it lies in the world. */
import { OrthographicView } from "@deck.gl/core";
import { expect, test } from "vitest";
import { drawnPart } from "./drawn-part.ts";

const [width, height] = [200, 100];
const viewport = new OrthographicView({ flipY: true }).makeViewport({
  width,
  height,
  viewState: { target: [1000, 500, 0], zoom: 1 },
});

/** On a screen of two device pixels to each of CSS. */
const partOf = (scissorRect?: [number, number, number, number]) => {
  if (!viewport) throw new Error("There is no view");
  const all = { viewport: [0, 0, 2 * width, 2 * height] as [number, number, number, number] };
  const parameters = scissorRect ? { ...all, scissorRect } : all;
  return drawnPart({ viewport, renderPass: { props: { parameters } } });
};

test.each([
  ["all that is in view", undefined, [950, 475, 1050, 525]],
  ["a strip at the left border", [0, 0, 8, 200], [950, 475, 952, 525]],
  ["a strip at the right border", [392, 0, 8, 200], [1048, 475, 1050, 525]],
  ["a strip at the lower border", [0, 0, 400, 4], [950, 524, 1050, 525]],
  ["a strip at the upper border", [0, 196, 400, 4], [950, 475, 1050, 476]],
] as const)("is %s", (_, strip, part) => {
  const found = partOf(strip && [...strip]);
  for (const [i, edge] of part.entries()) expect(found[i]).toBeCloseTo(edge, 6);
});
