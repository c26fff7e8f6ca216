/** Bins hold what numpy's hold. */
import { expect, it } from "vitest";
import { histogramOf } from "./histogram.ts";

/** The greatest double below a positive one. */
function before(value: number): number {
  const bits = new BigInt64Array(Float64Array.of(value).buffer);
  bits[0] = (bits[0] ?? 0n) - 1n;
  return new Float64Array(bits.buffer)[0] ?? 0;
}

it("counts floats as numpy does: a bin holds its lower edge, and no value below it", () => {
  const [low, high] = [0.1, 0.4];
  const step = (high - low) / 256;
  const edges = Array.from({ length: 255 }, (_, i) => (i + 1) * step + low);
  const { counts } = histogramOf(
    Float64Array.from([low, high, ...edges, ...edges.map(before)]),
    "A",
  );
  // Each bin: its lower edge, and the last number before its upper one, or the upper end.
  expect([...counts]).toEqual(new Array(256).fill(2));
});
