/** The keys of a menu: arrows go from entry to entry and around, Home and End to its ends, a letter to what begins with it. */
import type { KeyboardEvent } from "react";

/** Moves the focus as a key asks that was pressed in a menu; the page hears no more of such a key. */
export function moveInMenu(event: KeyboardEvent<HTMLElement>): void {
  const to = goalOf(event, entriesOf(event.currentTarget));
  if (!to) return;
  to.focus();
  event.preventDefault();
  event.stopPropagation();
}

/** What can have the focus in a menu, from top to bottom. */
export function entriesOf(menu: HTMLElement | null): readonly HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>("button:not(:disabled)") ?? [])];
}

function goalOf(
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
  entries: readonly HTMLElement[],
): HTMLElement | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const at = entries.findIndex((entry) => entry.matches(":focus"));
  switch (key) {
    case "ArrowDown":
      return entries[(at + 1) % entries.length];
    case "ArrowUp":
      return entries.at(at < 0 ? -1 : at - 1);
    case "Home":
      return entries[0];
    case "End":
      return entries.at(-1);
    default:
      return /^\S$/u.test(key) ? beginningWith(key, entries, at) : undefined;
  }
}

/** The next entry that begins with a letter; from the last on it begins anew. */
function beginningWith(
  letter: string,
  entries: readonly HTMLElement[],
  at: number,
): HTMLElement | undefined {
  return [...entries.slice(at + 1), ...entries.slice(0, at + 1)].find(({ textContent }) =>
    textContent.toLowerCase().startsWith(letter.toLowerCase()),
  );
}
