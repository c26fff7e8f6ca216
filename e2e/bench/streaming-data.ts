/** What the streaming bench opens: an image, a large well, plates of the image, a sharded one, and a gigabyte. */
import { createPlate, createWell } from "../../src/ome/create-plate.ts";
import { MemoryStore } from "../../src/zarr/memory-store.ts";
import { sharded } from "./sharded.ts";
import type { Find } from "./slow-server.ts";
import { createImageOf, type Entries, type Pyramid, pyramidOf } from "./streaming-image.ts";

/** As large as the well of the public Fractal example: each level is one chunk per channel. */
const IMAGE: Pyramid = {
  format: 2,
  height: 1080,
  width: 1280,
  chunk: [1080, 1280],
  levels: 3,
  nuclei: 400,
};

/** Four fields of view stitched, a chunk each. */
const WELL: Pyramid = {
  format: 2,
  height: 4320,
  width: 5120,
  chunk: [2160, 2560],
  levels: 5,
  nuclei: 6000,
};

/** Wells along y and x of the largest image. */
const SIDE = 3;

/** 1.2 GB of voxels at the finest level. */
export const GIGABYTE = { ...WELL, height: SIDE * WELL.height, width: SIDE * WELL.width };

/** Chunks of a shard, along y and x. */
const INNER: Pyramid["chunk"] = [512, 512];

const PLATES = { plate96: [8, 12], plate384: [16, 24] } as const;

export const wellsOf = (plate: keyof typeof PLATES): number => PLATES[plate][0] * PLATES[plate][1];

/** Everything below one server: "/image", "/well", "/plate96", "/plate384", "/sharded", "/gigabyte". */
export async function streamingData(): Promise<Find> {
  const image = await pyramidOf(IMAGE);
  const well = await pyramidOf(WELL);
  const flat = await pyramidOf({ ...WELL, format: 3, chunk: INNER, nuclei: 2000 });
  const folders = new Map<string, Find>([
    ["image", at(image)],
    ["well", at(well)],
    ["sharded", at(sharded(flat))],
    ["gigabyte", await repeated(well)],
    ["plate96", await plateOf(...PLATES.plate96, image)],
    ["plate384", await plateOf(...PLATES.plate384, image)],
  ]);
  return (path) => {
    const [, folder = "", ...rest] = path.split("/");
    return folders.get(folder)?.(`/${rest.join("/")}`);
  };
}

const at =
  (entries: Entries): Find =>
  (key) =>
    entries.get(key);

/** A plate all of whose wells hold the same image, at no cost. */
async function plateOf(rows: number, columns: number, image: Entries): Promise<Find> {
  const entries: Entries = new Map();
  const store = new MemoryStore({ kind: "memory", entries });
  const names = {
    rows: Array.from({ length: rows }, (_, i) => String.fromCharCode(65 + i)),
    columns: Array.from({ length: columns }, (_, i) => String(i + 1).padStart(2, "0")),
  };
  const wells = names.rows.flatMap((row) => names.columns.map((column) => ({ row, column })));
  await createPlate(store, "", { format: 2, name: "plate", ...names, wells });
  for (const { row, column } of wells) await createWell(store, `${row}/${column}`, 2, ["0"]);
  return (key) => entries.get(key) ?? image.get(key.replace(/^\/[A-P]\/\d\d\/0(?=\/)/, ""));
}

/** The well side by side with itself: its chunks under many names, each a whole number of times per level. */
async function repeated(well: Entries): Promise<Find> {
  const entries: Entries = new Map();
  const store = new MemoryStore({ kind: "memory", entries });
  const ownChunk = (k: number) =>
    [Math.min(WELL.chunk[0], WELL.height >> k), Math.min(WELL.chunk[1], WELL.width >> k)] as const;
  await createImageOf(store, GIGABYTE, ownChunk);
  return (key) => {
    const [, level, c, z, y, x] = /^\/(\d)\/(\d)\/(\d)\/(\d+)\/(\d+)$/.exec(key) ?? [];
    if (level === undefined) return entries.get(key);
    const [chunkY, chunkX] = ownChunk(Number(level));
    const within = (i: string | undefined, length: number, chunk: number): number =>
      Number(i) % ((length >> Number(level)) / chunk);
    const place = [within(y, WELL.height, chunkY), within(x, WELL.width, chunkX)];
    return well.get(`/${level}/${c}/${z}/${place.join("/")}`);
  };
}
