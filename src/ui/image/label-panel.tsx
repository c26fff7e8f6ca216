/** The labels of the image, a row each, the highest first; one at a time shows how it is drawn. */
import { useState } from "react";
import type { LabelView } from "../../state/label-look.ts";
import { changeLabel } from "../../state/labels.ts";
import { useSession, useView } from "../session-context.ts";
import { LabelDetails } from "./label-details.tsx";

export function LabelPanel() {
  const labels = useView((view) => view.labelViews);
  const [open, setOpen] = useState<string>();
  return (
    <section aria-label="Labels" className="block channels">
      <h2>Labels</h2>
      {labels.length === 0 && <p className="faint">This image has none.</p>}
      {labels.toReversed().map((label) => {
        const isOpen = open === label.name;
        return (
          <div key={label.name} className="channel" data-visible={label.visible}>
            <LabelRow
              label={label}
              isOpen={isOpen}
              onToggle={() => setOpen(isOpen ? undefined : label.name)}
            />
            {isOpen && <LabelDetails label={label} />}
          </div>
        );
      })}
    </section>
  );
}

const MEANS = { fill: "filled", outline: "outlined", both: "filled and outlined" } as const;

function LabelRow({
  label: { name, visible, opacity, style, color },
  isOpen,
  onToggle,
}: {
  readonly label: LabelView;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const session = useSession();
  return (
    <div className="channel-row">
      <input
        type="checkbox"
        aria-label={`Show label ${name}`}
        checked={visible}
        onChange={(event) => changeLabel(session, name, { visible: event.target.checked })}
      />
      <button
        type="button"
        className="quiet"
        aria-expanded={isOpen}
        title={isOpen ? "Hide details" : "Opacity, outlines, colours and order"}
        onClick={onToggle}
      >
        <i
          className="swatch label-swatch"
          data-style={style}
          title={`Objects are ${MEANS[style]}`}
          style={{ opacity: 0.4 + 0.6 * opacity }}
        />
        <span className="name">{name}</span>
        <span className="faint by">{color?.column}</span>
        <i className="chevron" aria-hidden="true" />
      </button>
    </div>
  );
}
