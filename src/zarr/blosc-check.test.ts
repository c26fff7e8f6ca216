/** Blosc chunks that were cut off or overwritten are told before they are unpacked. */
import fc from "fast-check";
import Blosc from "numcodecs/blosc";
import { expect, test } from "vitest";
import { checkBlosc } from "./blosc-check.ts";

/** Bytes in steps under some noise: some streams of theirs can be packed, and others cannot. */
const data = fc
  .record({
    length: fc.integer({ min: 1, max: 20_000 }),
    step: fc.integer({ min: 1, max: 300 }),
    noise: fc.constantFrom(0, 1, 3, 255),
    seed: fc.integer({ min: 1, max: 2 ** 30 }),
  })
  .map(({ length, step, noise, seed }) => {
    let state = seed;
    return Uint8Array.from({ length }, (_, i) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor(i / step) + ((state >>> 24) & noise);
    });
  });

const codec = fc
  .tuple(
    fc.integer({ min: 0, max: 9 }),
    fc.constantFrom("blosclz", "lz4", "lz4hc", "zlib", "zstd"),
    fc.constantFrom(0, 1, 2),
    fc.constantFrom(0, 128, 1000, 4096),
  )
  .map(([clevel, cname, shuffle, blocksize]) =>
    Blosc.fromConfig({ id: "blosc", clevel, cname, shuffle, blocksize }),
  );

test("what was packed whole is let through, whatever packed it; what was cut off is not", async () => {
  const kept = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  await fc.assert(
    fc.asyncProperty(data, codec, kept, async (values, blosc, part) => {
      const packed = await blosc.encode(values);
      checkBlosc(packed);
      const cut = packed.slice(0, Math.floor(part * packed.length));
      expect(() => checkBlosc(cut)).toThrow("it ends after");
    }),
    { numRuns: 400 },
  );
});

/** The header of 16 bytes, where the one block starts, the length of its first stream, and streams. */
async function packedBy(cname: string): Promise<Uint8Array> {
  const values = Uint8Array.from({ length: 4000 }, (_, i) => i >> 5);
  const config = { id: "blosc", clevel: 5, cname, shuffle: 0, blocksize: 0 };
  return Blosc.fromConfig(config).encode(values);
}

test("what was overwritten within is told where LZ4 packed it", async () => {
  const packed = await packedBy("lz4");
  for (const at of [24, 200, packed.length - 41])
    expect(() => checkBlosc(packed.slice().fill(255, at, at + 40)), `at ${at}`).toThrow(
      "it is damaged",
    );
});

test.each(["lz4", "zstd"])(
  "a block of %s that starts or ends behind the end is told",
  async (name) => {
    const packed = await packedBy(name);
    for (const at of [16, 20])
      expect(() => checkBlosc(packed.slice().fill(127, at, at + 4)), `at ${at}`).toThrow(
        "it is damaged",
      );
  },
);

test("what is no Blosc at all is told", () => {
  expect(() => checkBlosc(new Uint8Array())).toThrow("it ends after 0 bytes");
  expect(() => checkBlosc(new TextEncoder().encode("spoiled"))).toThrow("it ends after 7 bytes");
});
