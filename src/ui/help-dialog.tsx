/** The list of shortcuts, made from the same data that the keys are matched against. */
import { useEffect, useRef } from "react";
import { SHORTCUTS } from "../editor/shortcuts.ts";

export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="help" aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title" tabIndex={-1} ref={(title) => title?.focus()}>
        Shortcuts
      </h2>
      <dl>
        {SHORTCUTS.map(({ id, title, keys }) => (
          <div key={id}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{title}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={onClose}>
        Close
      </button>
    </dialog>
  );
}
