/** The boxes of the objects of the label that a run makes: folded from its chunks as they are stored, kept in the journal, and in the end a masking ROI table. */
import { pixelBox } from "../geometry/box.ts";
import { worldFromPixel } from "../geometry/pixel-grid.ts";
import { indexOf, zyxOf } from "../ome/axes.ts";
import type { Multiscale } from "../ome/multiscale.ts";
import { rangesInFinest } from "../ome/pyramid-step.ts";
import { newRoiTable } from "../roi/new-roi-table.ts";
import { type Extents, joinedExtents } from "../roi/object-extents.ts";
import type { Column, Table } from "../table/table.ts";
import type { MadeTable } from "./makes.ts";

/** Of each chunk that is stored of the level that results go to, by `coordsKey`: the extents of its objects. */
export type ExtentsByChunk = ReadonlyMap<string, Extents>;

/** For the journal: for each object its label, then its lower corner, then its upper. */
export function extentsToJson(extents: Extents): readonly (readonly number[])[] {
  return Array.from(extents, ([label, { min, max }]) => [label, ...min, ...max]);
}

/** @param json as `extentsToJson` made it. */
export function extentsFromJson(json: readonly (readonly number[])[]): Extents {
  return new Map(
    json.map(([label = 0, ...corners]) => {
      const rank = corners.length / 2;
      return [label, { min: corners.slice(0, rank), max: corners.slice(rank) }];
    }),
  );
}

/**
 * A row for each object of a label, by growing label, in world units: what ngio's `build_masking_roi_table` finds in the
 * label's finest level. A label with time has its columns, as ngio's has.
 * @param at the level that the objects are of
 */
export function maskingTable(
  { path, backend, region }: Pick<MadeTable, "backend" | "region"> & { readonly path: string },
  label: Multiscale,
  at: number,
  byChunk: ExtentsByChunk,
): Table {
  const { axes, levels, zarrFormat } = label;
  const [finest] = levels;
  const arrays = levels.map(({ array }) => array);
  const extents = Array.from(
    joinedExtents(byChunk.values()),
    ([id, extent]) => [id, rangesInFinest(arrays, at, extent)] as const,
  );
  const rois = extents.map(([id, { min, max }]) => {
    const box = pixelBox(zyxOf(axes, min, 0), zyxOf(axes, max, 1));
    return { name: String(id), label: id, box: worldFromPixel(finest.grid, box) };
  });
  const table = newRoiTable({ path, zarrFormat, backend, rois, region });
  const t = indexOf(axes, "t");
  if (t === undefined) return table;
  const scale = finest.scale[t] ?? 1;
  const starts = extents.map(([, { min }]) => (min[t] ?? 0) * scale);
  const lengths = extents.map(([, { min, max }]) => ((max[t] ?? 1) - (min[t] ?? 0)) * scale);
  const times = [
    ["t_second", numbers(starts)],
    ["len_t_second", numbers(lengths)],
  ] as const;
  return { ...table, columns: new Map([...table.columns, ...times]) };
}

function numbers(values: readonly number[]): Column {
  return { kind: "number", dtype: "float64", values: Float64Array.from(values) };
}
