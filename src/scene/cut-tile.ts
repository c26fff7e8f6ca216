/** Tiles cut where something else begins: of a picture that is larger than its place. */
import type { Plane } from "./plane.ts";
import { overlapOf, type Rect } from "./rect.ts";
import type { Tile } from "./tile.ts";

/**
 * A tile without what lies to the right of a rectangle or below it; the tile itself where nothing does. The last pixel of
 * each row and column is kept whole.
 * @param within begins where the tile begins, or before
 * @param known planes that were cut already, of tiles that are always cut alike: they stay the same objects
 */
export function cutTile(tile: Tile, within: Rect, known: WeakMap<Plane, Plane>): Tile {
  const [x0, y0, x1, y1] = tile.bounds;
  const [, , right, bottom] = overlapOf(tile.bounds, within);
  const width = Math.ceil(((right - x0) / (x1 - x0)) * tile.width - 1e-6);
  const height = Math.ceil(((bottom - y0) / (y1 - y0)) * tile.height - 1e-6);
  if (width >= tile.width && height >= tile.height) return tile;
  const planes = new Map<number, Plane>();
  for (const [channel, plane] of tile.planes) {
    const cut = known.get(plane) ?? cutPlane(plane, { width, height, of: tile });
    known.set(plane, cut);
    planes.set(channel, cut);
  }
  const bounds: Rect = [
    x0,
    y0,
    x0 + ((x1 - x0) * width) / tile.width,
    y0 + ((y1 - y0) * height) / tile.height,
  ];
  return { ...tile, width, height, planes, bounds };
}

function cutPlane(
  plane: Plane,
  { width, height, of }: { readonly width: number; readonly height: number; readonly of: Tile },
): Plane {
  // One pixel may stand for all.
  if (plane.width !== of.width || plane.height !== of.height) return plane;
  const data = plane.data.slice(0, width * height);
  for (let row = 0; row < height; row++) {
    const from = row * plane.width;
    data.set(plane.data.subarray(from, from + width) as never, row * width);
  }
  return { data, width, height };
}
