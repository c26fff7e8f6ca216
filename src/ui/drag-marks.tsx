/** What lies over the drawing during a drag: how large the box is, and the lines that it lies on. */
import { useStore } from "zustand";
import type { Stage } from "./stage.ts";

export function DragMarks({ stage }: { readonly stage: Stage }) {
  const marks = useStore(stage.status, (status) => status.marks);
  if (!marks) return null;
  return (
    <div className="drag-marks" aria-hidden="true">
      {marks.guides.map(({ axis, at, what }) => (
        <i
          key={`${axis} ${at}`}
          className={axis === 1 ? "guide across" : "guide down"}
          style={axis === 1 ? { top: at } : { left: at }}
        >
          <span>{what}</span>
        </i>
      ))}
      <div className="badge-size" style={{ left: marks.x, top: marks.y }}>
        {marks.text}
      </div>
    </div>
  );
}
