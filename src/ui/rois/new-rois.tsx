/** The menu of ways to make ROIs other than by hand, and the form or the progress of the one that is chosen. */
import { type ChangeEvent, useRef, useState } from "react";
import { attempt } from "../attempt.ts";
import { keysFor } from "../commands/bindings.ts";
import type { Desk } from "../commands/command.ts";
import { Keys } from "../commands/keys.tsx";
import { NEW_ROIS } from "../commands/menu-commands.ts";
import { commandOf } from "../commands/registry.ts";
import { runCommand } from "../commands/run-command.ts";
import { MenuList } from "../menu-list.tsx";
import { useShown } from "../page.ts";
import { useRois, useView } from "../session-context.ts";
import { BoxForm } from "./box-form.tsx";
import { findObjects } from "./find-objects.ts";
import { GridForm } from "./grid-form.tsx";
import { useRoiClipboard } from "./roi-clipboard.ts";
import { takeMetadata, takeRois } from "./take-files.ts";

const MENU = "new-rois";

/** The button beside "Draw ROI". */
export function NewRoisMenu({ desk }: { readonly desk: Desk }) {
  const { session, page } = desk;
  const menu = useRef<HTMLDivElement>(null);
  // What can be done is found out when the menu opens.
  const [isOpen, setOpen] = useState(false);
  const labels = useView((view) => view.labels);
  const choose = (act: () => void): void => {
    menu.current?.hidePopover();
    act();
  };
  return (
    <>
      <button
        type="button"
        aria-label="New ROIs"
        title="Other ways to make ROIs: by numbers, a grid, from a label, from a microscope"
        popoverTarget={MENU}
      >
        ▾
      </button>
      <MenuList id={MENU} label="New ROIs" ref={menu} onToggle={setOpen}>
        {isOpen &&
          NEW_ROIS.map((section, i) => (
            <div key={section[0]}>
              {i > 0 && <hr />}
              {section.map((id) => {
                const command = commandOf(id);
                const reason = command.blocked?.(desk);
                return (
                  <button
                    key={id}
                    type="button"
                    disabled={reason !== undefined}
                    title={reason}
                    onClick={() => choose(() => void runCommand(command, desk))}
                  >
                    <span className="title">{command.short ?? command.title}</span>
                    <Keys of={keysFor(page.bindings.getState(), id).slice(0, 1)} />
                  </button>
                );
              })}
            </div>
          ))}
        {isOpen &&
          labels.map((label) => (
            <button
              key={label}
              type="button"
              onClick={() =>
                choose(() => void attempt(session, () => findObjects(session, page, label)))
              }
            >
              Table of the objects of “{label}”
            </button>
          ))}
      </MenuList>
    </>
  );
}

/** What the chosen way asks for, and the listeners and the file picker that the others need. */
export function NewRois({ desk }: { readonly desk: Desk }) {
  const { session, image, page } = desk;
  const form = useShown((shown) => shown.form);
  const hasTable = useRois((rois) => rois.table !== undefined && !rois.masking);
  useRoiClipboard(desk);
  const close = (): void => page.shown.setState({ form: undefined });
  const picks =
    (take: (files: readonly [File, ...File[]]) => Promise<void>) =>
    (event: ChangeEvent<HTMLInputElement>): void => {
      const [first, ...others] = event.target.files ?? [];
      // The same files can be picked again.
      event.target.value = "";
      if (first) void attempt(session, () => take([first, ...others]));
    };
  return (
    <>
      <Search />
      <input
        id="yokogawa-files"
        type="file"
        accept=".mlf,.mrf"
        multiple
        hidden
        aria-label="Yokogawa metadata"
        onChange={picks((files) => takeMetadata(session, files))}
      />
      <input
        id="roi-file"
        type="file"
        accept=".geojson,.json,.csv,.tsv,.txt"
        hidden
        aria-label="File of ROIs"
        onChange={picks(([file]) => takeRois(session, file))}
      />
      {form === "box" && hasTable && <BoxForm image={image} onClose={close} />}
      {form === "grid" && hasTable && <GridForm image={image} onClose={close} />}
    </>
  );
}

/** How far the search for a label's objects is. */
function Search() {
  const search = useShown((shown) => shown.search);
  if (!search) return null;
  const { label, done, of, controller } = search;
  return (
    <div className="line">
      <span className="soft">Objects of {label}</span>
      <progress aria-label={`Objects of ${label}`} value={done} max={of} />
      <button type="button" className="quiet small" onClick={() => controller.abort()}>
        Cancel
      </button>
    </div>
  );
}
