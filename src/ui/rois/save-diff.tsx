/** What a save would write: how many ROIs of each kind of change, which, and the button that saves them. */
import { useRef, useState } from "react";
import { grouped } from "../../base/counted.ts";
import { type ChangeKind, changeLine } from "../../roi/change-text.ts";
import type { RoiId, Rois } from "../../roi/rois.ts";
import { changes, unsavedCount } from "../../state/rois.ts";
import { percent, saveRois } from "../../state/save.ts";
import { useTitle } from "../page.ts";
import { useOpened, useRois, useSession } from "../session-context.ts";
import { unitOf } from "../units.ts";
import { useSlow } from "../use-slow.ts";

const KINDS: readonly (readonly [ChangeKind, string])[] = [
  ["added", "Added"],
  ["moved", "Moved or resized"],
  ["renamed", "Renamed"],
  ["valued", "Values changed"],
  ["deleted", "Deleted"],
];

/** The save button, and below it what it is about to write; the key saves straight. */
export function SaveButton() {
  const session = useSession();
  const [isOpen, setOpen] = useState(false);
  const popover = useRef<HTMLDivElement>(null);
  const unsaved = useRois(unsavedCount);
  const saving = useRois((rois) => rois.saving);
  const isSlow = useSlow(saving !== undefined, 150);
  const titled = useTitle("save");
  const save = (): void => {
    popover.current?.hidePopover();
    void saveRois(session);
  };
  return (
    <>
      <button
        type="button"
        className="primary"
        title="Look at the changes, then save them"
        disabled={unsaved === 0 || saving !== undefined}
        popoverTarget="save-diff"
      >
        {saving ? "Saving…" : "Save table"}
      </button>
      {isSlow && saving && (
        <HowFar
          done={saving.done}
          doing={saving.kind}
          onStop={saving.kind === "preparing" ? saving.stop : undefined}
        />
      )}
      <div
        id="save-diff"
        ref={popover}
        popover="auto"
        className="popover diff"
        role="dialog"
        aria-label="Changes to be saved"
        onToggle={({ newState }) => setOpen(newState === "open")}
      >
        {/* Comparing a large table at each keystroke would be felt, so it is done while this is open. */}
        {isOpen && <ChangeList />}
        {isOpen && (
          <div className="line">
            <button
              type="button"
              className="primary"
              // biome-ignore lint/a11y/noAutofocus: the popover was opened to press it
              autoFocus
              title={titled("Save")}
              onClick={save}
            >
              Save
            </button>
            <button type="button" className="quiet" onClick={() => popover.current?.hidePopover()}>
              Not yet
            </button>
          </div>
        )}
      </div>
    </>
  );
}

/** How far the copying or making of very many ROIs is. */
export function MakingProgress() {
  const making = useRois((rois) => rois.making);
  const isSlow = useSlow(making !== undefined, 150);
  if (!isSlow || !making) return null;
  const { doing, done, stop } = making;
  return <HowFar done={done} doing={doing.toLowerCase()} onStop={stop} />;
}

function HowFar({
  done,
  doing,
  onStop,
}: {
  readonly done: number;
  readonly doing: string;
  readonly onStop: (() => void) | undefined;
}) {
  return (
    <>
      <progress aria-label={doing} value={done > 0 ? done : undefined} />
      <span className="mono soft">
        {doing} {done > 0 ? `${percent(done)} %` : "…"}
      </span>
      {onStop && (
        <button type="button" className="quiet" onClick={onStop}>
          Cancel
        </button>
      )}
    </>
  );
}

/** The changes of a table that cannot be saved where it is. */
export function WhatChanged() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="quiet small" popoverTarget="what-changed">
        What changed
      </button>
      <div
        id="what-changed"
        popover="auto"
        className="popover diff"
        onToggle={({ newState }) => setOpen(newState === "open")}
      >
        {isOpen && <ChangeList />}
      </div>
    </>
  );
}

function ChangeList() {
  const tableName = useRois((state) => state.tableName);
  const state = useRois((rois) => rois);
  const unit = useOpened((opened) =>
    opened.kind === "open" && opened.place.image ? unitOf(opened.place.image) : "",
  );
  const made = changes(state);
  const between = { from: state.savedRois, to: state.document.rois };
  return (
    <>
      <strong>{tableName}</strong>
      {KINDS.map(([kind, title]) => (
        <Kind key={kind} kind={kind} title={title} ids={made[kind]} between={between} unit={unit} />
      ))}
    </>
  );
}

/** The rest is said in a number. */
const MOST_LINES = 50;

function Kind({
  kind,
  title,
  ids,
  between,
  unit,
}: {
  readonly kind: ChangeKind;
  readonly title: string;
  readonly ids: readonly RoiId[];
  readonly between: { readonly from: Rois; readonly to: Rois };
  readonly unit: string;
}) {
  if (ids.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>
        {title} <span className="count">{grouped(ids.length)}</span>
      </h3>
      <ul>
        {ids.slice(0, MOST_LINES).map((id) => {
          const { name, what } = changeLine(kind, id, between, unit);
          return (
            <li key={id}>
              {name} <span className="soft">{what}</span>
            </li>
          );
        })}
        {ids.length > MOST_LINES && (
          <li className="soft">and {grouped(ids.length - MOST_LINES)} more</li>
        )}
      </ul>
    </section>
  );
}
