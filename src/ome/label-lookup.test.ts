/** The value of every label id is found in few looks, however large and scattered ids are. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { idHalves, type LabelId, labelIdOf, spreadId } from "./label-id.ts";
import { buildLookup, type LabelLookup, MOST_PLACE } from "./label-lookup.ts";

/** As the shader looks; undefined where the id has no value, and where it is not there. */
function valueIn({ data, width, height, probes }: LabelLookup, id: LabelId): number | undefined {
  const [low, high] = idHalves(id);
  const slots = width * height;
  for (let probe = 0; probe < probes; probe++) {
    const at = 4 * ((spreadId(low, high) + probe) % slots);
    const [foundLow, foundHigh, value, isKnown] = data.subarray(at, at + 4);
    if (foundLow === 0 && foundHigh === 0) return undefined;
    if (foundLow === low && foundHigh === high) return isKnown === 1 ? value : undefined;
  }
  return undefined;
}

const small = fc.integer({ min: 1, max: 50 });
/** Of a signed type, or of an unsigned one: −1 and 2 ** 64 − 1 have the same bits, and no label has both. */
const types = fc.constantFrom<fc.Arbitrary<LabelId>>(
  fc.oneof(
    small,
    fc.maxSafeInteger().filter((value) => value !== 0),
  ),
  fc.oneof(
    small,
    fc.maxSafeNat().filter((value) => value !== 0),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
  ),
);
const labelled = types.chain((id) => fc.tuple(fc.array(fc.tuple(id, fc.nat(1000))), id));

it("finds the first value of every id, of whatever size, and nothing of others", () => {
  fc.assert(
    fc.property(labelled, ([rows, other]) => {
      const lookup = buildLookup({
        ids: rows.map(([one]) => one),
        values: rows.map(([, value]) => value),
        reach: undefined,
      });
      const first = new Map([...rows].reverse());
      for (const [one, value] of first) expect(valueIn(lookup, one)).toBe(value);
      if (!first.has(other)) expect(valueIn(lookup, other)).toBeUndefined();
    }),
  );
});

it("keeps numbers as places in their reach, and knows those that are missing", () => {
  const lookup = buildLookup({
    ids: [3, 4, 5, 6, 0],
    values: [10, 20, 15, Number.NaN, 12],
    reach: [10, 20],
  });
  expect([3, 4, 5, 6, 0].map((one) => valueIn(lookup, one))).toEqual([
    0,
    MOST_PLACE,
    Math.round(MOST_PLACE / 2),
    undefined,
    undefined,
  ]);
});

it("holds a million ids, dense or scattered, in few looks each", () => {
  const count = 1_000_000;
  for (const idOf of [
    (i: number): LabelId => i + 1,
    (i: number): LabelId => (i + 1) * 4_294_967_291,
  ]) {
    const ids = Array.from({ length: count }, (_, i) => idOf(i));
    const values = Float64Array.from({ length: count }, (_, i) => i % 97);
    const lookup = buildLookup({ ids, values, reach: undefined });
    expect(lookup.data.byteLength).toBeLessThanOrEqual(2 ** 25);
    expect(lookup.width).toBeLessThanOrEqual(2048);
    expect(lookup.probes).toBeLessThan(64);
    const wrong = ids.filter((one, i) => valueIn(lookup, one) !== values[i]);
    expect(wrong).toEqual([]);
  }
});

it("refuses more than a texture should hold", () => {
  const ids = { length: 3_200_000 };
  expect(() => buildLookup({ ids, values: [], reach: undefined })).toThrow(/too many/);
});

it("keeps ids exact beyond 2^53, and as numbers below", () => {
  expect(labelIdOf(7n)).toBe(7);
  expect(labelIdOf(2n ** 53n + 1n)).toBe(2n ** 53n + 1n);
  expect(idHalves(2n ** 40n + 3n)).toEqual(idHalves(2 ** 40 + 3));
  expect(idHalves(-1)).toEqual(idHalves(-1n));
  expect(idHalves(2n ** 63n + 2n ** 32n + 5n)).toEqual([5, 2 ** 31 + 1]);
});
