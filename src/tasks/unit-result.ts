/** What computing one unit gives: voxels of a label or of an image, or rows of a table alone. */
import type { Column } from "../table/table.ts";
import type { Pixels } from "../zarr/array.ts";

/** What a unit adds to the run's table: a row per object. */
export interface Rows {
  /** Each row's object; where the unit makes the label, these ids grow with those of its voxels. */
  readonly labels: Uint32Array<ArrayBuffer>;
  /** By name, each as long as `labels`. */
  readonly columns: ReadonlyMap<string, Column>;
}

/** Voxels are those of the unit's box, in z, y, x order. */
export type UnitResult = {
  /** What was found on the way, by name: a threshold. Kept with the output. */
  readonly facts?: Readonly<Record<string, number>>;
  readonly rows?: Rows;
} & (
  | {
      readonly kind: "label";
      /** 0 is background; objects are 1 … count. */
      readonly labels: Uint32Array<ArrayBuffer>;
      readonly count: number;
      /** Only voxels where it is not 0 are written; without one, all. */
      readonly mask?: Uint8Array<ArrayBuffer>;
    }
  | {
      readonly kind: "image";
      readonly pixels: Pixels;
      readonly mask?: Uint8Array<ArrayBuffer>;
    }
  | { readonly kind: "table" }
);

/** The buffers of a result, each once, to be given to another thread. */
export function buffersOf(result: UnitResult): ArrayBuffer[] {
  const { labels, columns = new Map<string, Column>() } = result.rows ?? {};
  const found = [...columns.values()].flatMap((column) =>
    column.kind === "number" ? column.values.buffer : [],
  );
  if (labels) found.push(labels.buffer);
  if (result.kind === "label") found.push(result.labels.buffer);
  if (result.kind === "image") found.push(result.pixels.buffer);
  if (result.kind !== "table" && result.mask) found.push(result.mask.buffer);
  return [...new Set(found)];
}
