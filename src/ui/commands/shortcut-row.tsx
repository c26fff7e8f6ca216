/** One command of the list of shortcuts: its keys, and other keys for it with a word on who loses them. */
import { type KeyboardEvent, useRef, useState } from "react";
import { keysOf } from "../../editor/shortcuts.ts";
import { usePage } from "../page.ts";
import { Keys, keyText } from "./keys.tsx";
import { rebound, type Wish, wishFor } from "./rebinding.ts";
import { type Bound, commandOf } from "./registry.ts";

/** What is asked of the user; undefined nothing. */
type Asking =
  | {
      readonly kind: "keys";
      /** Strokes that stay beside the new one. */
      readonly kept: readonly string[];
      readonly sentence?: string;
    }
  | { readonly kind: "replace"; readonly keys: readonly string[]; readonly by: string };

export function ShortcutRow({
  command,
  isOwn,
}: {
  readonly command: Bound;
  readonly isOwn: boolean;
}) {
  const page = usePage();
  const [asking, setAsking] = useState<Asking>();
  /** Whether the keyboard was in the question, and goes on at the keys that it was about. */
  const returns = useRef(false);
  const { id, title, keys, fixed } = command;

  const settle = (): void => {
    returns.current = asking !== undefined;
    setAsking(undefined);
  };
  const take = (wanted: readonly string[]): void => {
    page.bindings.setState(({ own }) => ({ own: rebound(own, id, wanted) }));
    settle();
  };
  const wish = (wanted: readonly string[], kept: readonly string[] = []): void => {
    const result: Wish = wishFor(page.bindings.getState().own, id, wanted);
    if (result.kind === "free") take(wanted);
    else if (result.kind === "refused")
      setAsking({ kind: "keys", kept, sentence: result.sentence });
    else {
      const by = result.by.map((other) => `“${other.title}”`).join(" and ");
      setAsking({ kind: "replace", keys: wanted, by });
    }
  };
  const hear = (event: KeyboardEvent, kept: readonly string[]): void => {
    // Tab leads on to the next row, as everywhere.
    if (event.key === "Tab") {
      setAsking(undefined);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const pressed = keysOf(event);
    if (pressed === "Escape" && id !== "escape") settle();
    else if (pressed !== undefined) wish([...new Set([...kept, pressed])], kept);
  };
  return (
    <div className="shortcut" data-asking={asking !== undefined}>
      <span className="title">{title}</span>
      {asking === undefined && (
        <>
          {isOwn && (
            <button
              type="button"
              className="quiet small"
              aria-label={`Reset the keys of ${title}`}
              onClick={() => wish(commandOf(id).keys ?? [])}
            >
              Reset
            </button>
          )}
          {fixed ? (
            <span className="caps" title="These keys are the browser's own">
              <Keys of={keys} />
            </span>
          ) : (
            <>
              {keys.length > 0 && (
                <button
                  type="button"
                  className="quiet small add"
                  title="Other keys as well"
                  aria-label={`Add keys for ${title}`}
                  onClick={() => setAsking({ kind: "keys", kept: keys })}
                >
                  +
                </button>
              )}
              <button
                type="button"
                ref={(button) => {
                  if (returns.current) focused(button);
                  returns.current = false;
                }}
                className="caps"
                title="Press to change the keys"
                aria-label={`Keys of ${title}: ${keys.map((stroke) => keyText(stroke)).join(" ") || "none"}. ${keys.length > 0 ? "Change" : "Set keys"}`}
                onClick={() => setAsking({ kind: "keys", kept: [] })}
              >
                {keys.length > 0 ? <Keys of={keys} /> : <span className="faint">Set keys</span>}
              </button>
            </>
          )}
        </>
      )}
      {asking?.kind === "keys" && (
        <>
          {asking.sentence && <p role="alert">{asking.sentence}.</p>}
          <button
            type="button"
            className="caps recording"
            aria-label={`Press the new keys of ${title}; Escape leaves them`}
            ref={focused}
            onKeyDown={(event) => hear(event, asking.kept)}
            onBlur={() => setAsking(undefined)}
          >
            Press keys… <kbd>Esc</kbd>
          </button>
        </>
      )}
      {asking?.kind === "replace" && (
        <div
          className="replace"
          role="alert"
          onKeyDown={(event) => {
            // The question is put away, not the whole list.
            if (event.key !== "Escape") return;
            event.preventDefault();
            event.stopPropagation();
            settle();
          }}
        >
          <p>
            <Keys of={asking.keys} /> belongs to {asking.by}
          </p>
          <button type="button" className="primary" ref={focused} onClick={() => take(asking.keys)}>
            Replace
          </button>
          <button type="button" onClick={settle}>
            Cancel
          </button>
        </div>
      )}
    </div>
  );
}

function focused(button: HTMLButtonElement | null): void {
  button?.focus();
}
