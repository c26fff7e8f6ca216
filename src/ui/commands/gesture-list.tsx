/** What the pointer does, with and without keys: listed beside the shortcuts. */

const GESTURES: readonly (readonly [gesture: readonly string[], does: string])[] = [
  [["Wheel"], "Zoom; change the plane between two clicks of a box"],
  [["Drag"], "Pan; on a selected ROI move it, on its handles resize it"],
  [["Space", "Drag"], "Pan in the middle of a drag; so does the middle button"],
  [["Click"], "Select; once more the ROI below"],
  [["Shift", "Click"], "Add to the selection"],
  [["Ctrl", "Drag"], "Without snapping; so does Alt"],
  [["Shift", "Drag"], "Select what lies whole in a box"],
  [["Shift", "Drag"], "On a corner, keep the proportions; with the draw tool, draw one more"],
  [["Click"], "With side panes, move the crosshair too; in them, drag it"],
  [["Shift", "Wheel"], "In a side pane, look closer along z"],
  [["Right click"], "What can be done here; a long press on touch"],
];

export function GestureList() {
  return (
    <section aria-label="Pointer">
      <h3>Pointer</h3>
      {GESTURES.map(([gesture, does]) => (
        <div key={does} className="shortcut">
          <span className="title">{does}</span>
          <span className="caps keys">
            {gesture.map((part) => (
              <kbd key={part}>{part}</kbd>
            ))}
          </span>
        </div>
      ))}
    </section>
  );
}
