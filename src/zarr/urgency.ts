/** How soon a chunk is wanted: what is on screen before what may be, and of that the middle of the view first. */

const TIERS = ["visible", "next-level", "next-plane", "prefetch"] as const;

/** What a chunk is wanted for, the most urgent first. */
export type Tier = (typeof TIERS)[number];

/** @param distance from the middle of the view, in any unit, not negative; @returns a number, lower is sooner */
export function urgencyOf(tier: Tier, distance: number): number {
  return TIERS.indexOf(tier) + distance / (1 + distance);
}

/** Whether a chunk is wanted for the same as another, or for more. */
export function isAsUrgent(urgency: number, other: number): boolean {
  return Math.floor(urgency) <= Math.floor(other);
}
