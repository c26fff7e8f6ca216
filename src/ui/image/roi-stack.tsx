/** The names of ROIs that lie over each other where the last click was: another click there, or on a name, goes on. */
import { useLayoutEffect, useRef } from "react";
import { useStore } from "zustand";
import { handleFrame, handlesOn } from "../../editor/handles.ts";
import { roiAt } from "../../roi/rois.ts";
import { select } from "../../state/rois.ts";
import { useRois, useSession } from "../session-context.ts";
import { placeBeside } from "./beside.ts";
import type { Stage } from "./stage.ts";

/** More names than this are a list, not a help. */
const MOST_NAMES = 8;

export function RoiStack({ stage }: { readonly stage: Stage }) {
  const session = useSession();
  const stack = useStore(stage.status, (status) => status.stack);
  const { rois, selection } = useRois((state) => state.document);
  const list = useRef<HTMLUListElement>(null);
  // Clear of the handles that each of them would have, it stays where it is while one goes through them.
  useLayoutEffect(() => {
    const { current } = list;
    if (!current || !stack) return;
    const { eye } = stage;
    const clear = stack.ids.slice(0, MOST_NAMES).flatMap((id) => {
      const box = roiAt(rois, id)?.box;
      const frame = box && handleFrame(box, eye.look());
      return frame ? handlesOn(frame).map((handle) => eye.canvas(handle)) : [];
    });
    const size = { width: current.offsetWidth, height: current.offsetHeight };
    const { x, y } = placeBeside(stack.at, size, { clear, room: eye.size });
    Object.assign(current.style, { left: `${x}px`, top: `${y}px` });
  }, [stage, stack, rois]);
  if (!stack?.ids.some((id) => selection.has(id))) return null;
  const { ids } = stack;
  return (
    <ul ref={list} className="roi-stack" aria-label="ROIs under the pointer">
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
