/** What lies under a place of the world, read from the loaded tiles on the CPU. */
import { type LabelId, labelIdOf } from "../ome/label-id.ts";
import { pixelAt } from "./plane.ts";
import { rectHolds } from "./rect.ts";
import type { Tile } from "./tile.ts";

/** The pixel under a place. */
export interface Probe {
  /** Index into the multiscale's levels: the finest loaded one that covers the place. */
  readonly level: number;
  /** By channel index, as far as loaded. */
  readonly values: ReadonlyMap<number, number | bigint>;
}

/** The pixel values at a place, x before y, of the plane looked at; undefined where no tile of it is loaded. */
export function valueAt(
  tiles: readonly Tile[],
  at: readonly [x: number, y: number],
): Probe | undefined {
  const tile = tiles.findLast(({ current, bounds }) => current && rectHolds(bounds, at));
  if (tile === undefined) return undefined;
  const [minX, minY, maxX, maxY] = tile.bounds;
  const [u, v] = [(at[0] - minX) / (maxX - minX), (at[1] - minY) / (maxY - minY)];
  const values = [...tile.planes].flatMap(([channel, plane]) => {
    const value = pixelAt(plane, u, v);
    return value === undefined ? [] : [[channel, value] as const];
  });
  return { level: tile.level, values: new Map(values) };
}

/** The id of a label at a place; undefined where no tile is loaded, and where there is no object (id 0). */
export function idAt(
  tiles: readonly Tile[],
  at: readonly [x: number, y: number],
): LabelId | undefined {
  const value = valueAt(tiles, at)?.values.get(0);
  return value ? labelIdOf(value) : undefined;
}
