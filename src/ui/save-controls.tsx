/** Saving the ROI table: what changed, the button, and what was saved when; a download where saving cannot be. */
import { useEffect } from "react";
import { type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import { changes, saveText, tableAsCsv, unsavedCount } from "../state/rois.ts";
import { saveRois } from "../state/save.ts";
import { readOnlyReason } from "../state/source.ts";
import { download } from "./download.ts";
import { useOpened, useRois, useSession } from "./session-context.ts";

export function SaveControls() {
  const session = useSession();
  const unsaved = useRois(unsavedCount);
  const text = useRois(saveText);
  const saving = useRois((rois) => rois.saving);
  const hasTable = useRois((rois) => rois.table !== undefined);
  const readOnly = useOpened((opened) =>
    opened.kind === "open" ? readOnlyReason(opened.place.source) : undefined,
  );
  useLeaveWarning(unsaved > 0);
  if (!hasTable) return null;
  return (
    <>
      <output data-unsaved={unsaved > 0}>{text}</output>
      {unsaved > 0 && <WhatChanged />}
      {readOnly === undefined && (
        <button
          type="button"
          className="primary"
          title="Save table (Ctrl+S)"
          disabled={unsaved === 0 || saving}
          onClick={() => void saveRois(session)}
        >
          {saving ? "Saving…" : "Save table"}
        </button>
      )}
      <button
        type="button"
        aria-label="Download CSV"
        title="Download the table as CSV"
        onClick={() => download({ ...tableAsCsv(session), type: "text/csv" })}
      >
        ⤓ CSV
      </button>
    </>
  );
}

function WhatChanged() {
  const session = useSession();
  // The list is made when it is opened: comparing a large table at each keystroke would be felt.
  return (
    <>
      <button type="button" className="quiet small" popoverTarget="what-changed">
        What changed
      </button>
      <div id="what-changed" popover="auto" className="popover">
        <ChangeList session={session} />
      </div>
    </>
  );
}

function ChangeList({ session }: { readonly session: ReturnType<typeof useSession> }) {
  const rois = useRois((state) => state);
  const made = changes(rois);
  const kinds = [
    ["Added", made.added, rois.document.rois],
    ["Moved or resized", made.moved, rois.document.rois],
    ["Renamed", made.renamed, rois.document.rois],
    ["Deleted", made.deleted, rois.savedRois],
  ] as const;
  return (
    <>
      <strong>{session.rois.getState().tableName}</strong>
      {kinds.map(
        ([title, ids, at]) =>
          ids.length > 0 && (
            <p key={title}>
              {title}: <span className="soft">{listed(ids, at)}</span>
            </p>
          ),
      )}
    </>
  );
}

const MOST_NAMES = 12;

function listed(ids: readonly RoiId[], at: Rois): string {
  const names = ids.slice(0, MOST_NAMES).map((id) => roiAt(at, id)?.name);
  const rest = ids.length - MOST_NAMES;
  return names.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

function useLeaveWarning(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [unsaved]);
}
