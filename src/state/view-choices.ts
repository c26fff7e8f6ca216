/** How the user likes to look: the side panes from visit to visit, and the depth of new ROIs for each source. */
import type { Habits } from "../base/habits.ts";
import type { Depth } from "../editor/depth.ts";
import type { Session } from "./session.ts";
import { journalName } from "./source.ts";

const SIDES = "side-panes";
const DEPTHS = "depths";

/** So many sources are remembered, those used last. */
const MOST = 50;

export function keepViewChoices({ view, opened, services }: Session): void {
  const { habits } = services;
  view.setState({ sidePanes: habits.read(SIDES) === true });
  const sourceName = (): string | undefined => {
    const state = opened.getState();
    return state.kind === "open" ? journalName(state.place.source.origin) : undefined;
  };
  let current = sourceName();
  opened.subscribe(() => {
    const next = sourceName();
    if (next === undefined || next === current) return;
    current = next;
    view.setState({ drawDepth: depthsIn(habits).get(next) ?? "stack" });
  });
  view.subscribe((now, before) => {
    if (now.sidePanes !== before.sidePanes) habits.write(SIDES, now.sidePanes);
    if (now.drawDepth === before.drawDepth || current === undefined || current !== sourceName())
      return;
    const depths = depthsIn(habits);
    if ((depths.get(current) ?? "stack") === now.drawDepth) return;
    depths.delete(current);
    habits.write(DEPTHS, [[current, now.drawDepth], ...depths].slice(0, MOST));
  });
}

/** By source, the one chosen last first; whatever is no choice is left out. */
function depthsIn(habits: Habits): Map<string, Depth> {
  const kept = habits.read(DEPTHS);
  const depths = new Map<string, Depth>();
  for (const pair of Array.isArray(kept) ? kept : []) {
    const [name, chosen]: readonly unknown[] = Array.isArray(pair) ? pair : [];
    const depth = (["stack", "plane", "last"] as const).find((each) => each === chosen);
    if (typeof name === "string" && depth !== undefined) depths.set(name, depth);
  }
  return depths;
}
