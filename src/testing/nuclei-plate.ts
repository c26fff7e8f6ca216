/** A plate of wells that hold the image of nuclei and its fields of view, some lacking something: for tests of batches. */
import { worldFromPixel } from "../geometry/pixel-grid.ts";
import { createPlate, createWell } from "../ome/create-plate.ts";
import { newRoiTable } from "../roi/new-roi-table.ts";
import { createTable } from "../table/create-table.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { type Key, keyOf, type WritableStore } from "../zarr/store.ts";
import { fields, makeNuclei } from "./nuclei.ts";

export const TABLE = "FOV_ROI_table";
/** The channel's label. */
export const CHANNEL = "channel 0";

interface WellSpec {
  /** "B/03". */
  readonly path: string;
  /** What the image of this well is without. */
  readonly lacks?: "table" | "channel" | "image" | "pixels";
}

/** Writes it; each image is at "0" in its well. A well that lacks its pixels has a first chunk that cannot be decoded. */
export async function makeNucleiPlate(
  store: WritableStore,
  wells: readonly WellSpec[],
): Promise<void> {
  const parts = wells.map(({ path }) => path.split("/"));
  const names = (at: number) => [...new Set(parts.map((part) => part[at] ?? ""))];
  await createPlate(store, "", {
    format: 2,
    name: "plate",
    rows: names(0),
    columns: names(1),
    wells: parts.map(([row = "", column = ""]) => ({ row, column })),
  });
  const files = await imageFiles();
  for (const { path, lacks } of wells) {
    await createWell(store, path, 2, ["0"]);
    if (lacks === "image") continue;
    for (const [key, bytes] of files) {
      if (lacks === "table" && key.startsWith("/tables/")) continue;
      await store.set(keyOf(`${path}/0${key}`), lacks ? spoiled(key, bytes, lacks) : bytes);
    }
  }
}

function spoiled(
  key: string,
  bytes: Uint8Array<ArrayBuffer>,
  lacks: NonNullable<WellSpec["lacks"]>,
): Uint8Array<ArrayBuffer> {
  if (lacks === "pixels" && key === "/0/0/0/0") return bytes.slice(0, 3);
  if (lacks !== "channel" || key !== "/.zattrs") return bytes;
  const text = new TextDecoder().decode(bytes).replaceAll(CHANNEL, "other");
  return new TextEncoder().encode(text);
}

/** Of an image on its own. */
async function imageFiles(): Promise<ReadonlyMap<Key, Uint8Array<ArrayBuffer>>> {
  const entries = new Map<Key, Uint8Array<ArrayBuffer>>();
  const store = new MemoryStore({ kind: "memory", entries });
  const image = await makeNuclei(store);
  const rois = fields.map((field, i) => ({
    name: `FOV_${i + 1}`,
    box: worldFromPixel(image.levels[0].grid, field),
    label: undefined,
  }));
  const table = newRoiTable({ path: `tables/${TABLE}`, zarrFormat: 2, backend: "csv", rois });
  await createTable({ store, table });
  return entries;
}
