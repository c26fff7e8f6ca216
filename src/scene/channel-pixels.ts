/** A channel's pixels for its histogram: of the coarsest level, which is small and has seen all of the plane. */
import { orStopped, throwIfStopped } from "../base/abort.ts";
import { worldOf } from "../geometry/pixel-grid.ts";
import type { Multiscale } from "../ome/multiscale.ts";
import type { Pixels } from "../zarr/array.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";
import type { Options } from "../zarr/store.ts";
import { cutPlane, type Plane } from "./plane.ts";
import { chunkOf, tilesFor } from "./tile-grid.ts";

/** The most chunks read, where an image has one huge level: spread over it, or around its middle where that alone is drawn. */
const CHUNKS_MAX = 9;

/** The most pixels handed on; of more, whole rows evenly spread. */
const PIXELS_MAX = 1 << 20;

/** How long the other chunks are waited for once there are pixels, in milliseconds: one that stalls does not keep the rest dark. */
const PATIENCE = 2000;

export interface ChannelPlane {
  readonly channel: number;
  /** World units. */
  readonly z: number;
  readonly t: number;
}

/**
 * Pixels of one plane of a channel, copied, so that they may be given away; empty where nothing was ever stored. Chunks
 * that cannot be read, or not soon, are left out.
 * @throws Fault where that leaves nothing
 */
export async function channelPixels(
  multiscale: Multiscale,
  source: ChunkSource,
  { channel, z, t }: ChannelPlane,
  options: Options,
): Promise<Pixels[]> {
  const { max } = worldOf(multiscale.levels[0].grid);
  const { places, isCut } = tilesFor(multiscale, {
    bounds: [0, 0, max[2], max[1]],
    worldPerPixel: Number.POSITIVE_INFINITY,
    channels: [channel],
    ...{ z, t },
  });
  // Odd, so that it is now one side of the middle and now the other.
  const each = isCut ? 1 : Math.ceil(places.length / CHUNKS_MAX) | 1;
  const read = places.filter((_, i) => i % each === 0).slice(0, CHUNKS_MAX);
  const late = new AbortController();
  let patience: ReturnType<typeof setTimeout> | undefined;
  const tries = await Promise.allSettled(
    read.map(async (place): Promise<Plane | undefined> => {
      const { array, coords, from } = chunkOf(multiscale, place, channel);
      const chunk = await orStopped(source.read(array, coords, options), late.signal);
      if (chunk) patience ??= setTimeout(() => late.abort(), PATIENCE);
      return chunk && cutPlane(chunk, { from, width: place.width, height: place.height });
    }),
  );
  clearTimeout(patience);
  throwIfStopped(options.signal);
  const stored = tries.flatMap((one) => (one.status === "fulfilled" && one.value) || []);
  const failed = tries.find((one) => one.status === "rejected");
  if (failed && stored.length === 0) throw failed.reason;
  return copiesOf(stored);
}

/** The pixels of planes, copied; of many, rows evenly spread. */
export function copiesOf(planes: readonly Plane[]): Pixels[] {
  const total = planes.reduce((sum, { width, height }) => sum + width * height, 0);
  const every = Math.max(1, Math.ceil(total / PIXELS_MAX));
  return planes.map((plane) => rowsOf(plane, every));
}

/** Every so many rows of a plane, one after the other. */
function rowsOf({ data, width, height }: Plane, every: number): Pixels {
  if (every === 1) return data.slice();
  const rows = Math.ceil(height / every);
  const size = width * data.BYTES_PER_ELEMENT;
  const kept = data.slice(0, rows * width);
  const [from, to] = [
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    new Uint8Array(kept.buffer),
  ];
  for (let row = 0; row < rows; row++)
    to.set(from.subarray(row * every * size, (row * every + 1) * size), row * size);
  return kept;
}
