/** When a frame is drawn whole and not shifted: what changed otherwise, parts of pixels, a rest, another canvas. */
import { afterEach, beforeEach, expect, type MockInstance, test, vi } from "vitest";
import { image, isSame, label, StillDeck } from "../testing/still-deck.ts";

let deck: StillDeck;
let shaders: MockInstance<WebGL2RenderingContext["shaderSource"]>;

beforeEach(async () => {
  shaders = vi.spyOn(WebGL2RenderingContext.prototype, "shaderSource");
  deck = await StillDeck.made();
});

afterEach(() => {
  expect(deck.gl.getError()).toBe(0);
  deck.remove();
  shaders.mockRestore();
});

test("a tile that comes meanwhile, a layer that goes, part of a pixel, and a zoom are drawn whole", () => {
  const [other, labels] = [image(1), label()];
  deck.show([...image(), ...labels]);
  deck.at(1, 0);
  const changes: (() => Uint8Array)[] = [
    () => {
      deck.setProps({ layers: [...other, ...labels] });
      return deck.at(3, 0);
    },
    () => {
      deck.setProps({ layers: other });
      return deck.at(5, 0);
    },
    () => deck.at(5.25, 0),
    () => deck.at(5.25, 0, 1),
    () => deck.at(205.25, 0, 1),
  ];
  for (const change of changes) {
    deck.places();
    const pixels = change();
    expect(deck.places()).toEqual(["all"]);
    expect(isSame(pixels, deck.whole())).toBe(true);
  }
});

test("parts of pixels do not add up to a picture beside its place", () => {
  deck.show(image());
  deck.at(1, 0);
  deck.places();
  const found: (string | undefined)[] = [];
  for (let i = 1; i <= 4; i++) {
    deck.at(1 + 4.0004 * i, 0);
    found.push(deck.places()[0]);
  }
  expect(found).toEqual(["shift", "shift", "all", "shift"]);
});

test("when the camera rests all is drawn once more", async () => {
  deck.show(image());
  deck.at(1, 0);
  deck.at(4, 0);
  deck.places();
  const { promise, resolve } = Promise.withResolvers<void>();
  deck.setProps({ onAfterRender: () => resolve() });
  await promise;
  expect(deck.places()).toEqual(["all"]);
});

test("the program that shifts is made while the view rests, so that the first move waits for none", async () => {
  deck.show(image());
  const isMade = (): boolean =>
    shaders.mock.calls.some(([, source]) => source.includes("canvas-shift"));
  await expect.poll(isMade).toBe(true);
  deck.at(1, 0);
  const made = shaders.mock.calls.length;
  deck.places();
  deck.at(5, 0);
  expect(deck.places()).toContain("shift");
  expect(shaders.mock.calls.length).toBe(made);
});

test("a canvas of another size is drawn whole", () => {
  deck.show(image());
  deck.at(1, 0);
  deck.places();
  deck.gl.canvas.width /= 2;
  deck.at(3, 0);
  expect(deck.places()).toEqual(["all"]);
});

test("a canvas whose GPU is gone is not shifted", () => {
  deck.show(image());
  deck.at(1, 0);
  const gl = deck.gl;
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  expect(gl.isContextLost()).toBe(true);
  deck.places();
  deck.at(5, 0);
  deck.at(9, 0);
  expect(deck.places()).not.toContain("shift");
  expect(gl.getError()).toBe(gl.CONTEXT_LOST_WEBGL);
});
