/** A paged map does what a Map does, leaves the one it was made from alone, and finds what differs. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { PagedMap } from "./paged-map.ts";

/** A value, or null to take the key out; undefined is a value. */
type Change = readonly [key: number, value: number | undefined | null];

const changes = fc.array(
  fc.tuple(
    fc.oneof(fc.nat(20), fc.nat(2000)),
    fc.oneof(fc.nat(3), fc.constant(undefined), fc.constant(null)),
  ),
);

function changed(map: PagedMap<number | undefined>, made: readonly Change[]) {
  return map.with((draft) => {
    for (const [key, value] of made)
      if (value === null) draft.delete(key);
      else draft.set(key, value);
  });
}

function plainly(map: ReadonlyMap<number, number | undefined>, made: readonly Change[]) {
  const plain = new Map(map);
  for (const [key, value] of made)
    if (value === null) plain.delete(key);
    else plain.set(key, value);
  return new Map([...plain].sort(([a], [b]) => a - b));
}

it("is as a Map is, in ascending order, and the one before stays as it was", () => {
  fc.assert(
    fc.property(changes, changes, (first, then) => {
      const before = changed(PagedMap.of(), first);
      const plainBefore = plainly(new Map(), first);
      const after = changed(before, then);
      const plain = plainly(plainBefore, then);
      expect([...before]).toEqual([...plainBefore]);
      expect([...after]).toEqual([...plain]);
      expect([after.size, before.size]).toEqual([plain.size, plainBefore.size]);
      for (const [key] of [...first, ...then]) {
        expect(after.has(key)).toBe(plain.has(key));
        expect(after.get(key)).toBe(plain.get(key));
      }
    }),
  );
});

it("finds the keys that differ, in either direction", () => {
  fc.assert(
    fc.property(changes, changes, (first, then) => {
      const before = changed(PagedMap.of(), first);
      const after = changed(before, then);
      const keys = new Set([...before.keys(), ...after.keys()]);
      const differ = [...keys]
        .filter((key) => before.has(key) !== after.has(key) || before.get(key) !== after.get(key))
        .sort((a, b) => a - b);
      expect(before.differing(after)).toEqual(differ);
      expect(after.differing(before)).toEqual(differ);
    }),
  );
});

it("is itself where nothing is touched", () => {
  const map = PagedMap.of([[3, "a"]]);
  expect(map.with((draft) => draft.delete(4))).toBe(map);
});
