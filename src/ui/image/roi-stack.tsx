/** The names of ROIs that lie over each other where the last click was: another click there, or on a name, goes on. */
import { useStore } from "zustand";
import { roiAt } from "../../roi/rois.ts";
import { select } from "../../state/rois.ts";
import { useRois, useSession } from "../session-context.ts";
import type { Stage } from "./stage.ts";

/** More names than this are a list, not a help. */
const MOST_NAMES = 8;

export function RoiStack({ stage }: { readonly stage: Stage }) {
  const session = useSession();
  const stack = useStore(stage.status, (status) => status.stack);
  const { rois, selection } = useRois((state) => state.document);
  if (!stack?.ids.some((id) => selection.has(id))) return null;
  const { at, ids } = stack;
  return (
    <ul
      className="roi-stack"
      aria-label="ROIs under the pointer"
      style={{ left: at.x + 14, top: at.y + 14 }}
    >
      {ids.slice(0, MOST_NAMES).map((id) => (
        <li key={id}>
          <button
            type="button"
            aria-pressed={selection.has(id)}
            onClick={() => select(session, new Set([id]))}
            onMouseEnter={() => session.rois.setState({ hovered: id })}
            onMouseLeave={() => session.rois.setState({ hovered: undefined })}
          >
            {roiAt(rois, id)?.name}
          </button>
        </li>
      ))}
      {ids.length > MOST_NAMES && <li className="faint">and {ids.length - MOST_NAMES} more</li>}
    </ul>
  );
}
