/** Reads profiles from the TIFF and PNG files that the user picks; what decodes them is loaded then. */
import { counted } from "../base/counted.ts";
import { Fault, sentence } from "../base/fault.ts";
import type { Profile } from "./profiles.ts";

/**
 * The one plane of a file, values as stored (skimage `imread`): PNG of 8 or 16 bits; TIFF of 8 or 16 bits without sign,
 * or of 32 or 64-bit floats, in strips or tiles, uncompressed, LZW or Deflate.
 * @param name for sentences
 * @throws Fault "input" for any other file
 */
export async function readProfile(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Profile> {
  const kind = kindOf(bytes);
  if (kind === undefined)
    throw new Fault("input", `"${name}" is neither a TIFF nor a PNG file`, { where: name });
  try {
    return kind === "png" ? await readPng(bytes) : await readTiff(bytes);
  } catch (cause) {
    throw new Fault("input", `"${name}" cannot be read as a profile: ${sentence(cause)}`, {
      where: name,
      cause,
    });
  }
}

/** By the first bytes, whatever the file is called. */
function kindOf([a, b, c, d]: Uint8Array): "png" | "tiff" | undefined {
  if (a === 0x89 && b === 0x50 && c === 0x4e && d === 0x47) return "png";
  const isLittle = a === 0x49 && b === 0x49 && (c === 42 || c === 43);
  const isBig = a === 0x4d && b === 0x4d && (d === 42 || d === 43);
  return isLittle || isBig ? "tiff" : undefined;
}

async function readPng(bytes: Uint8Array<ArrayBuffer>): Promise<Profile> {
  const { decode } = await import("fast-png");
  const { width, height, data, depth, channels, palette } = decode(bytes);
  if (channels !== 1 || palette) throw colored(palette ? "a palette" : `${channels} values`);
  if (depth < 8)
    throw new Fault("input", `it has ${counted(depth, "bit")} per pixel; 8 or 16 are expected`);
  return { height, width, pixels: data instanceof Uint16Array ? own(data) : Uint8Array.from(data) };
}

async function readTiff(bytes: Uint8Array<ArrayBuffer>): Promise<Profile> {
  if (bytes[2] === 43 || bytes[3] === 43)
    throw new Fault("input", "it is a BigTIFF; save it as a plain TIFF");
  const { decode, pageCount } = await import("tiff");
  const pages = pageCount(bytes);
  if (pages !== 1) throw new Fault("input", `it has ${pages} pages; one is expected`);
  const [page] = decode(bytes, { ignoreImageData: true });
  if (page === undefined) throw new Fault("input", "it has no page");
  const { samplesPerPixel, type, sampleFormat, bitsPerSample } = page;
  if (samplesPerPixel !== 1 || type === 3)
    throw colored(type === 3 ? "a palette" : `${samplesPerPixel} values`);
  // Decoded files come out inverted, and others as if they had no sign.
  if (type !== 1) throw new Fault("input", "its zero is not black");
  if (sampleFormat === 2 || bitsPerSample < 8)
    throw new Fault(
      "input",
      `it holds ${bitsPerSample}-bit numbers${sampleFormat === 2 ? " with a sign" : ""}; 8 or 16 bits without, or floats, are expected`,
    );
  const [{ data, width, height } = page] = decode(bytes);
  return { height, width, pixels: own(data) };
}

function colored(what: string): Fault {
  return new Fault("input", `it is in color, with ${what} per pixel; one is expected`);
}

/** As typed arrays of the lib's types, whose buffers might be shared ones. */
function own<T extends Uint8Array | Uint16Array | Float32Array | Float64Array>(data: T) {
  return data.slice();
}
