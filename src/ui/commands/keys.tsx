/** Keys as they are written on the page: each on a key cap, arrows as arrows. */
import { Fragment } from "react";

/** What is on the caps of keys with long names. */
const CAPS: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
  Delete: "Del",
  PageUp: "Page ↑",
  PageDown: "Page ↓",
  ContextMenu: "Menu",
};

/** On a Mac the keys have signs, which stand in this order. */
const MAC_SIGNS: readonly (readonly [name: string, sign: string])[] = [
  ["Alt", "⌥"],
  ["Shift", "⇧"],
  ["Ctrl", "⌘"],
];

const ON_MAC = /^(Mac|iP)/.test(navigator.platform);

/** @param of strokes as "Ctrl+Shift+Z", any of which does it */
export function Keys({ of: strokes }: { readonly of: readonly string[] }) {
  return (
    <span className="keys">
      {strokes.map((stroke, i) => (
        <Fragment key={stroke}>
          {i > 0 && " "}
          <kbd>{keyText(stroke)}</kbd>
        </Fragment>
      ))}
    </span>
  );
}

/** One stroke; nothing where there is none. */
export function KeyCap({ stroke }: { readonly stroke: string | undefined }) {
  return stroke === undefined ? null : <kbd>{keyText(stroke)}</kbd>;
}

/** "Ctrl+ArrowUp" as "Ctrl ↑", or with another sign between; on a Mac "⌘ ↑". */
export function keyText(stroke: string, between = " "): string {
  // A plus sign at the end is the key itself.
  const parts = stroke.split(/\+(?!$)/);
  if (!ON_MAC) return parts.map((part) => CAPS[part] ?? part).join(between);
  const signs = MAC_SIGNS.flatMap(([name, sign]) => (parts.includes(name) ? [sign] : []));
  const others = parts.filter((part) => MAC_SIGNS.every(([name]) => name !== part));
  return [...signs, ...others.map((part) => CAPS[part] ?? part)].join(between.replace("+", ""));
}
