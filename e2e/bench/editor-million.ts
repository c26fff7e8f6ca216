/** A million ROIs in a page: how long until they are seen. */
import type { Deck, OrthographicView } from "@deck.gl/core";
import { inSlices } from "../../src/base/steps.ts";
import { readRois } from "../../src/roi/roi-table.ts";
import { RoiOutlinesLayer } from "../../src/scene/roi-outlines-layer.ts";
import { createTable } from "../../src/table/create-table.ts";
import { newAttributes } from "../../src/table/new-attributes.ts";
import { readTable } from "../../src/table/read-table.ts";
import type { Backend, Column } from "../../src/table/table.ts";
import { makeImage } from "../../src/testing/make-image.ts";
import { MemoryStore } from "../../src/zarr/memory-store.ts";
import { deckOverAll, MILLION, nextFrame, PITCH, roiLayersOf, SIDE } from "./editor-panning.ts";
import { median } from "./report.ts";

export interface OpeningTimes {
  /** Until an AnnData table is drawn, over reading and decoding its columns alone. */
  readonly openAnndataRatio: number;
  readonly anndataReadMs: number;
  readonly anndataOpenMs: number;
  /** The same of a CSV, over one typed scan of its text. */
  readonly openCsvRatio: number;
  readonly csvScanMs: number;
  readonly csvOpenMs: number;
}

const REPEATS = 3;

export async function measureOpening(): Promise<OpeningTimes> {
  const deck = await deckOverAll();
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
      openAnndataRatio: anndataOpenMs / anndataReadMs,
      anndataReadMs,
      anndataOpenMs,
      openCsvRatio: csvOpenMs / csvScanMs,
      csvScanMs,
      csvOpenMs,
    };
  } finally {
    deck.finalize();
  }
}

const PATH = "tables/million";

async function tableOf(backend: Backend): Promise<MemoryStore> {
  const store = new MemoryStore();
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
  await createTable({ store, table });
  return store;
}

/** Until the frame that shows the ROIs is drawn. */
async function opened(deck: Deck<OrthographicView>, store: MemoryStore): Promise<void> {
  const { rois } = await inSlices(readRois(await readTable(store, PATH, 2)));
  await inSlices(rois.places.making(rois));
  deck.setProps({ layers: roiLayersOf(rois) });
  deck["layerManager"]?.updateLayers();
  deck.redraw("the first picture");
  // Deck's own frames go on with it, as in the page.
  while (isPending(deck)) await nextFrame(() => undefined);
}

/** Whether a picture of ROIs is still being painted. */
function isPending(deck: Deck<OrthographicView>): boolean {
  const layers = deck["layerManager"]?.getLayers() ?? [];
  return layers.some((layer) => layer instanceof RoiOutlinesLayer && layer.isPending);
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

async function once(run: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await run();
  return performance.now() - begin;
}
