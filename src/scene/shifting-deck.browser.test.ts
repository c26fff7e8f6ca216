/** A frame that is shifted has the pixels of one drawn in full, and draws no more than what came into view. */
import type { Layer } from "@deck.gl/core";
import { OrthographicView } from "@deck.gl/core";
import fc from "fast-check";
import { afterEach, beforeEach, expect, type MockInstance, test, vi } from "vitest";
import { NONE_SELECTED } from "../editor/selection.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { tileOf } from "../testing/tile.ts";
import { imageLayers } from "./image-layers.ts";
import { labelLayers } from "./label-layer.ts";
import { roiLayers } from "./roi-layers.ts";
import { ShiftingDeck } from "./shifting-deck.ts";

const [WIDTH, HEIGHT] = [240, 160];

class StillDeck extends ShiftingDeck<OrthographicView> {
  /** A frame now, and its pixels. */
  frame(): Uint8Array {
    this.layerManager?.updateLayers();
    this.redraw();
    return pixelsOf(glOf(this));
  }

  /** The frame that is shown, drawn in full: layers that follow the view do so one frame later. */
  whole(): Uint8Array {
    this.redraw("whole");
    return pixelsOf(glOf(this));
  }

  still(): void {
    this.animationLoop?.stop();
  }
}

let deck: StillDeck;
let element: HTMLCanvasElement;
let drawn: string[];
let shaders: MockInstance<WebGL2RenderingContext["shaderSource"]>;

beforeEach(async () => {
  shaders = vi.spyOn(WebGL2RenderingContext.prototype, "shaderSource");
  element = document.createElement("canvas");
  Object.assign(element, { width: WIDTH, height: HEIGHT });
  document.body.append(element);
  deck = await new Promise((resolve) => {
    const made: StillDeck = new StillDeck({
      canvas: element,
      width: WIDTH,
      height: HEIGHT,
      useDevicePixels: false,
      deviceProps: { webgl: { antialias: false } },
      views: new OrthographicView({ id: "main", flipY: true }),
      viewState: { target: [120, 80, 0], zoom: 0 },
      _animate: true,
      onAfterRender: ({ gl }) => {
        // deck.gl takes the canvas's size over some frames after it starts.
        if (gl.drawingBufferWidth === WIDTH) resolve(made);
      },
    });
  });
  deck.still();
  deck.setProps({ _animate: false, onAfterRender: () => undefined });
  drawn = recordedBy(glOf(deck));
});

afterEach(() => {
  expect(glOf(deck).getError()).toBe(0);
  deck.finalize();
  element.remove();
  shaders.mockRestore();
});

function glOf(of: StillDeck): WebGL2RenderingContext {
  const gl = of.getCanvas()?.getContext("webgl2");
  if (!gl) throw new Error("There is no canvas to read from");
  return gl;
}

function pixelsOf(gl: WebGL2RenderingContext): Uint8Array {
  const bytes = new Uint8Array(4 * WIDTH * HEIGHT);
  gl.readPixels(0, 0, WIDTH, HEIGHT, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
  return bytes;
}

/** Where each call drew: all of the canvas, or a part of it as x, y (up), width, height; or that it was shifted. */
function recordedBy(gl: WebGL2RenderingContext): string[] {
  const seen: string[] = [];
  const kinds = ["Arrays", "Elements", "ArraysInstanced", "ElementsInstanced"] as const;
  for (const name of [
    ...kinds.map((kind) => `draw${kind}` as const),
    "copyTexSubImage2D",
  ] as const) {
    const call: (...args: never[]) => void = gl[name].bind(gl);
    Object.assign(gl, {
      [name]: (...args: never[]) => {
        const part: unknown = gl.getParameter(gl.SCISSOR_BOX);
        const isPart = gl.isEnabled(gl.SCISSOR_TEST) && part instanceof Int32Array;
        if (name === "copyTexSubImage2D") seen.push("copy");
        // What is copied is drawn at once, by itself.
        else if (seen.at(-1) === "copy") seen.splice(-1, 1, "shift");
        else seen.push(isPart ? part.join() : "all");
        call(...args);
      },
    });
  }
  return seen;
}

/** Where it was drawn since the last time, each place once. */
const places = (): readonly string[] => [...new Set(drawn.splice(0))];

const CHANNELS = [{ index: 0, color: [255, 120, 0], visible: true, window: [0, 255] }] as const;

const noise = (seed: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: 4096 }, (_, i) => ((i + seed) * 2_654_435_761) >>> 24);

const image = (seed = 0): Layer[] =>
  imageLayers([tileOf([noise(seed)], { width: 64, height: 64, x: -60.25, y: -60.25, scale: 7 })], {
    channels: CHANNELS,
    idPrefix: "image-",
  });

const label = (): readonly Layer[] =>
  labelLayers(
    [
      tileOf([noise(9).map((id) => id >> 6)], {
        width: 64,
        height: 64,
        x: 0.25,
        y: 0.25,
        scale: 5,
      }),
    ],
    {
      ...{ fill: 0.4, edge: 0.8, edgeWidth: 2, hoveredId: undefined, selectedId: undefined },
      colors: undefined,
      id: "label",
    },
  );

/**
 * Some large enough to be drawn one by one, named, one selected and one dashed, whose dashes end beside the middle of
 * pixels, where rounding would decide; among many that lie in the density picture.
 */
const rois = (): Layer[] => {
  const small = Array.from({ length: 3600 }, (_, i) => {
    const [x, y] = [6 * (i % 60) - 40, 6 * Math.floor(i / 60) - 60];
    return flatBox([x, y, x + 2, y + 2]);
  });
  const large = [flatBox([30, 30, 110, 90]), flatBox([130.37, 50.41, 190.13, 140.29], [3, 4])];
  return roiLayers({
    rois: roisOfBoxes([...large, ...small]),
    preview: undefined,
    selection: new Set([0]),
    invalid: NONE_SELECTED,
    hovered: undefined,
    plane: { min: 0.01, max: 0.99 },
    pixelsPerUnit: 1,
    visible: true,
  });
};

/** The same but their names, whose glyphs are smoothed between pixels and are rounded anew in another place. */
const boxes = (): Layer[] => rois().filter(({ id }) => id !== "roi-names");

/** Draws until nothing prepares itself any more. */
function show(layers: Layer[]): void {
  deck.setProps({ layers });
  for (let i = 0; i < 6; i++) {
    deck.frame();
    deck.whole();
  }
  drawn.splice(0);
}

const at = (x: number, y: number, zoom = 0): Uint8Array => {
  deck.setProps({ viewState: { target: [120 + x, 80 + y, 0], zoom } });
  return deck.frame();
};

test("a move by whole pixels draws what came into view, and its pixels are those of a whole frame", () => {
  show([...image(), ...label(), ...boxes()]);
  at(1, 0);
  for (const [x, y, parts] of [
    [5, 0, ["shift", "236,0,4,160"]],
    [5, -3, ["shift", "0,157,240,3"]],
    [10, 4, ["shift", "0,0,240,7", "235,7,5,153"]],
    [1, 2, ["shift", "0,158,240,2", "0,0,9,158"]],
  ] as const) {
    places();
    const shifted = at(x, y);
    expect(places()).toEqual(parts);
    const whole = deck.whole();
    expect(places()).toEqual(["all"]);
    expect(isSame(shifted, whole)).toBe(true);
  }
});

test("moves in any number lead to the pixels of a whole frame", () => {
  show([...image(), ...label(), ...boxes()]);
  const by = fc.integer({ min: -20, max: 20 });
  let [x, y] = [0, 0];
  fc.assert(
    fc.property(fc.array(fc.tuple(by, by), { minLength: 1, maxLength: 8 }), (moves) => {
      let pixels = at(x, y);
      for (const [dx, dy] of moves) {
        [x, y] = [x + dx, y + dy];
        pixels = at(x, y);
      }
      expect(isSame(pixels, deck.whole())).toBe(true);
      // Not so far that nothing is left to be seen.
      [x, y] = [x % 60, y % 60];
    }),
    { numRuns: 12 },
  );
});

test("where the camera jumps, ROIs and their names are drawn in the very frame that has their handles", () => {
  const far = roisOfBoxes([flatBox([30, 30, 110, 90]), flatBox([630, 30, 710, 90])]);
  const scene = { preview: undefined, invalid: NONE_SELECTED, hovered: undefined, visible: true };
  const plane = { min: 0.01, max: 0.99 };
  const layers = (id: number): Layer[] =>
    roiLayers({ ...scene, rois: far, selection: new Set([id]), plane, pixelsPerUnit: 1 });
  show(layers(0));
  deck.setProps({ layers: layers(1) });
  const first = at(600, 0);
  deck.frame();
  expect(isSame(first, deck.whole())).toBe(true);
});

test("names are shifted along, and differ by no more than rounding", () => {
  show(rois());
  at(1, 0);
  places();
  const shifted = at(5, -3);
  expect(places()[0]).toBe("shift");
  const whole = deck.whole();
  const off = shifted.map((value, i) => Math.abs(value - (whole[i] ?? 0)));
  // Corners lie on sixteenths of a pixel.
  expect(off.reduce((most, one) => Math.max(most, one), 0)).toBeLessThanOrEqual(32);
});

test("a name at the edge of the view moves along with its box, and is set anew when the view rests", async () => {
  const around = roisOfBoxes([flatBox([-200, -200, 500, 500])]);
  const scene = { preview: undefined, invalid: NONE_SELECTED, hovered: undefined, visible: true };
  const plane = { min: 0.01, max: 0.99 };
  show(roiLayers({ ...scene, rois: around, selection: NONE_SELECTED, plane, pixelsPerUnit: 1 }));
  at(1, 0);
  places();
  for (let i = 2; i <= 5; i++) {
    at(3 * i, i);
    expect(places()[0]).toBe("shift");
  }
  const moving = deck.whole();
  at(15, 6);
  at(15, 5);
  const { promise, resolve } = Promise.withResolvers<void>();
  deck.setProps({ onAfterRender: () => resolve() });
  // All is drawn when the camera rests: names have been set by then.
  await promise;
  const rested = deck.frame();
  expect(isSame(rested, moving)).toBe(false);
  at(15, 5, 1);
  at(15, 5);
  expect(isSame(rested, deck.whole())).toBe(true);
});

test("a tile that comes meanwhile, a layer that goes, part of a pixel, and a zoom are drawn whole", () => {
  const [other, labels] = [image(1), label()];
  show([...image(), ...labels]);
  at(1, 0);
  const changes: (() => Uint8Array)[] = [
    () => {
      deck.setProps({ layers: [...other, ...labels] });
      return at(3, 0);
    },
    () => {
      deck.setProps({ layers: other });
      return at(5, 0);
    },
    () => at(5.25, 0),
    () => at(5.25, 0, 1),
    () => at(205.25, 0, 1),
  ];
  for (const change of changes) {
    places();
    const pixels = change();
    expect(places()).toEqual(["all"]);
    expect(isSame(pixels, deck.whole())).toBe(true);
  }
});

test("parts of pixels do not add up to a picture beside its place", () => {
  show(image());
  at(1, 0);
  places();
  const found: (string | undefined)[] = [];
  for (let i = 1; i <= 4; i++) {
    at(1 + 4.0004 * i, 0);
    found.push(places()[0]);
  }
  expect(found).toEqual(["shift", "shift", "all", "shift"]);
});

test("when the camera rests all is drawn once more", async () => {
  show(image());
  at(1, 0);
  at(4, 0);
  places();
  const { promise, resolve } = Promise.withResolvers<void>();
  deck.setProps({ onAfterRender: () => resolve() });
  await promise;
  expect(places()).toEqual(["all"]);
});

test("the program that shifts is made while the view rests, so that the first move waits for none", async () => {
  show(image());
  const isMade = (): boolean =>
    shaders.mock.calls.some(([, source]) => source.includes("canvas-shift"));
  await expect.poll(isMade).toBe(true);
  at(1, 0);
  const made = shaders.mock.calls.length;
  places();
  at(5, 0);
  expect(places()).toContain("shift");
  expect(shaders.mock.calls.length).toBe(made);
});

test("a canvas of another size is drawn whole", () => {
  show(image());
  at(1, 0);
  places();
  element.width = WIDTH / 2;
  at(3, 0);
  expect(places()).toEqual(["all"]);
});

test("a canvas whose GPU is gone is not shifted", () => {
  show(image());
  at(1, 0);
  const gl = glOf(deck);
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  expect(gl.isContextLost()).toBe(true);
  places();
  at(5, 0);
  at(9, 0);
  expect(places()).not.toContain("shift");
  expect(gl.getError()).toBe(gl.CONTEXT_LOST_WEBGL);
});

/** Told quickly: a list of what differs is long. */
const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.every((value, i) => value === b[i]);
