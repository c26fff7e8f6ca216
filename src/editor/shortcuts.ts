/** Keys as text: what a stroke is called, which command it means in a situation, and which two cannot share it. */

/** "anywhere" includes text fields; "selection" needs a selected ROI; "triage" comes before all others while it is on. */
export type When = "anywhere" | "canvas" | "selection" | "triage";

/** What keys may be bound to. */
export interface Bindable {
  /** Any of these: "Ctrl+Shift+Z". Ctrl also means Command; a character that needs Shift is written as itself: "?". */
  readonly keys: readonly string[];
  readonly when: When;
}

/** What of a KeyboardEvent a shortcut is told by. */
export interface KeyStroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  /** The key's place, by what a keyboard of the United States writes there: "KeyZ". */
  readonly code?: string;
}

export interface Situation {
  /** Whether the focus is in a text field, whose own keys come first. */
  readonly typing: boolean;
  readonly selected: number;
  /** Whether ROIs are gone over one by one. */
  readonly triage?: boolean;
}

/** What a key stroke means in a situation: triage first, then the others in their order. */
export function meantBy<B extends Bindable>(
  all: readonly B[],
  stroke: KeyStroke,
  { typing, selected, triage = false }: Situation,
): B | undefined {
  const text = keysOf(stroke);
  const meant = all.filter(
    ({ keys, when }) =>
      (when === "anywhere" || !typing) &&
      (when !== "selection" || selected > 0) &&
      (when !== "triage" || triage) &&
      keys.some((key) => sameKeys(key, text)),
  );
  return meant.find(({ when }) => when === "triage") ?? meant[0];
}

/** The first of `keys` that both have in one situation, where a stroke could mean either. */
export function clash(a: Bindable, b: Bindable): string | undefined {
  if (!meet(a.when, b.when)) return undefined;
  return a.keys.find((key) => b.keys.some((other) => sameKeys(key, other)));
}

/** Triage takes its keys from the others on purpose; it cannot take those that work anywhere. */
function meet(a: When, b: When): boolean {
  return a === b || a === "anywhere" || b === "anywhere" || (a !== "triage" && b !== "triage");
}

/** Keys that are no stroke by themselves. */
const HALF = new Set([
  "Control",
  "Shift",
  "Alt",
  "Meta",
  "AltGraph",
  "CapsLock",
  "Dead",
  "Process",
]);

/** A stroke as the lists of keys write it, "Ctrl+Shift+Z"; undefined while only modifiers are down. */
export function keysOf(stroke: KeyStroke): string | undefined {
  const { ctrlKey, metaKey, shiftKey, altKey } = stroke;
  const key = writtenBy(stroke);
  if (key === "" || key === "Unidentified" || HALF.has(key)) return undefined;
  // It ends a gesture whatever is held in it.
  if (key === "Escape") return key;
  const symbol = isSymbol(key);
  // AltGr, by which some keyboards write brackets, is told as Ctrl and Alt together; on a Mac, Option as Alt alone.
  const altGraph = symbol && altKey && (ctrlKey || !/\d/.test(key));
  const parts = [
    (metaKey || (ctrlKey && !altGraph)) && "Ctrl",
    altKey && !altGraph && "Alt",
    // A digit or symbol is already what Shift made of its key.
    shiftKey && !symbol && "Shift",
    key === " " ? "Space" : key.length === 1 ? key.toUpperCase() : key,
  ];
  return parts.filter(Boolean).join("+");
}

/** Brackets, plain and with Shift, where keyboards of other scripts have letters. */
const BRACKETS: Readonly<Record<string, readonly [plain: string, shift: string]>> = {
  BracketLeft: ["[", "{"],
  BracketRight: ["]", "}"],
};

/** What a key writes; where that is a letter of another script, what stands there on a Latin keyboard. */
function writtenBy({ key, code = "", shiftKey }: KeyStroke): string {
  if (!/^\p{L}$/u.test(key) || /^\p{Script=Latin}$/u.test(key)) return key;
  return BRACKETS[code]?.[shiftKey ? 1 : 0] ?? /^Key([A-Z])$/.exec(code)?.[1] ?? key;
}

/** Any one character but a letter and Space. */
function isSymbol(key: string): boolean {
  return key !== " " && /^[^\p{L}]$/u.test(key);
}

function sameKeys(a: string, b: string | undefined): boolean {
  return a.toLowerCase() === b?.toLowerCase();
}

/** Why a stroke cannot be bound; undefined where it can. */
export function unbindable(keys: string, when: When = "canvas"): string | undefined {
  if (when === "anywhere" && !/^(Ctrl|Alt)\+|^(Shift\+)?F\d+$/.test(keys))
    return "This works while one types too, so it needs Ctrl, Alt or a key such as F2";
  if (/^(Shift\+)?(Tab|Enter)$/.test(keys))
    return `${keys} moves through the page and presses its buttons`;
  if (/^Ctrl\+(Shift\+)?[WTN]$/.test(keys)) return `${keys} belongs to the browser`;
  return undefined;
}
