/** The list of shortcuts, made of the commands that the keys are matched against, and the place to change them. */
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { usePage } from "../page.ts";
import { GestureList } from "./gesture-list.tsx";
import { type Bound, boundTo, COMMANDS } from "./registry.ts";
import { ShortcutRow } from "./shortcut-row.tsx";

export function HelpDialog() {
  const page = usePage();
  const own = useStore(page.bindings, (bindings) => bindings.own);
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState("");
  useEffect(() => dialog.current?.showModal(), []);
  // At once: the event of closing comes late, and would put away what another key has opened meanwhile.
  const close = (): void => {
    dialog.current?.close();
    page.shown.setState({ dialog: undefined });
  };
  const bound = COMMANDS.map((command) => boundTo(own, command)).filter((one) =>
    isMeant(one, query),
  );
  const groups = Map.groupBy(bound, ({ group }) => group);
  const changed = Object.keys(own).length;
  return (
    <dialog
      ref={dialog}
      className="help"
      aria-labelledby="help-title"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <header>
        <h2 id="help-title">Shortcuts</h2>
        <input
          type="search"
          aria-label="Search the shortcuts"
          placeholder="Search by name or key"
          autoComplete="off"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            // The browser would only empty the field.
            if (event.key !== "Escape") return;
            event.preventDefault();
            event.stopPropagation();
            close();
          }}
        />
        <button
          type="button"
          disabled={changed === 0}
          onClick={() => page.bindings.setState({ own: {} })}
        >
          Reset all
        </button>
        <button type="button" onClick={close}>
          Close
        </button>
      </header>
      <div className="scroll">
        <div className="groups">
          {[...groups].map(([group, commands]) => (
            <section key={group} aria-label={group}>
              <h3>{group}</h3>
              {commands.map((command) => (
                <ShortcutRow key={command.id} command={command} isOwn={command.id in own} />
              ))}
            </section>
          ))}
          {query === "" && <GestureList />}
        </div>
        {bound.length === 0 && <p className="empty">No shortcut is called that.</p>}
      </div>
    </dialog>
  );
}

function isMeant({ title, group, keys }: Bound, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  // A single letter is a key that is looked for, not a letter of every title.
  if (wanted.length === 1) return keys.some((key) => key.toLowerCase().split("+").includes(wanted));
  const text = `${title} ${group} ${keys.join(" ")}`.toLowerCase();
  return wanted.split(/\s+/).every((word) => text.includes(word));
}
