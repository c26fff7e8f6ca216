/** The palette: type a few letters of a command or a name, and Enter does it. */
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { keysOf } from "../../editor/shortcuts.ts";
import { attempt } from "../attempt.ts";
import { recentOf, remember } from "../start/recent.ts";
import { keysFor } from "./bindings.ts";
import type { Desk } from "./command.ts";
import { Keys } from "./keys.tsx";
import { entriesOf, type Found, found } from "./palette-entries.ts";

export function CommandPalette({ desk }: { readonly desk: Desk }) {
  const { page } = desk;
  const { habits } = desk.session.services;
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState("");
  const [index, setIndex] = useState(0);
  // What can be chosen is told once: nothing changes behind a dialog.
  const entries = useMemo(
    () => entriesOf(desk, recentOf(habits, "recent-commands")),
    [desk, habits],
  );
  const shown = useMemo(() => found(entries, query, desk), [entries, query, desk]);
  const active = shown[index];
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    list.current
      ?.querySelector(`[id="${CSS.escape(optionId(active))}"]`)
      ?.scrollIntoView({ block: "nearest" });
  }, [active]);

  // Closed before it is taken away, so that what had the focus has it again.
  const close = (): void => {
    dialog.current?.close();
    page.shown.setState({ dialog: undefined });
  };
  const choose = (entry: Found | undefined): void => {
    if (!entry || entry.reason !== undefined) return;
    if (entry.command) remember(habits, "recent-commands", entry.command);
    // First: the command may open a dialog of its own.
    close();
    void attempt(desk.session, entry.run);
  };
  const key = (event: KeyboardEvent): void => {
    const last = shown.length - 1;
    const to = {
      ArrowDown: index === last ? 0 : index + 1,
      ArrowUp: index === 0 ? last : index - 1,
      PageDown: Math.min(last, index + 8),
      PageUp: Math.max(0, index - 8),
    }[event.key];
    const again = keysFor(page.bindings.getState(), "palette").includes(keysOf(event) ?? "");
    if (to !== undefined) setIndex(Math.max(0, to));
    else if (event.key === "Enter") choose(active);
    // Escape at once: the browser tells of it after the next keys, which the page is to hear.
    else if (again || event.key === "Escape") close();
    else return;
    event.preventDefault();
    // The page hears no key that was meant here, also where it has closed the palette.
    event.stopPropagation();
  };
  return (
    // A press beside it puts it away, as Escape does.
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the dialog's own
    <dialog
      ref={dialog}
      className="palette"
      aria-label="Commands"
      onClose={close}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div>
        <input
          role="combobox"
          aria-label="Find a command or an ROI"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={active && optionId(active)}
          aria-autocomplete="list"
          placeholder="Find a command, a table, an ROI…"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setIndex(0);
          }}
          onKeyDown={key}
        />
        <div id="palette-list" ref={list} role="listbox" aria-label="Found" tabIndex={-1}>
          {shown.map((entry, i) => (
            <Option
              key={entry.id}
              entry={entry}
              active={i === index}
              grouped={query === ""}
              heading={query === "" && entry.group !== shown[i - 1]?.group}
              onPoint={() => setIndex(i)}
              onChoose={() => choose(entry)}
            />
          ))}
          {shown.length === 0 && <p className="empty">Nothing is called that.</p>}
        </div>
        <p className="palette-foot">
          <Keys of={["ArrowUp", "ArrowDown"]} /> choose <Keys of={["Enter"]} /> do it{" "}
          <Keys of={["Escape"]} /> close
        </p>
      </div>
    </dialog>
  );
}

function Option({
  entry,
  active,
  grouped,
  heading,
  onPoint,
  onChoose,
}: {
  readonly entry: Found;
  readonly active: boolean;
  /** Whether it stands under the name of its group already. */
  readonly grouped: boolean;
  readonly heading: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}) {
  const { title, group, keys, reason, at } = entry;
  return (
    <>
      {heading && (
        <div className="heading" aria-hidden="true">
          {group}
        </div>
      )}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys */}
      <div
        id={optionId(entry)}
        role="option"
        aria-selected={active}
        aria-disabled={reason !== undefined}
        onMouseMove={() => !active && onPoint()}
        onClick={onChoose}
      >
        <span className="title">
          <Marked text={title} at={at} />
        </span>
        {reason === undefined ? (
          <>
            {!grouped && <span className="faint">{group}</span>}
            <Keys of={keys.slice(0, 1)} />
          </>
        ) : (
          <span className="faint">{reason}</span>
        )}
      </div>
    </>
  );
}

/** A text with the letters that were typed told apart, in as few pieces as there are. */
function Marked({ text, at }: { readonly text: string; readonly at: readonly number[] }) {
  const meant = new Set(at);
  const pieces: { text: string; meant: boolean; from: number }[] = [];
  for (let i = 0; i < text.length; i++) {
    const last = pieces.at(-1);
    if (last?.meant === meant.has(i)) last.text += text[i];
    else pieces.push({ text: text[i] ?? "", meant: meant.has(i), from: i });
  }
  return pieces.map((piece) =>
    piece.meant ? <b key={piece.from}>{piece.text}</b> : <span key={piece.from}>{piece.text}</span>,
  );
}

function optionId(entry: Found | undefined): string {
  return `palette-${entry?.id.replaceAll(" ", "-") ?? ""}`;
}
