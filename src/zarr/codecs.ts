/** The codecs zarrita lacks, or has for reading only, made known to its registry. */
import { registry } from "zarrita";
import { inSlices } from "../base/steps.ts";
import { checkBlosc } from "./blosc-check.ts";
import { withChecksum, withoutChecksum } from "./crc32c.ts";
import { decodeTexts, encodeTexts } from "./vlen-utf8.ts";

type CodecLoader = typeof registry extends Map<string, infer L> ? L : never;
type CodecEntry = Awaited<ReturnType<CodecLoader>>;
type Bytes = Uint8Array<ArrayBuffer>;

/** Makes the codecs known; calling it again changes nothing. */
export function registerCodecs(): void {
  for (const [name, load] of ours) registry.set(name, load);
}

/** Whether arrays with this codec can be read. Zarr v2's codecs are named "numcodecs.<id>", as zarrita does. */
export function isKnownCodec(name: string): boolean {
  registerCodecs();
  return registry.has(name);
}

/** Loads codecs before there are bytes for them; one that is not known, or does not come, is told of when it is used. */
export async function loadCodecs(names: readonly string[]): Promise<void> {
  registerCodecs();
  await Promise.allSettled(names.map((name) => registry.get(name)?.()));
}

const checksum: CodecEntry = {
  kind: "bytes_to_bytes",
  fromConfig: () => ({
    kind: "bytes_to_bytes",
    encode: withChecksum,
    decode: withoutChecksum,
    computeEncodedSize: (size) => size + 4,
  }),
};

const gzip = streamed("gzip");
const zlib = streamed("deflate");

/** gzip and zlib through the platform's own streams, which work off this thread. */
function streamed(format: CompressionFormat): CodecEntry {
  return {
    kind: "bytes_to_bytes",
    fromConfig: () => ({
      kind: "bytes_to_bytes",
      encode: (bytes) => through(bytes as Bytes, new CompressionStream(format)),
      decode: (bytes) => through(bytes as Bytes, new DecompressionStream(format)),
    }),
  };
}

async function through(
  bytes: Bytes,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const body = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(body).arrayBuffer());
}

/**
 * Text of any length. zarrita hands this kind of codec chunks and expects chunks back, which its codec type, made for
 * bytes, cannot say.
 */
const vlenUtf8: CodecEntry = {
  kind: "array_to_bytes",
  fromConfig: (_config, { shape }) => {
    const stride = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
    return {
      kind: "array_to_bytes",
      encode: (chunk: unknown) => encodeTexts((chunk as { data: readonly unknown[] }).data),
      decode: async (bytes) => {
        const data = await inSlices(decodeTexts(bytes));
        return { data, shape, stride } as unknown as Uint8Array;
      },
    };
  },
};

const SHUFFLES: Readonly<Record<string, number>> = { noshuffle: 0, shuffle: 1, bitshuffle: 2 };

/** Blosc, with Zarr v3's names of shuffles as the numbers numcodecs takes; it reads a name as "no shuffle". */
async function blosc(): Promise<CodecEntry> {
  const { default: Blosc } = await import("numcodecs/blosc");
  return {
    kind: "bytes_to_bytes",
    fromConfig: (config) => {
      const { shuffle, ...rest } = config as { shuffle?: string | number };
      const number = typeof shuffle === "string" ? SHUFFLES[shuffle] : shuffle;
      const codec = Blosc.fromConfig({
        id: "blosc",
        ...rest,
        ...(number === undefined ? {} : { shuffle: number }),
      });
      return {
        kind: "bytes_to_bytes",
        encode: (bytes) => codec.encode(bytes),
        decode: (bytes) => {
          checkBlosc(bytes);
          return codec.decode(bytes);
        },
      };
    },
  };
}

const ours: ReadonlyMap<string, CodecLoader> = new Map<string, CodecLoader>([
  ["blosc", blosc],
  ["numcodecs.blosc", blosc],
  ["crc32c", async () => checksum],
  ["numcodecs.crc32c", async () => checksum],
  ["gzip", async () => gzip],
  ["numcodecs.gzip", async () => gzip],
  ["zlib", async () => zlib],
  ["numcodecs.zlib", async () => zlib],
  ["vlen-utf8", async () => vlenUtf8],
  ["numcodecs.vlen-utf8", async () => vlenUtf8],
]);
