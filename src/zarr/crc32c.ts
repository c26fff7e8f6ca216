/** The checksum of Zarr v3's crc32c codec and of shard indexes (RFC 3720, Castagnoli polynomial, reflected). */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

/** CRC-32C as an unsigned 32-bit number. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

/** The bytes with their checksum, little endian, behind them. */
export function withChecksum(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.length + 4);
  out.set(bytes);
  new DataView(out.buffer).setUint32(bytes.length, crc32c(bytes), true);
  return out;
}

/** The bytes before their checksum, as a view; @throws RangeError where the checksum does not agree. */
export function withoutChecksum<B extends ArrayBufferLike>(bytes: Uint8Array<B>): Uint8Array<B> {
  const body = bytes.subarray(0, Math.max(0, bytes.length - 4));
  const stored = bytes.subarray(body.length);
  const view = new DataView(stored.buffer, stored.byteOffset, stored.length);
  if (stored.length < 4 || view.getUint32(0, true) !== crc32c(body))
    throw new RangeError("the crc32c checksum does not agree with the bytes");
  return body;
}
