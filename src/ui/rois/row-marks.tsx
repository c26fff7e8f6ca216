/** Whether an ROI is hidden or locked, at the end of its name: seen where it is, and offered under the pointer. */
import type { MouseEvent } from "react";
import { switchHidden, switchLocked } from "../../state/roi-shown.ts";
import { useRois, useSession } from "../session-context.ts";

export function RowMarks({ id, name }: { readonly id: number; readonly name: string }) {
  const session = useSession();
  const isHidden = useRois((state) => state.hidden.has(id));
  const isLocked = useRois((state) => state.locked.has(id));
  // A press here neither selects the row nor takes the focus from the grid.
  const act = (doIt: () => void) => ({
    tabIndex: -1,
    onMouseDown: (event: MouseEvent) => event.preventDefault(),
    onDoubleClick: (event: MouseEvent) => event.stopPropagation(),
    onClick: (event: MouseEvent) => {
      event.stopPropagation();
      doIt();
    },
  });
  return (
    <span className="row-marks">
      <button
        type="button"
        aria-pressed={isHidden}
        aria-label={`Hide ${name}`}
        title={isHidden ? "Hidden: show it again" : "Hide it on the image"}
        {...act(() => switchHidden(session, [id]))}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M1.5 8s2.4-4.2 6.5-4.2S14.5 8 14.5 8 12.1 12.2 8 12.2 1.5 8 1.5 8Z" />
          <circle cx="8" cy="8" r="1.8" />
          {isHidden && <path d="M2.5 13.5l11-11" />}
        </svg>
      </button>
      <button
        type="button"
        aria-pressed={isLocked}
        aria-label={`Lock ${name}`}
        title={isLocked ? "Locked: free it" : "Lock it against changes"}
        {...act(() => switchLocked(session, [id]))}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <rect x="3.5" y="7.2" width="9" height="6.3" rx="1.2" />
          <path d={isLocked ? "M5.5 7V5a2.5 2.5 0 0 1 5 0v2" : "M5.5 7V4.6a2.5 2.5 0 0 1 4.9-.7"} />
        </svg>
      </button>
    </span>
  );
}
