/** Pointers as the browser tells them: what follows a hand is also fed by events that React knows nothing of. */
import type { PointerEvent } from "react";

/** A handler for React of what takes the browser's own event, and the element that listens. */
export function native(
  act: (event: globalThis.PointerEvent, element: HTMLElement) => void,
): (event: PointerEvent<HTMLElement>) => void {
  return ({ nativeEvent, currentTarget }) => act(nativeEvent, currentTarget);
}
