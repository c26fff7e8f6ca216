/** What a tile set gives to be drawn, and what it says of chunks that could not be read. */
import type { Fault } from "../base/fault.ts";
import { countOf } from "../ome/axes.ts";
import type { Multiscale } from "../ome/multiscale.ts";
import { emptyPlane, type Plane } from "./plane.ts";
import type { Rect } from "./rect.ts";
import type { TilePlace } from "./tile-grid.ts";

/** Something to draw; its planes are new objects whenever their pixels change, and the same until then. */
export interface Tile extends TilePlace {
  /** By channel index; 0 where the multiscale has no channel axis. */
  readonly planes: ReadonlyMap<number, Plane>;
  /** Whether it shows the plane and time looked at; an earlier one stays until the wanted one is there. */
  readonly current: boolean;
}

/** A tile of no size with all channels of an image, to make a picture's layers from before there is a tile. */
export function tileOfNothing({ axes, levels }: Multiscale): Tile {
  const { array } = levels[0];
  const plane = emptyPlane(array);
  const channels = Array.from({ length: countOf(axes, array.shape, "c") }, (_, i) => i);
  const at = { z: 0, t: 0, y: 0, x: 0, width: 0, height: 0, bounds: [0, 0, 0, 0] as const };
  const planes = new Map(channels.map((channel) => [channel, plane]));
  return { key: "", place: "", level: 0, ...at, planes, current: false };
}

/** A chunk that could not be read. */
export interface FailedTile {
  /** Index into the multiscale's levels. */
  readonly level: number;
  /** Chunk coordinates, one per axis of the array. */
  readonly coords: readonly number[];
  readonly bounds: Rect;
  readonly fault: Fault;
}

/** What a tile set shows, at one moment. */
export interface TileSnapshot {
  readonly tiles: readonly Tile[];
  readonly failed: readonly FailedTile[];
  readonly busy: boolean;
}

/** The later of two moments, with the lists of the earlier one where they say the same; the earlier one if all do. */
export function merged(earlier: TileSnapshot, later: TileSnapshot): TileSnapshot {
  const tiles = sameList(earlier.tiles, later.tiles, isSameTile) ? earlier.tiles : later.tiles;
  const isSameFault = (a: FailedTile, b: FailedTile | undefined): boolean => a.fault === b?.fault;
  const failed = sameList(earlier.failed, later.failed, isSameFault)
    ? earlier.failed
    : later.failed;
  const isSame =
    tiles === earlier.tiles && failed === earlier.failed && later.busy === earlier.busy;
  return isSame ? earlier : { tiles, failed, busy: later.busy };
}

function isSameTile(a: Tile, b: Tile | undefined): boolean {
  return a.key === b?.key && a.planes === b.planes && a.current === b.current;
}

function sameList<T>(
  a: readonly T[],
  b: readonly T[],
  isSame: (a: T, b: T | undefined) => boolean,
): boolean {
  return a.length === b.length && a.every((item, i) => isSame(item, b[i]));
}
