/** Tiles as values, for tests of what draws or reads them. */
import type { Plane } from "../scene/plane.ts";
import type { Tile } from "../scene/tile.ts";
import type { Pixels } from "../zarr/array.ts";

/** A tile whose planes are given by channel; its upper left corner is at x, y and a voxel is `scale` wide and high. */
export function tileOf(
  planes: readonly Pixels[],
  {
    width,
    height,
    x = 0,
    y = 0,
    scale = 1,
    level = 0,
  }: { width: number; height: number; x?: number; y?: number; scale?: number; level?: number },
): Tile {
  const place = `${level}/${y}/${x}`;
  return {
    key: `${place} z0 t0`,
    place,
    level,
    z: 0,
    t: 0,
    y,
    x,
    width,
    height,
    bounds: [x, y, x + width * scale, y + height * scale],
    planes: new Map(planes.map((data, i): [number, Plane] => [i, { data, width, height }])),
    current: true,
  };
}
