/** The index of a shard: where in the file each inner chunk is (Zarr v3 `sharding_indexed` specification). */
import { Fault } from "../base/fault.ts";
import { textAt } from "../base/json.ts";
import type { ArrayMeta } from "./array.ts";
import { withoutChecksum } from "./crc32c.ts";
import { sizeOf } from "./pixels.ts";
import type { Sharding } from "./sharding.ts";

/** Offset and length of each inner chunk, in raster order of the shard; both all ones where it is not stored. */
export type ShardIndex = BigUint64Array<ArrayBuffer>;

const NOT_STORED = 2n ** 64n - 1n;

/** How many bytes of the file the index takes. @throws Fault "unsupported" for index codecs nobody writes */
export function indexLength(meta: ArrayMeta, sharding: Sharding): number {
  return 16 * sizeOf(chunksPerShard(meta)) + (hasChecksum(meta, sharding) ? 4 : 0);
}

/** @param shard its file, for the message; @throws Fault "invalid" where the index is cut short or its checksum does not agree */
export function parseIndex(
  shard: string,
  meta: ArrayMeta,
  sharding: Sharding,
  bytes: Uint8Array<ArrayBuffer>,
): ShardIndex {
  try {
    const body = hasChecksum(meta, sharding) ? withoutChecksum(bytes) : bytes;
    const index = new BigUint64Array(2 * sizeOf(chunksPerShard(meta)));
    const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
    for (let i = 0; i < index.length; i++) index[i] = view.getBigUint64(8 * i, true);
    return index;
  } catch (cause) {
    throw new Fault("invalid", `The index of the shard ${shard} cannot be read`, {
      where: shard,
      cause,
    });
  }
}

/** Where in the shard's file a chunk is, undefined where it is not stored. @param coords in the grid of inner chunks */
export function placeInShard(
  meta: ArrayMeta,
  index: ShardIndex,
  coords: readonly number[],
): { readonly offset: number; readonly length: number } | undefined {
  const grid = chunksPerShard(meta);
  const at = coords.reduce((sum, c, axis) => sum * (grid[axis] ?? 1) + (c % (grid[axis] ?? 1)), 0);
  const offset = index[2 * at];
  const length = index[2 * at + 1];
  if (offset === undefined || length === undefined || offset === NOT_STORED) return undefined;
  return { offset: Number(offset), length: Number(length) };
}

function chunksPerShard({ shards = [], chunks }: ArrayMeta): readonly number[] {
  return chunks.map((size, axis) => Math.floor((shards[axis] ?? size) / size));
}

function hasChecksum(meta: ArrayMeta, { indexCodecs }: Sharding): boolean {
  const names = indexCodecs.map((codec) => textAt(codec, "name")).join(" ");
  const isBig = JSON.stringify(indexCodecs).includes('"big"');
  if (!isBig && names === "bytes") return false;
  if (!isBig && names === "bytes crc32c") return true;
  throw new Fault("unsupported", `Fovea cannot read shard indexes coded as “${names}”`, {
    where: meta.path,
  });
}
