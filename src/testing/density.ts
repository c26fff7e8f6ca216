/** What a GPU draws of a density picture at one of its cells. */
import { BIN } from "../scene/roi-crowd.ts";
import { type DensityPicture, MESH_CORNERS, TILE_CELLS } from "../scene/roi-density.ts";

/** RGBA at the middle of a cell, times alpha, 0 to 255; cells are counted from the tile's corner. */
export function drawnAt(
  picture: DensityPicture | undefined,
  x: number,
  y: number,
): readonly [r: number, g: number, b: number, a: number] {
  if (picture === undefined) return [0, 0, 0, 0];
  const veil = veilAt(picture, x + 0.5, y + 0.5);
  const first = 4 * (y * TILE_CELLS + x);
  const { cells, lit } = picture;
  const isLit = partAt(lit, x + 0.5, y + 0.5) !== undefined;
  const alpha = isLit ? (cells?.[first + 3] ?? 0) : 0;
  const at = (channel: number): number =>
    (isLit ? (cells?.[first + channel] ?? 0) : 0) + (veil[channel] ?? 0) * (1 - alpha / 255);
  return [at(0), at(1), at(2), at(3)];
}

/** The corners of the rectangle of triangles that a place lies in: the first, the one on its right and the one below. */
function partAt(
  triangles: Uint16Array,
  x: number,
  y: number,
): readonly [first: number, right: number, below: number] | undefined {
  const [column, row] = [Math.floor(x / BIN + 0.5), Math.floor(y / BIN + 0.5)];
  for (let i = 0; i < triangles.length; i += 6) {
    const [first = 0, right = 0, below = 0] = triangles.subarray(i, i + 3);
    const left = first % MESH_CORNERS;
    if (column < left || column >= left + right - first) continue;
    if (row >= Math.floor(first / MESH_CORNERS) && row < Math.floor(below / MESH_CORNERS))
      return [first, right, below];
  }
  return undefined;
}

function veilAt({ ink, veil, veiled }: DensityPicture, x: number, y: number): readonly number[] {
  const [x0, y0, x1, y1] = ink;
  const part = x > x0 && y > y0 && x < x1 && y < y1 ? partAt(veiled, x, y) : undefined;
  if (veil === undefined || part === undefined) return [];
  const [first, right, below] = part;
  const middle = (bin: number): number => BIN * (bin - 0.5);
  const along = (at: number, bins: readonly [number, number], from: number, to: number): number => {
    const [a, b] = [Math.max(from, middle(bins[0])), Math.min(to, middle(bins[1]))];
    return (at - a) / (b - a);
  };
  const columns = [first % MESH_CORNERS, right % MESH_CORNERS] as const;
  const rows = [Math.floor(first / MESH_CORNERS), Math.floor(below / MESH_CORNERS)] as const;
  const [toRight, down] = [along(x, columns, x0, x1), along(y, rows, y0, y1)];
  const of = (at: number, channel: number): number => veil[4 * at + channel] ?? 0;
  return [0, 1, 2, 3].map((channel) => {
    const over = of(first, channel) * (1 - toRight) + of(right, channel) * toRight;
    const last = below + right - first;
    const under = of(below, channel) * (1 - toRight) + of(last, channel) * toRight;
    return over * (1 - down) + under * down;
  });
}
