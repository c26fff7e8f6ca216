/** That what a chunk is wanted for counts before how far off it is. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { isAsUrgent, urgencyOf } from "./urgency.ts";

const TIERS = ["visible", "next-level", "next-plane", "prefetch"] as const;

test("any chunk of an earlier tier comes before any of a later one, and of one tier the nearer", () => {
  const chunk = fc.record({ tier: fc.nat(3), distance: fc.nat(10 ** 6) });
  fc.assert(
    fc.property(chunk, chunk, (a, b) => {
      const [first, second] = [a, b].map(({ tier, distance }) =>
        urgencyOf(TIERS[tier] ?? "visible", distance),
      );
      const order = a.tier - b.tier || a.distance - b.distance;
      expect(Math.sign((first ?? 0) - (second ?? 0))).toBe(Math.sign(order));
      expect(isAsUrgent(first ?? 0, second ?? 0)).toBe(a.tier <= b.tier);
    }),
  );
});
