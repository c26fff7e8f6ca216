/** The ROI tables of a demo well: its fields of view, with where the stage was, and the well as a whole. */
import { type Box, worldBox } from "../geometry/box.ts";
import { newRoiTable } from "../roi/new-roi-table.ts";
import type { Column, Table } from "../table/table.ts";
import { below } from "../zarr/store.ts";
import { FOV, FOVS, fovName, fovOrigin, PIXEL, PLANE, PLANES, WELL } from "./layout.ts";

/** Where the stage had the first field's corner; fields lie 3 pixels wider apart there than stitched. */
const STAGE = { x: -1448.3, y: -1517.7, gap: 3 * PIXEL } as const;

type Extent = typeof FOV;

function boxOf(fov: number, { height, width }: Extent): Box<"world"> {
  const { y, x } = fovOrigin(fov);
  return worldBox(
    [0, y * PIXEL, x * PIXEL],
    [PLANES * PLANE, (y + height) * PIXEL, (x + width) * PIXEL],
  );
}

/** `FOV_ROI_table` and `well_ROI_table` of an image. */
export function wellTables(imagePath: string): readonly Table[] {
  const roi = (name: string, fov: number, extent: Extent) => ({
    name,
    box: boxOf(fov, extent),
    label: undefined,
  });
  const common = { zarrFormat: 2, backend: "anndata" } as const;
  const fovs = newRoiTable({
    ...common,
    path: below(imagePath, "tables", "FOV_ROI_table"),
    rois: FOVS.map((fov) => roi(fovName(fov), fov, FOV)),
  });
  const well = newRoiTable({
    ...common,
    path: below(imagePath, "tables", "well_ROI_table"),
    rois: [roi("well_1", 0, WELL)],
  });
  const original = (axis: "x" | "y"): Column => ({
    kind: "number",
    dtype: "float64",
    values: Float64Array.from(FOVS, (fov) => stageAt(fov, axis)),
  });
  const columns = new Map([
    ...fovs.columns,
    ["x_micrometer_original", original("x")],
    ["y_micrometer_original", original("y")],
  ]);
  return [{ ...fovs, columns }, well];
}

/** Stage coordinates: y rises upwards there, and the stage does not move by whole pixels. */
function stageAt(fov: number, axis: "x" | "y"): number {
  const origin = fovOrigin(fov)[axis];
  const moved = origin * PIXEL + (origin > 0 ? STAGE.gap : 0);
  const position = axis === "x" ? STAGE.x + moved : STAGE.y - moved;
  return Math.round(position * 10) / 10;
}
