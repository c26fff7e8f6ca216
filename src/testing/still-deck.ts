/** A deck that draws when it is told, and tells where it drew: for tests of frames that are shifted. */
import type { Layer } from "@deck.gl/core";
import { OrthographicView } from "@deck.gl/core";
import { NONE_SELECTED } from "../editor/selection.ts";
import { imageLayers } from "../scene/image-layers.ts";
import { labelLayers } from "../scene/label-layer.ts";
import { roiLayers } from "../scene/roi-layers.ts";
import { ShiftingDeck } from "../scene/shifting-deck.ts";
import { flatBox, roisOfBoxes } from "./roi-builder.ts";
import { tileOf } from "./tile.ts";

const [WIDTH, HEIGHT] = [240, 160];

/** 240 × 160 pixels about (120, 80). */
export class StillDeck extends ShiftingDeck<OrthographicView> {
  #drawn: string[] = [];

  /** On a canvas of its own in the page. */
  static async made(): Promise<StillDeck> {
    const element = document.createElement("canvas");
    Object.assign(element, { width: WIDTH, height: HEIGHT });
    document.body.append(element);
    const deck = await new Promise<StillDeck>((resolve) => {
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
    deck.animationLoop?.stop();
    deck.setProps({ _animate: false, onAfterRender: () => undefined });
    deck.#drawn = recordedBy(deck.gl);
    return deck;
  }

  get gl(): WebGL2RenderingContext {
    const gl = this.getCanvas()?.getContext("webgl2");
    if (!gl) throw new Error("There is no canvas to read from");
    return gl;
  }

  /** A frame now, and its pixels. */
  frame(): Uint8Array {
    this.layerManager?.updateLayers();
    this.redraw();
    return pixelsOf(this.gl);
  }

  /** The frame that is shown, drawn in full: layers that follow the view do so one frame later. */
  whole(): Uint8Array {
    this.redraw("whole");
    return pixelsOf(this.gl);
  }

  /** Draws until nothing prepares itself any more. */
  show(layers: Layer[]): void {
    this.setProps({ layers });
    for (let i = 0; i < 6; i++) {
      this.frame();
      this.whole();
    }
    this.#drawn.splice(0);
  }

  /** A frame so far from where it began, and its pixels. */
  at(x: number, y: number, zoom = 0): Uint8Array {
    this.setProps({ viewState: { target: [120 + x, 80 + y, 0], zoom } });
    return this.frame();
  }

  /** Where it was drawn since the last time, each place once: all of the canvas, or a part of it as x, y (up), width, height; or that it was shifted. */
  places(): readonly string[] {
    return [...new Set(this.#drawn.splice(0))];
  }

  /** Takes its canvas away too. */
  remove(): void {
    const element = this.getCanvas();
    this.finalize();
    element?.remove();
  }
}

function pixelsOf(gl: WebGL2RenderingContext): Uint8Array {
  const bytes = new Uint8Array(4 * WIDTH * HEIGHT);
  gl.readPixels(0, 0, WIDTH, HEIGHT, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
  return bytes;
}

/** Where each call drew. */
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

const CHANNELS = [{ index: 0, color: [255, 120, 0], visible: true, window: [0, 255] }] as const;

const noise = (seed: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: 4096 }, (_, i) => ((i + seed) * 2_654_435_761) >>> 24);

/** Of channels that look random. */
export const image = (seed = 0): Layer[] =>
  imageLayers([tileOf([noise(seed)], { width: 64, height: 64, x: -60.25, y: -60.25, scale: 7 })], {
    channels: CHANNELS,
    idPrefix: "image-",
  });

/** Of few objects. */
export const label = (): readonly Layer[] =>
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
export const rois = (): Layer[] => {
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
export const boxes = (): Layer[] => rois().filter(({ id }) => id !== "roi-names");

/** Told quickly: a list of what differs is long. */
export const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.every((value, i) => value === b[i]);
