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

/** "Ctrl+ArrowUp" as "Ctrl ↑". */
export function keyText(stroke: string): string {
  // A plus sign at the end is the key itself.
  return stroke
    .split(/\+(?!$)/)
    .map((part) => CAPS[part] ?? part)
    .join(" ");
}
