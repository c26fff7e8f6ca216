/** A million ROIs in a page: how long until they are seen, and what they add to a frame of panning. */
import { Deck, type Layer, OrthographicView } from "@deck.gl/core";
import { BitmapLayer } from "@deck.gl/layers";
import { NONE_SELECTED } from "../../src/editor/selection.ts";
import { roisFromTable } from "../../src/roi/roi-table.ts";
import { type Rois, roisOf } from "../../src/roi/rois.ts";
import { roiLayers } from "../../src/scene/roi-layers.ts";
import { newAttributes } from "../../src/table/new-attributes.ts";
import { readTable } from "../../src/table/read-table.ts";
import { createTable } from "../../src/table/save-table.ts";
import type { Backend, Column } from "../../src/table/table.ts";
import { makeImage } from "../../src/testing/make-image.ts";
import { MemoryStore } from "../../src/zarr/memory-store.ts";
import { median } from "./report.ts";

export interface OpeningTimes {
  /** Until an AnnData table is drawn, over reading and decoding its columns alone. */
  readonly openMillionRatio: number;
  readonly anndataReadMs: number;
  readonly anndataOpenMs: number;
  /** The same of a CSV, over one typed scan of its text. */
  readonly openMillionCsvRatio: number;
  readonly csvScanMs: number;
  readonly csvOpenMs: number;
}

export interface PanningTimes {
  /** A frame of panning over an image with the ROIs, over one without: the worst of some zooms. */
  readonly panFrameRatio: number;
  readonly panFrameMs: number;
  readonly panWithoutMs: number;
}

const MILLION = 1_000_000;
const SIDE = 1000;
const PITCH = 10;
const REPEATS = 3;
const PAN_FRAMES = 200;
/** From all in view to some ten thousand. */
const ZOOMS = [-3.7, 0];
const MIDDLE = (SIDE * PITCH) / 2;
const BOUNDS = [0, 0, SIDE * PITCH, SIDE * PITCH] as const;

export async function measureOpening(): Promise<OpeningTimes> {
  const deck = await deckOf();
  try {
    const anndata = await tableOf("anndata");
    const csv = await tableOf("csv");
    const [anndataReads, anndataOpens, scans, csvOpens] = [[], [], [], []] as number[][];
    // In turn, so that what else the machine does meets all of them alike; the first round warms up.
    for (let i = 0; i <= REPEATS; i++) {
      const read = await once(() => readTable(anndata, PATH, 2));
      const open = await once(() => opened(deck, anndata));
      const scan = await once(() => typedScan(csv));
      const openCsv = await once(() => opened(deck, csv));
      if (i === 0) continue;
      anndataReads?.push(read);
      anndataOpens?.push(open);
      scans?.push(scan);
      csvOpens?.push(openCsv);
    }
    const [anndataReadMs, anndataOpenMs] = [median(anndataReads ?? []), median(anndataOpens ?? [])];
    const [csvScanMs, csvOpenMs] = [median(scans ?? []), median(csvOpens ?? [])];
    return {
      openMillionRatio: anndataOpenMs / anndataReadMs,
      anndataReadMs,
      anndataOpenMs,
      openMillionCsvRatio: csvOpenMs / csvScanMs,
      csvScanMs,
      csvOpenMs,
    };
  } finally {
    deck.finalize();
  }
}

const PATH = "tables/million";

async function deckOf(): Promise<Deck<OrthographicView>> {
  const { promise: loaded, resolve } = Promise.withResolvers<void>();
  const deck: Deck<OrthographicView> = new Deck({
    width: 1280,
    height: 800,
    views: new OrthographicView({ id: "main", flipY: true }),
    viewState: { target: [MIDDLE, MIDDLE, 0], zoom: ZOOMS[0] ?? 0 },
    onAfterRender: () => resolve(),
  });
  await loaded;
  return deck;
}

async function tableOf(backend: Backend): Promise<MemoryStore> {
  const store = new MemoryStore({ kind: "memory", entries: new Map() });
  await makeImage(store, { axes: ["y", "x"], shape: [100, 100], chunks: [100, 100] });
  const values = (of: (row: number) => number): Column => ({
    kind: "number",
    values: Float64Array.from({ length: MILLION }, (_, row) => of(row)),
    dtype: "float64",
  });
  const columns = new Map<string, Column>([
    ["x_micrometer", values((row) => PITCH * (row % SIDE) + 0.125)],
    ["y_micrometer", values((row) => PITCH * Math.floor(row / SIDE) + 0.25)],
    ["z_micrometer", values(() => 0)],
    ["len_x_micrometer", values((row) => 5 + (row % 3))],
    ["len_y_micrometer", values((row) => 5 + (row % 4))],
    ["len_z_micrometer", values(() => 1)],
  ]);
  const names = Array.from({ length: MILLION }, (_, row) => `roi_${row}`);
  const index = { name: "FieldIndex", values: names };
  const attributes = newAttributes(backend, { type: "roi_table" });
  const table = { path: PATH, zarrFormat: 2, backend, attributes, index, columns } as const;
  await createTable({ store, table, existing: "refuse" });
  return store;
}

/** Until the frame that shows the ROIs is drawn. */
async function opened(deck: Deck<OrthographicView>, store: MemoryStore): Promise<void> {
  const { rois } = roisFromTable(await readTable(store, PATH, 2));
  deck.setProps({ layers: layersOf(rois) });
  deck["layerManager"]?.updateLayers();
  deck.redraw("the first picture");
}

/** What reading such a file takes at the least: its text, and each of its cells as a number or as text. */
async function typedScan(store: MemoryStore): Promise<readonly unknown[]> {
  const text = new TextDecoder().decode(await store.get(`/${PATH}/table.csv`));
  const names: string[] = [];
  const numbers = Array.from({ length: 6 }, () => new Float64Array(MILLION));
  let at = text.indexOf("\n") + 1;
  for (let row = 0; row < MILLION; row++) {
    let end = text.indexOf(",", at);
    names.push(text.slice(at, end));
    for (const [c, column] of numbers.entries()) {
      at = end + 1;
      end = text.indexOf(c === 5 ? "\n" : ",", at);
      column[row] = Number(text.slice(at, end));
    }
    at = end + 1;
  }
  return [names, ...numbers];
}

function layersOf(rois: Rois, zoom = ZOOMS[0] ?? 0): Layer[] {
  const still = { preview: undefined, selection: NONE_SELECTED, invalid: NONE_SELECTED };
  const view = { plane: { min: 0.01, max: 0.99 }, pixelsPerUnit: 2 ** zoom, visible: true };
  return roiLayers({ rois, ...still, hovered: undefined, ...view });
}

/**
 * Frames as they come, the animation loop running: from one to the next, with all that happens between them, while the
 * view moves by a few pixels each. Beneath lies an image, as it always does.
 */
export async function measurePanning(): Promise<PanningTimes> {
  const deck = await deckOf();
  const image = await createImageBitmap(new ImageData(1024, 1024));
  const bounds = new Float64Array(6 * MILLION);
  for (let i = 0; i < MILLION; i++) {
    const [x, y] = [PITCH * (i % SIDE), PITCH * Math.floor(i / SIDE)];
    bounds.set([0, y, x, 1, y + 5 + (i % 4), x + 5 + (i % 3)], 6 * i);
  }
  const names = Array.from({ length: MILLION }, (_, i) => `roi_${i}`);
  const million = roisOf({ names, bounds, labels: undefined });
  const none = roisOf({ names: [], bounds: new Float64Array(0), labels: undefined });
  let worst = { panFrameRatio: 0, panFrameMs: 0, panWithoutMs: 0 };
  for (const zoom of ZOOMS) {
    const [withoutBefore, panFrameMs, withoutAfter] = [
      await panned(deck, image, none, zoom),
      await panned(deck, image, million, zoom),
      await panned(deck, image, none, zoom),
    ];
    const panWithoutMs = (withoutBefore + withoutAfter) / 2;
    const panFrameRatio = panFrameMs / panWithoutMs;
    if (panFrameRatio > worst.panFrameRatio) worst = { panFrameRatio, panFrameMs, panWithoutMs };
  }
  deck.finalize();
  return worst;
}

async function panned(
  deck: Deck<OrthographicView>,
  image: ImageBitmap,
  rois: Rois,
  zoom: number,
): Promise<number> {
  const look = (frame: number): void => {
    const target: [number, number, number] = [MIDDLE + 4 * frame * 2 ** -zoom, MIDDLE, 0];
    const beneath = new BitmapLayer({ id: "image", image, bounds: [...BOUNDS] });
    deck.setProps({ viewState: { target, zoom }, layers: [beneath, ...layersOf(rois, zoom)] });
  };
  // The picture is there before the hand moves.
  for (let i = 0; i < 60; i++) await nextFrame(() => look(0));
  const times: number[] = [];
  let before = performance.now();
  for (let frame = 0; frame < PAN_FRAMES; frame++) {
    await nextFrame(() => look(frame));
    const now = performance.now();
    times.push(now - before);
    before = now;
  }
  return times.reduce((a, b) => a + b) / times.length;
}

function nextFrame(act: () => void): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      act();
      resolve();
    });
  });
}

async function once(run: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await run();
  return performance.now() - begin;
}
