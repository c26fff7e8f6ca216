/** The labels of the image, a row each, the highest first; one at a time shows how it is drawn. */
import { type ReactNode, useState } from "react";
import type { LabelView } from "../../state/label-look.ts";
import { changeLabel } from "../../state/labels.ts";
import { useSession, useView } from "../session-context.ts";
import { DrawnRow } from "./drawn-row.tsx";
import { LabelDetails } from "./label-details.tsx";

export function LabelPanel() {
  const labels = useView((view) => view.labelViews);
  const isInSpace = useView((view) => view.boxView);
  const [open, setOpen] = useState<string>();
  return (
    <section aria-label="Labels" className="block channels">
      <h2>Labels</h2>
      {labels.length === 0 && <p className="faint">This image has none.</p>}
      {labels.length > 0 && isInSpace && <p className="faint">3D boxes are drawn without them.</p>}
      {labels.toReversed().map((label) => {
        const isOpen = open === label.name;
        return (
          <LabelRow
            key={label.name}
            label={label}
            details={isOpen ? <LabelDetails label={label} /> : undefined}
            onToggle={() => setOpen(isOpen ? undefined : label.name)}
          />
        );
      })}
    </section>
  );
}

const MEANS = { fill: "filled", outline: "outlined", both: "filled and outlined" } as const;

function LabelRow({
  label: { name, visible, opacity, style, color },
  details,
  onToggle,
}: {
  readonly label: LabelView;
  /** Undefined while they are closed. */
  readonly details: ReactNode | undefined;
  readonly onToggle: () => void;
}) {
  const session = useSession();
  return (
    <DrawnRow
      name={`label ${name}`}
      visible={visible}
      hint="Opacity, outlines, colours and order"
      details={details}
      onShow={(next) => changeLabel(session, name, { visible: next })}
      onToggle={onToggle}
    >
      <i
        className="swatch label-swatch"
        data-style={style}
        title={`Objects are ${MEANS[style]}`}
        style={{ opacity: 0.4 + 0.6 * opacity }}
      />
      <span className="name">{name}</span>
      <span className="faint by">{color?.column}</span>
    </DrawnRow>
  );
}
