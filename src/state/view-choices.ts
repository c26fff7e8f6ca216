/** How the user likes to look: the side panes from visit to visit, and the depth of new ROIs for each source. */
import type { Habits } from "../base/habits.ts";
import type { Depth } from "../editor/depth.ts";
import { keepFor, keptFor } from "./kept-by-source.ts";
import type { Session } from "./session.ts";
import { journalName, openPlace, type Source } from "./source.ts";

const SIDES = "side-panes";
const DEPTHS = "depths";

export function keepViewChoices({ view, opened, services }: Session): void {
  const { habits } = services;
  const likesSidePanes = habits.read(SIDES) === true;
  view.setState({ likesSidePanes, sidePanes: likesSidePanes });
  const sourceNow = (): Source | undefined => openPlace(opened.getState())?.source;
  let current = sourceNow();
  opened.subscribe(() => {
    const next = sourceNow();
    if (next === undefined || isSame(next, current)) return;
    current = next;
    view.setState({ drawDepth: depthFor(habits, next) });
  });
  view.subscribe((now, before) => {
    if (now.likesSidePanes !== before.likesSidePanes) habits.write(SIDES, now.likesSidePanes);
    if (now.drawDepth === before.drawDepth || !current || !isSame(current, sourceNow())) return;
    if (depthFor(habits, current) !== now.drawDepth)
      keepFor(habits, DEPTHS, current, now.drawDepth);
  });
}

function isSame(a: Source, b: Source | undefined): boolean {
  return b !== undefined && journalName(a.origin) === journalName(b.origin);
}

/** All of the stack, where nothing else was chosen. */
function depthFor(habits: Habits, source: Source): Depth {
  const kept = keptFor(habits, DEPTHS, source);
  return (["stack", "plane", "last"] as const).find((each) => each === kept) ?? "stack";
}
