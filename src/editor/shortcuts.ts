/** The keyboard as data: what each key does, when it does it, and what the list of shortcuts says of it. */

export type ShortcutId =
  | "undo"
  | "redo"
  | "save"
  | "delete"
  | "escape"
  | "select-all"
  | "select-tool"
  | "draw-tool"
  | "place-roi"
  | "plane-up"
  | "plane-down"
  | "next-roi"
  | "previous-roi"
  | "fit-roi"
  | "fit-image"
  | "hide-overlays"
  | "preview"
  | "compare"
  | "help"
  | `triage-${"on" | "next" | "back" | "keep" | "discard" | "unsure"}`
  | `triage-${Category}`
  | `nudge-${Direction}`
  | `nudge-${Direction}-far`
  | `grow-${Direction}`
  | `start-${Direction}`
  | `z-${"start" | "end"}-${"down" | "up"}`;

type Category = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

type Direction = "left" | "right" | "up" | "down";

export interface Shortcut {
  readonly id: ShortcutId;
  readonly title: string;
  /** Any of these: "Ctrl+Shift+Z". Ctrl also means Command; a character that needs Shift is written as itself: "?". */
  readonly keys: readonly string[];
  /** "anywhere" includes text fields; "selection" needs a selected ROI; "triage" comes before all others while it is on. */
  readonly when: "anywhere" | "canvas" | "selection" | "triage";
  /** Lasts while the key is down; undefined acts once. */
  readonly held?: true;
}

/** What of a KeyboardEvent a shortcut is told by. */
export interface KeyStroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

export interface Situation {
  /** Whether the focus is in a text field, whose own keys come first. */
  readonly typing: boolean;
  readonly selected: number;
  /** Whether ROIs are gone over one by one. */
  readonly triage?: boolean;
}

/** No bare digit or letter destroys anything. */
export const SHORTCUTS: readonly Shortcut[] = [
  { id: "triage-keep", title: "Triage: keep", keys: ["K"], when: "triage" },
  { id: "triage-discard", title: "Triage: discard", keys: ["D"], when: "triage" },
  { id: "triage-unsure", title: "Triage: unsure", keys: ["U"], when: "triage" },
  ...([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map(
    (n): Shortcut => ({
      id: `triage-${n}`,
      title: `Triage: category ${n}`,
      keys: [String(n)],
      when: "triage",
    }),
  ),
  { id: "triage-next", title: "Triage: next unreviewed ROI", keys: ["Space"], when: "triage" },
  { id: "triage-back", title: "Triage: one back", keys: ["Shift+Space"], when: "triage" },
  { id: "triage-on", title: "Triage: begin or end", keys: ["M"], when: "canvas" },
  { id: "undo", title: "Undo", keys: ["Ctrl+Z"], when: "canvas" },
  { id: "redo", title: "Redo", keys: ["Ctrl+Shift+Z", "Ctrl+Y"], when: "canvas" },
  { id: "save", title: "Save the table", keys: ["Ctrl+S"], when: "anywhere" },
  { id: "select-tool", title: "Select and edit ROIs", keys: ["V"], when: "canvas" },
  { id: "draw-tool", title: "Draw an ROI", keys: ["R", "B"], when: "canvas" },
  {
    id: "place-roi",
    title: "Put an ROI at the pointer, as large as the selected one",
    keys: ["Shift+R"],
    when: "canvas",
  },
  { id: "plane-up", title: "Next plane, also while drawing", keys: ["PageUp"], when: "canvas" },
  { id: "plane-down", title: "Plane before", keys: ["PageDown"], when: "canvas" },
  {
    id: "escape",
    title: "Cancel the drag, clear the selection, put the tool down",
    keys: ["Escape"],
    when: "canvas",
  },
  { id: "select-all", title: "Select all ROIs", keys: ["Ctrl+A"], when: "canvas" },
  { id: "next-roi", title: "Next ROI", keys: ["N"], when: "canvas" },
  { id: "previous-roi", title: "Previous ROI", keys: ["P"], when: "canvas" },
  { id: "fit-roi", title: "Zoom to the selected ROIs", keys: ["F"], when: "selection" },
  { id: "fit-image", title: "Zoom to the whole image", keys: ["0", "Home"], when: "canvas" },
  {
    id: "hide-overlays",
    title: "Hide what lies over the image",
    keys: ["H"],
    when: "canvas",
    held: true,
  },
  {
    id: "preview",
    title: "Preview the task, and put the preview away",
    keys: ["T"],
    when: "canvas",
  },
  { id: "compare", title: "Before and after, in a preview", keys: ["C"], when: "canvas" },
  {
    id: "delete",
    title: "Delete the selected ROIs",
    keys: ["Delete", "Backspace"],
    when: "selection",
  },
  ...arrows("nudge-", "", "Move the selected ROIs by a voxel:"),
  ...arrows("nudge-", "Shift+", "Move the selected ROIs by ten voxels:"),
  ...arrows("grow-", "Ctrl+", "Move the right or lower edge by a voxel:"),
  ...arrows("start-", "Ctrl+Shift+", "Move the left or upper edge by a voxel:"),
  {
    id: "z-start-down",
    title: "Begin the selected ROIs a plane lower",
    keys: ["["],
    when: "selection",
  },
  {
    id: "z-start-up",
    title: "Begin the selected ROIs a plane higher",
    keys: ["]"],
    when: "selection",
  },
  {
    id: "z-end-down",
    title: "End the selected ROIs a plane lower",
    keys: ["{"],
    when: "selection",
  },
  { id: "z-end-up", title: "End the selected ROIs a plane higher", keys: ["}"], when: "selection" },
  { id: "help", title: "List the shortcuts", keys: ["?"], when: "canvas" },
];

/** The shortcut that a key stroke means in a situation. */
export function shortcutFor(
  stroke: KeyStroke,
  { typing, selected, triage = false }: Situation,
): Shortcut | undefined {
  return SHORTCUTS.find(
    ({ keys, when }) =>
      (when === "anywhere" || !typing) &&
      (when !== "selection" || selected > 0) &&
      (when !== "triage" || triage) &&
      keys.some((key) => matches(key, stroke)),
  );
}

function arrows(
  prefix: "nudge-" | "grow-" | "start-",
  modifier: string,
  title: string,
): Shortcut[] {
  const all: readonly [Direction, string][] = [
    ["left", "ArrowLeft"],
    ["right", "ArrowRight"],
    ["up", "ArrowUp"],
    ["down", "ArrowDown"],
  ];
  const far = modifier === "Shift+";
  return all.map(([direction, key]) => ({
    id: far ? (`nudge-${direction}-far` as const) : (`${prefix}${direction}` as const),
    title: `${title} ${direction}`,
    keys: [modifier + key],
    when: "selection",
  }));
}

function matches(keys: string, stroke: KeyStroke): boolean {
  const parts = keys.split("+");
  const key = parts.at(-1) ?? "";
  const named = key === "Space" ? " " : key.toLowerCase();
  if (named !== stroke.key.toLowerCase()) return false;
  const symbol = /^[^\p{L}]$/u.test(key);
  // AltGr, by which some keyboards write brackets, is told as Ctrl and Alt together.
  const altGraph = symbol && stroke.ctrlKey && stroke.altKey;
  const ctrl = (stroke.ctrlKey || stroke.metaKey) && !altGraph;
  const alt = stroke.altKey && !altGraph;
  if (ctrl !== parts.includes("Ctrl") || alt) return false;
  // A digit or symbol is already what Shift made of its key.
  return symbol || stroke.shiftKey === parts.includes("Shift");
}
