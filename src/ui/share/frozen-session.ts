/** The page as it is now, for what is drawn off the screen: it stays so whatever is looked at meanwhile, and is no habit. */
import { createStore } from "zustand/vanilla";
import type { Session } from "../../state/session.ts";
import type { View } from "../../state/view.ts";

/**
 * @param change what is looked at otherwise than on the screen
 * @param onChange told when the drawing itself has changed how it looks, as by finding a window
 */
export function frozenSession(
  session: Session,
  change: Partial<View>,
  onChange: () => void,
): Session {
  const now = session.view.getState();
  const view = createStore<View>(() => ({ ...now, playing: undefined, ...change }));
  view.subscribe(onChange);
  const { services } = session;
  const habits = { ...services.habits, write: () => undefined };
  return { ...session, view, services: { ...services, habits } };
}
