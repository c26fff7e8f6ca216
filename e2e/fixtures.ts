/** Small data made by Fovea's own writers, for journeys that need a folder on disk or a server. */
import { pixelBox } from "../src/geometry/box.ts";
import { worldFromPixel } from "../src/geometry/pixel-grid.ts";
import { newRoiTable } from "../src/roi/new-roi-table.ts";
import type { Roi } from "../src/roi/rois.ts";
import { createTable } from "../src/table/create-table.ts";
import type { Backend } from "../src/table/table.ts";
import { makeImage } from "../src/testing/make-image.ts";
import { fields, fillWithNuclei, makeNuclei } from "../src/testing/nuclei.ts";
import { MemoryStore } from "../src/zarr/memory-store.ts";

/** An image of 4 × 36 nuclei with its fields of view as a table in each backend, and a masking table. */
export async function nucleiImage(): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const store = new MemoryStore({ kind: "memory", entries });
  const image = await makeNuclei(store);
  const { grid } = image.levels[0];
  const rois = fields.map(
    (field, i): Roi => ({
      name: `FOV_${i + 1}`,
      box: worldFromPixel(grid, field),
      label: undefined,
    }),
  );
  const backends: readonly (readonly [string, Backend])[] = [
    ["FOV_ROI_table", "csv"],
    ["AnnData_ROI_table", "anndata"],
  ];
  for (const [name, backend] of backends) {
    const table = newRoiTable({ path: `tables/${name}`, zarrFormat: 2, backend, rois });
    await createTable({ store, table });
  }
  const objects = [1, 2].map(
    (label): Roi => ({
      name: String(label),
      label,
      box: worldFromPixel(grid, pixelBox([0, 25 * label, 25], [1, 25 * label + 20, 45])),
    }),
  );
  const masking = newRoiTable({
    path: "tables/nuclei_ROI_table",
    zarrFormat: 2,
    backend: "csv",
    rois: objects,
    region: "nuclei",
  });
  await createTable({ store, table: masking });
  return entries;
}

/** ROIs of `manyFields`. */
export const FIELDS = 100;

/** An image of so many fields of view that a run over them takes its time; each shares chunks with its neighbours. */
export async function manyFields(): Promise<ReadonlyMap<string, Uint8Array>> {
  const [perRow, field, chunk] = [Math.sqrt(FIELDS), 250, 400];
  const side = perRow * field;
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const store = new MemoryStore({ kind: "memory", entries });
  const image = await makeImage(store, {
    axes: ["c", "y", "x"],
    shape: [1, side, side],
    chunks: [1, chunk, chunk],
  });
  const { array, grid } = image.levels[0];
  await fillWithNuclei(array);
  const rois = Array.from({ length: FIELDS }, (_, i): Roi => {
    const [y, x] = [field * Math.floor(i / perRow), field * (i % perRow)];
    const box = worldFromPixel(grid, pixelBox([0, y, x], [1, y + field, x + field]));
    return { name: `FOV_${i + 1}`, box, label: undefined };
  });
  const path = "tables/FOV_ROI_table";
  const table = newRoiTable({ path, zarrFormat: 2, backend: "csv", rois });
  await createTable({ store, table });
  return entries;
}
