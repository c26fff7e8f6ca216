/** What a million ROIs add to a frame of panning over an image. */
import { type Deck, type Layer, OrthographicView } from "@deck.gl/core";
import { NONE_SELECTED } from "../../src/editor/selection.ts";
import { type Rois, roisOf } from "../../src/roi/rois.ts";
import { type ChannelLook, imageLayers } from "../../src/scene/image-layers.ts";
import { roiLayers } from "../../src/scene/roi-layers.ts";
import { ShiftingDeck } from "../../src/scene/shifting-deck.ts";
import type { Tile } from "../../src/scene/tile.ts";
import { median } from "./report.ts";

export interface PanningTimes {
  /** A frame of panning over an image with the ROIs, over one without: the worst of some zooms. */
  readonly panFrameRatio: number;
  readonly panFrameMs: number;
  readonly panWithoutMs: number;
}

export const MILLION = 1_000_000;
/** ROIs in a row, and how far apart, in world units. */
export const SIDE = 1000;
export const PITCH = 10;

/** From all in view to some ten thousand. */
const ALL = -3.7;
const ZOOMS = [ALL, 0];
const MIDDLE = (SIDE * PITCH) / 2;

/** With and without take turns, so that what else the machine does meets both alike. */
const TURNS = 4;
const PAN_FRAMES = 25;
const PIXELS_A_FRAME = 4;

/**
 * What a frame takes from the new place of the view until its pixels are there, which reading one of them waits for: a
 * screen that shows sixty a second would hide most of it. The view moves by a few pixels for each. Beneath lies an image
 * as the page draws it, of three channels as the demo plate's.
 *
 * The view moves by whole pixels, as a hand does, so that with and without ROIs alike what was drawn is shifted and only
 * strips of it are drawn: 15 ms a frame in software, and a ratio of 0.9 to 1.02. Frames drawn in full took 30 to 37 ms and
 * 1.16 to 1.22: reading one texel for each pixel of the screen takes SwiftShader 4 to 8 ms, in whatever format, which is
 * what a picture of cells does; a crowd is a mesh that reads none, of few triangles, since 35,000 took 1.44.
 */
export async function measurePanning(): Promise<PanningTimes> {
  const deck = await deckOverAll();
  deck["animationLoop"]?.stop();
  const million = millionRois();
  const none = roisOf({ names: [], bounds: new Float64Array(0), labels: undefined });
  let worst = { panFrameRatio: 0, panFrameMs: 0, panWithoutMs: 0 };
  for (const zoom of ZOOMS) {
    const frames: number[] = [];
    const without: number[] = [];
    for (let turn = 0; turn <= TURNS; turn++) {
      const from = turn * PAN_FRAMES;
      const bare = await panned(deck, { rois: none, zoom, from });
      const full = await panned(deck, { rois: million, zoom, from });
      // The first turn warms up.
      if (turn === 0) continue;
      without.push(bare);
      frames.push(full);
    }
    const [panFrameMs, panWithoutMs] = [median(frames), median(without)];
    const panFrameRatio = panFrameMs / panWithoutMs;
    if (panFrameRatio > worst.panFrameRatio) worst = { panFrameRatio, panFrameMs, panWithoutMs };
  }
  deck.finalize();
  return worst;
}

/** A deck that shows all ROIs. */
export async function deckOverAll(): Promise<Deck<OrthographicView>> {
  const { promise: loaded, resolve } = Promise.withResolvers<void>();
  const deck: Deck<OrthographicView> = new ShiftingDeck({
    // As the page's.
    deviceProps: { webgl: { antialias: false } },
    width: 1280,
    height: 800,
    views: new OrthographicView({ id: "main", flipY: true }),
    viewState: { target: [MIDDLE, MIDDLE, 0], zoom: ALL },
    onAfterRender: () => resolve(),
  });
  await loaded;
  return deck;
}

export function roiLayersOf(rois: Rois, zoom = ALL): Layer[] {
  const still = { preview: undefined, selection: NONE_SELECTED, invalid: NONE_SELECTED };
  const view = { plane: { min: 0.01, max: 0.99 }, pixelsPerUnit: 2 ** zoom, visible: true };
  return roiLayers({ rois, ...still, hovered: undefined, ...view });
}

function millionRois(): Rois {
  const bounds = new Float64Array(6 * MILLION);
  for (let i = 0; i < MILLION; i++) {
    const [x, y] = [PITCH * (i % SIDE), PITCH * Math.floor(i / SIDE)];
    bounds.set([0, y, x, 1, y + 5 + (i % 4), x + 5 + (i % 3)], 6 * i);
  }
  const names = Array.from({ length: MILLION }, (_, i) => `roi_${i}`);
  return roisOf({ names, bounds, labels: undefined });
}

/** The median time of a frame. */
async function panned(
  deck: Deck<OrthographicView>,
  pan: { readonly rois: Rois; readonly zoom: number; readonly from: number },
): Promise<number> {
  const { rois, zoom, from } = pan;
  // The page has the same layers while nothing but its camera moves.
  const layers = [...imageLayers([IMAGE], IMAGE_LOOK), ...roiLayersOf(rois, zoom)];
  const draw = (frame: number): void => {
    const by = PIXELS_A_FRAME * frame * 2 ** -zoom;
    const target: [number, number, number] = [MIDDLE + by, MIDDLE, 0];
    deck.setProps({ viewState: { target, zoom }, layers: [...layers] });
    deck["layerManager"]?.updateLayers();
    deck.redraw("panning");
    waitForPixels(deck);
  };
  // The picture is there before the hand moves.
  for (let i = 0; i < 20; i++) await nextFrame(() => draw(from));
  const times: number[] = [];
  for (let frame = 1; frame <= PAN_FRAMES; frame++)
    await nextFrame(() => {
      const begin = performance.now();
      draw(from + frame);
      times.push(performance.now() - begin);
    });
  return median(times);
}

function waitForPixels(deck: Deck<OrthographicView>): void {
  const gl = deck.getCanvas()?.getContext("webgl2");
  if (!gl) throw new Error("There is no canvas to read from");
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
}

const COLORS = [
  [0, 140, 255],
  [0, 255, 120],
  [255, 60, 160],
] as const;

const IMAGE_LOOK = {
  channels: COLORS.map(
    (color, index): ChannelLook => ({ index, color, visible: true, window: [0, 4095] }),
  ),
  idPrefix: "image-",
};

const IMAGE: Tile = {
  ...{ key: "all", place: "all", level: 0, z: 0, t: 0, y: 0, x: 0, width: 1024, height: 1024 },
  bounds: [0, 0, SIDE * PITCH, SIDE * PITCH],
  planes: new Map(COLORS.map((_, index) => [index, planeOfWaves(index)])),
  current: true,
};

function planeOfWaves(channel: number) {
  const [width, height] = [1024, 1024];
  const data = Uint16Array.from(
    { length: width * height },
    (_, i) => 2048 + 1800 * Math.sin(((i % width) + (channel + 1) * (i >> 10)) / 40),
  );
  return { data, width, height };
}

export function nextFrame(act: () => void): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      act();
      resolve();
    });
  });
}
