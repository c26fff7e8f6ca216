/** What lies over the drawing during a drag: how large the box is, and the lines that it lies on. */
import { useStore } from "zustand";
import type { Ground } from "./ground.ts";
import type { Stage } from "./stage.ts";

export function DragMarks({
  stage,
  pane = "xy",
}: {
  readonly stage: Stage;
  readonly pane?: Ground["name"];
}) {
  const marks = useStore(stage.status, (status) => status.marks);
  if (marks?.pane !== pane) return null;
  return (
    <div className="drag-marks" aria-hidden="true">
      {marks.guides.map(({ runs, at, what }) => (
        <i
          key={`${runs} ${at}`}
          className={`guide ${runs}`}
          style={runs === "across" ? { top: at } : { left: at }}
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
