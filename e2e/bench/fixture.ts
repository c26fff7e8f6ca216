/** The image that benches of the page open: two channels, a pyramid, and a table of as many ROIs as asked for. */
import { worldBox } from "../../src/geometry/box.ts";
import { createImage } from "../../src/ome/create-image.ts";
import { newPyramidWriter } from "../../src/ome/pyramid-writer.ts";
import { newRoiTable } from "../../src/roi/new-roi-table.ts";
import { createTable } from "../../src/table/create-table.ts";
import { MemoryStore } from "../../src/zarr/memory-store.ts";

/** Fitted into the viewer, its second level is about one voxel per pixel: the choice of level does not depend on chance. */
const SIDE = 1536;
const CHUNK = 512;
/** World units per voxel of the finest level. */
const SCALE = 0.5;

const channel = (label: string, color: readonly [number, number, number]) => ({
  label,
  wavelengthId: undefined,
  color,
  active: true,
  window: { start: 100, end: 1200 },
});

/** A square grid of ROIs over the whole image, each on half of its pitch. */
export async function benchImage(rois: number): Promise<ReadonlyMap<string, Uint8Array>> {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const store = new MemoryStore({ kind: "memory", entries });
  const levelAt = (k: number) => {
    const [side, scale] = [SIDE >> k, SCALE * 2 ** k];
    return { shape: [2, side, side], chunks: [1, CHUNK, CHUNK], scale: [1, scale, scale] };
  };
  const image = await createImage(store, "", {
    format: 2,
    name: "bench",
    axes: (["c", "y", "x"] as const).map((name) => ({
      name,
      unit: name === "c" ? undefined : "micrometer",
    })),
    levels: [levelAt(0), levelAt(1), levelAt(2)],
    dtype: "uint16",
    compressor: "blosc-lz4",
    channels: [channel("first", [46, 155, 255]), channel("second", [255, 138, 31])],
  });
  const writer = newPyramidWriter(image);
  const data = Uint16Array.from(
    { length: 2 * SIDE * SIDE },
    (_, i) => 100 + (Math.imul(i + 1, 2654435761) >>> 23) + (i % 700),
  );
  await writer.put({ min: [0, 0, 0], shape: [2, SIDE, SIDE], data });
  await writer.finish();
  const perRow = Math.ceil(Math.sqrt(rois));
  const pitch = (SIDE * SCALE) / perRow;
  const boxAt = (i: number) => {
    const [x, y] = [(i % perRow) * pitch, Math.floor(i / perRow) * pitch];
    return worldBox([0, y, x], [1, y + pitch / 2, x + pitch / 2]);
  };
  const table = newRoiTable({
    path: "tables/FOV_ROI_table",
    zarrFormat: 2,
    backend: "csv",
    rois: Array.from({ length: rois }, (_, i) => ({
      name: `roi_${i}`,
      box: boxAt(i),
      label: undefined,
    })),
  });
  await createTable({ store, table });
  return entries;
}
