/** Saving the ROI table: what changed, the button, and what was saved when; a download where saving cannot be. */
import { useEffect } from "react";
import { saveText, unsavedCount } from "../../state/rois.ts";
import { readOnlyReason } from "../../state/source.ts";
import { attempt } from "../attempt.ts";
import { useOpened, useRois, useSession } from "../session-context.ts";
import { downloadCsv } from "./download-csv.ts";
import { MakingProgress, SaveButton, WhatChanged } from "./save-diff.tsx";

export function SaveControls() {
  const session = useSession();
  const unsaved = useRois(unsavedCount);
  const text = useRois(saveText);
  const hasTable = useRois((rois) => rois.table !== undefined);
  const readOnly = useOpened((opened) =>
    opened.kind === "open" ? readOnlyReason(opened.place.source) : undefined,
  );
  useLeaveWarning(unsaved > 0);
  if (!hasTable) return null;
  return (
    <>
      <MakingProgress />
      <output aria-live="off" data-unsaved={unsaved > 0}>
        {text}
      </output>
      {readOnly === undefined ? <SaveButton /> : unsaved > 0 && <WhatChanged />}
      <button
        type="button"
        aria-label="Download CSV"
        title="Download the table as CSV"
        onClick={() => void attempt(session, () => downloadCsv(session))}
      >
        ⤓ CSV
      </button>
    </>
  );
}

function useLeaveWarning(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [unsaved]);
}
