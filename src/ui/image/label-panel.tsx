/** Which label is drawn over the image, and how. */
import { useSession, useView } from "../session-context.ts";

export function LabelPanel() {
  const session = useSession();
  const view = useView((state) => state);
  return (
    <section aria-label="Label" className="block">
      <h2>Label</h2>
      <select
        aria-label="Label"
        value={view.label ?? ""}
        onChange={(event) => session.view.setState({ label: event.target.value || undefined })}
      >
        <option value="">None</option>
        {view.labels.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      {view.label !== undefined && (
        <div className="line">
          <label className="slider">
            <span>Opacity</span>
            <input
              type="range"
              aria-label="Label opacity"
              min={0}
              max={1}
              step={0.05}
              value={view.labelOpacity}
              onChange={(event) =>
                session.view.setState({ labelOpacity: Number(event.target.value) })
              }
            />
          </label>
          <label>
            <input
              type="checkbox"
              checked={view.labelOutline}
              onChange={(event) => session.view.setState({ labelOutline: event.target.checked })}
            />
            outlines
          </label>
        </div>
      )}
    </section>
  );
}
