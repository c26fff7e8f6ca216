/** An ROI table as it is on disk, and what follows from all its rows: read in slices, so that no hand waits for it. */
import { inSlices } from "../base/steps.ts";
import type { Box } from "../geometry/box.ts";
import { tableType } from "../roi/roi-columns.ts";
import { readRois } from "../roi/roi-table.ts";
import type { Rois } from "../roi/rois.ts";
import { firstProblems } from "../roi/validate.ts";
import { readTable } from "../table/read-table.ts";
import type { Table } from "../table/table.ts";
import type { ZarrFormat } from "../zarr/array.ts";
import type { Decode } from "../zarr/decode.ts";
import type { Options, Store } from "../zarr/store.ts";
import { type RoiState, rulesOf } from "./rois.ts";

export interface StoredRois extends Pick<RoiState, "problems" | "masking"> {
  readonly table: Table;
  /** Indexed by name and by place. */
  readonly rois: Rois;
  /** What holds for the table as a whole, as sentences. */
  readonly warnings: readonly string[];
}

export interface Stored {
  readonly store: Store;
  readonly path: string;
  readonly zarrFormat: ZarrFormat;
  /** The image's box, which ROIs should lie in. */
  readonly world: Box<"world"> | undefined;
  readonly decode: Decode;
}

/** @throws Fault as `readTable` and `readRois` do */
export async function readStored(
  { store, path, zarrFormat, world, decode }: Stored,
  options: Options = {},
): Promise<StoredRois> {
  const table = await readTable(store, path, zarrFormat, { ...options, decode });
  const { rois, warnings } = await inSlices(readRois(table, world?.max[0]), options);
  const masking = tableType(table) === "masking_roi_table";
  const problems = await inSlices(firstProblems(rois, rulesOf({ masking, world })), options);
  await inSlices(rois.places.making(rois), options);
  return { table, rois, warnings, problems, masking };
}
