/** A set of tiles over a small pyramid whose chunks come when a test says so, and what it draws in words. */
import type { Rect } from "../scene/rect.ts";
import type { TileView } from "../scene/tile-grid.ts";
import { TileSet } from "../scene/tile-set.ts";
import type { Chunk } from "../zarr/array.ts";
import { ManualChunks } from "./manual-chunks.ts";
import { type LevelSpec, pyramid } from "./pyramid.ts";

/** 20 × 30 µm at 1 µm in chunks of 8 × 10; then a third of it, and a tenth; with pixels beyond the edge. */
export const LEVELS: readonly LevelSpec[] = [
  { shape: [2, 8, 20, 30], chunks: [1, 1, 8, 10], scale: [1, 1, 1, 1] },
  { shape: [2, 4, 7, 10], chunks: [1, 1, 8, 10], scale: [1, 2, 3, 3] },
  { shape: [2, 2, 2, 3], chunks: [1, 1, 8, 10], scale: [1, 4, 10, 10] },
];
const ALL: Rect = [0, 0, 30, 20];

/** Voxels of one value. */
export function chunk(value: number, shape: readonly number[] = [1, 1, 8, 10]): Chunk {
  return { data: new Uint16Array(shape.reduce((a, b) => a * b, 1)).fill(value), shape };
}

/** All of the first plane at a voxel a pixel, but for what is said. */
export function look(change: Partial<TileView> = {}): TileView {
  return { bounds: ALL, worldPerPixel: 1, z: 0.5, t: 0, channels: [0], ...change };
}

/** Tiles over chunks that a test answers. */
export function openTiles(multiscale = pyramid("czyx", LEVELS)): {
  source: ManualChunks;
  tiles: TileSet;
} {
  const source = new ManualChunks();
  return { source, tiles: new TileSet({ multiscale, source }) };
}

/** What is drawn, lowest first: level, place and the first pixel of each channel. */
export function drawn(tiles: TileSet): string[] {
  return tiles.tiles().map(({ key, planes, current }) => {
    const values = [...planes].map(([channel, { data }]) => `${channel}=${data[0]}`);
    return `${key} ${values.join(" ")}${current ? "" : " earlier"}`;
  });
}
