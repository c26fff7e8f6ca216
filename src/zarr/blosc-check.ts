/** Whether a Blosc chunk is whole: its decoder goes on where it should give up, and makes noise of what is not. */

const HEADER_BYTES = 16;
const LZ4_FORMAT = 1;

/** Blocks are split into one stream per byte of a value if there are at most so many bytes, and at least so many values. */
const [SPLITS_MAX, SPLIT_VALUES_MIN] = [16, 128];

/**
 * Looks through the headers of a chunk, and through all of it where LZ4 compressed it, as Blosc's usual codec does; inside
 * of other streams damage goes unseen (c-blosc 1.x, README_CHUNK_FORMAT.rst and blosc.c; LZ4, lz4_Block_format.md).
 * @throws Error with the part of a sentence that says what is wrong
 */
export function checkBlosc(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES) throw new Error(`it ends after ${bytes.length} bytes`);
  const [flags, length, stored] = [view.getUint8(2), uint32(view, 4), uint32(view, 12)];
  if (stored > bytes.length)
    throw new Error(`it ends after ${bytes.length} bytes and should have ${stored}`);
  const isCopy = (flags & 2) !== 0 && stored === HEADER_BYTES + length;
  if (length === 0 || isCopy) return;
  for (const { at, size } of streamsOf(view)) {
    const [from, end] = [at + 4, at + 4 + uint32(view, at)];
    const isPacked = flags >> 5 === LZ4_FORMAT && end - from !== size;
    if (end > stored || (isPacked && lz4Length(bytes, from, end) !== size)) throw damaged();
  }
}

/** Where the length of each stream stands that is followed by the stream, and how many bytes it unpacks to. */
function* streamsOf(view: DataView): Generator<{ readonly at: number; readonly size: number }> {
  const [flags, typeSize] = [view.getUint8(2), view.getUint8(3)];
  const [length, blockSize] = [uint32(view, 4), uint32(view, 8)];
  const mayBeSplit =
    (flags & 16) === 0 && typeSize <= SPLITS_MAX && blockSize / typeSize >= SPLIT_VALUES_MIN;
  for (let block = 0; block * blockSize < length; block++) {
    const size = Math.min(blockSize, length - block * blockSize);
    const streams = mayBeSplit && size === blockSize ? typeSize : 1;
    let at = uint32(view, HEADER_BYTES + 4 * block);
    for (let stream = 0; stream < streams; stream++) {
      yield { at, size: Math.floor(size / streams) };
      at += 4 + uint32(view, at);
    }
  }
}

function uint32(view: DataView, at: number): number {
  if (at + 4 > view.byteLength) throw damaged();
  return view.getUint32(at, true);
}

const damaged = (): Error => new Error("it is damaged");

/** How many bytes an LZ4 block unpacks to; undefined where it cannot be. */
function lz4Length(bytes: Uint8Array, from: number, end: number): number | undefined {
  let at = from;
  let length = 0;
  /** Lengths from 15 on go on in further bytes, the last of which is below 255. */
  const whole = (start: number): number => {
    let sum = start;
    for (let more = start === 15 ? 255 : 0; more === 255; sum += more) more = bytes[at++] ?? 0;
    return sum;
  };
  while (at < end) {
    const token = bytes[at++] ?? 0;
    const literals = whole(token >> 4);
    at += literals;
    length += literals;
    if (at >= end) return at === end ? length : undefined;
    const back = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    at += 2;
    if (back === 0 || back > length) return undefined;
    length += 4 + whole(token & 15);
  }
  return undefined;
}
