/** What was used last, newest first: a few of each kind, kept from visit to visit. */
import type { Habits } from "../../base/habits.ts";

export type Recent = "recent-urls" | "recent-commands";

const MOST = 5;

export function recentOf(habits: Habits, kind: Recent): readonly string[] {
  const kept = habits.read(kind);
  return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
}

export function remember(habits: Habits, kind: Recent, one: string): void {
  const others = recentOf(habits, kind).filter((other) => other !== one);
  habits.write(kind, [one, ...others].slice(0, MOST));
}
