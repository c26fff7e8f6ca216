/** Habits that go by source: what was chosen at each, those used last first. */
import type { Habits } from "../base/habits.ts";
import { journalName, type Source } from "./source.ts";

/** So many sources are remembered. */
const MOST = 50;

/** What is kept under a name for a source; anything may have been written there. */
export function keptFor(habits: Habits, name: string, { origin }: Source): unknown {
  return bySource(habits, name).get(journalName(origin));
}

/** Keeps a value for a source, in place of what was kept for it under that name. */
export function keepFor(habits: Habits, name: string, { origin }: Source, value: unknown): void {
  const source = journalName(origin);
  const all = bySource(habits, name);
  all.delete(source);
  habits.write(name, [[source, value], ...all].slice(0, MOST));
}

function bySource(habits: Habits, name: string): Map<string, unknown> {
  const kept = habits.read(name);
  return new Map(
    (Array.isArray(kept) ? kept : []).flatMap((pair: unknown): [string, unknown][] => {
      const [source, value]: readonly unknown[] = Array.isArray(pair) ? pair : [];
      return typeof source === "string" ? [[source, value]] : [];
    }),
  );
}
