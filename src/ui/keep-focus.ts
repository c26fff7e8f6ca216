/** A press that does not take the focus, while what is half typed in a field counts all the same. */
import type { MouseEvent } from "react";

/** To be heard on mouse down. */
export function keepFocus(event: MouseEvent): void {
  const { activeElement } = document;
  if (activeElement instanceof HTMLInputElement) activeElement.blur();
  event.preventDefault();
}
