/** Habits that go by source: what was chosen at each, those used last first. */
import type { Habits } from "../base/habits.ts";
import type { Session } from "./session.ts";
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
  return new Map(pairsIn(habits.read(name)));
}

/** What a kept list of pairs says by name; whatever is no such pair is left out. */
export function pairsIn(kept: unknown): readonly (readonly [name: string, value: unknown])[] {
  return (Array.isArray(kept) ? kept : []).flatMap((pair: unknown) => {
    const [name, value]: readonly unknown[] = Array.isArray(pair) ? pair : [];
    return typeof name === "string" ? [[name, value] as const] : [];
  });
}

/** Does something with the source of each image that is opened, once the view is at it. */
export function onImage({ opened }: Pick<Session, "opened">, act: (source: Source) => void): void {
  opened.subscribe((now, before) => {
    if (now.kind !== "open" || now.place.image === undefined) return;
    if (before.kind === "open" && before.place.image === now.place.image) return;
    act(now.place.source);
  });
}
