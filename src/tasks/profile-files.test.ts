/** Profiles out of PNG and TIFF files, and a sentence for each file that holds none. */
import { deflateSync } from "node:zlib";
import { encode } from "fast-png";
import { describe, expect, it } from "vitest";
import { type TiffPage, tiffFile } from "../testing/tiff-file.ts";
import { readProfile } from "./profile-files.ts";

const plane = { width: 3, height: 2 };
const words = Uint16Array.of(1, 500, 65535, 256, 3, 4);
const swapped = new Uint8Array(words.buffer.slice(0)).map((_, i, bytes) => bytes[i ^ 1] ?? 0);

const pageOf = (
  values: { readonly buffer: ArrayBuffer },
  rest: Omit<TiffPage, "strip" | "width" | "height">,
) => ({
  ...plane,
  ...rest,
  strip: new Uint8Array(values.buffer),
});

describe("readProfile reads", () => {
  it.each([
    [
      "PNG of 8 bits",
      encode({ ...plane, data: Uint8Array.of(1, 2, 3, 4, 5, 255), channels: 1 }),
      Uint8Array.of(1, 2, 3, 4, 5, 255),
    ],
    ["PNG of 16 bits", encode({ ...plane, data: words, channels: 1, depth: 16 }), words],
    [
      "TIFF of 8 bits",
      tiffFile([pageOf(Uint8Array.of(1, 2, 3, 4, 5, 255), { bytes: 1 })]),
      Uint8Array.of(1, 2, 3, 4, 5, 255),
    ],
    ["TIFF of 16 bits", tiffFile([pageOf(words, { bytes: 2 })]), words],
    [
      "TIFF of 16 bits, the large byte first",
      tiffFile([pageOf(swapped, { bytes: 2 })], false),
      words,
    ],
    [
      "TIFF, Deflate",
      tiffFile([
        { ...plane, bytes: 2, compression: 8, strip: deflateSync(new Uint8Array(words.buffer)) },
      ]),
      words,
    ],
    [
      "TIFF of floats",
      tiffFile([pageOf(Float32Array.from(words), { bytes: 4, format: 3 })]),
      Float32Array.from(words),
    ],
    [
      "TIFF of doubles",
      tiffFile([pageOf(Float64Array.from(words), { bytes: 8, format: 3 })]),
      Float64Array.from(words),
    ],
  ])("%s", async (_, bytes, pixels) => {
    const profile = await readProfile("flat", Uint8Array.from(bytes));
    expect(profile).toEqual({ ...plane, pixels });
    expect(profile.pixels.constructor).toBe(pixels.constructor);
  });
});

describe("readProfile refuses", () => {
  const page = pageOf(words, { bytes: 2 });
  const color = new Uint8Array(18);

  it.each([
    ["other files", new Uint8Array(8), /"flat" is neither a TIFF nor a PNG file/],
    ["PNG in color", encode({ ...plane, data: color, channels: 3 }), /in color, with 3 values/],
    [
      "TIFF in color",
      tiffFile([{ ...page, samples: 3, photometric: 2 }]),
      /in color, with 3 values/,
    ],
    ["two pages", tiffFile([page, page]), /has 2 pages; one is expected/],
    ["signs", tiffFile([{ ...page, format: 2 }]), /16-bit numbers with a sign/],
    ["white zeros", tiffFile([{ ...page, photometric: 0 }]), /zero is not black/],
    ["BigTIFF", Uint8Array.of(0x49, 0x49, 43, 0), /BigTIFF/],
    ["what is cut off", tiffFile([page]).slice(0, 100), /"flat" cannot be read as a profile/],
  ])("%s", async (_, bytes, sentence) => {
    await expect(readProfile("flat", Uint8Array.from(bytes))).rejects.toMatchObject({
      tag: "input",
      message: expect.stringMatching(sentence),
    });
  });
});
