/** What lies over the drawing during a drag: how large the box is and the lines that it lies on, or what is selected. */
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
  const { guides, rectangle, size } = marks;
  return (
    <div className="drag-marks" aria-hidden="true">
      {guides.map(({ runs, at, what, named }) => (
        <i
          key={`${runs} ${at}`}
          className={`guide ${runs} named-${named}`}
          style={runs === "across" ? { top: at } : { left: at }}
        >
          <span>{what}</span>
        </i>
      ))}
      {rectangle && (
        <i
          className="rectangle"
          style={{
            left: rectangle.min.x,
            top: rectangle.min.y,
            width: rectangle.max.x - rectangle.min.x,
            height: rectangle.max.y - rectangle.min.y,
          }}
        />
      )}
      {size && (
        <div className="badge-size" style={{ left: size.x, top: size.y }}>
          {size.text}
        </div>
      )}
    </div>
  );
}
