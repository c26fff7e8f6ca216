/** What the colours of labels' objects mean, over the image: one legend for each label that is coloured. */
import { colorBy, type LabelColoring } from "../../state/label-colors.ts";
import type { FeatureColor } from "../../state/label-look.ts";
import { changeLabel } from "../../state/labels.ts";
import { useLabelColors, useSession, useView } from "../session-context.ts";
import { CategoryLegend, CategoryText } from "./category-legend.tsx";
import { RangeLegend } from "./range-legend.tsx";

export function LabelLegends() {
  const colorings = useLabelColors((state) => state.colorings);
  const labels = useView((view) => view.labelViews);
  const isShown = useView((view) => view.overlays);
  const legends = labels.toReversed().flatMap(({ name, color }) => {
    const coloring = colorings.get(name);
    return color && coloring
      ? [<LabelLegend key={name} label={name} color={color} coloring={coloring} />]
      : [];
  });
  return isShown && legends.length > 0 ? <div className="label-legends">{legends}</div> : null;
}

function LabelLegend({
  label,
  color,
  coloring: { column, summary, places },
}: {
  readonly label: string;
  readonly color: FeatureColor;
  readonly coloring: LabelColoring;
}) {
  const session = useSession();
  return (
    <details className="legend" aria-label={`Colours of ${label}`} open>
      <summary title={`${column} of ${label}`}>
        <span className="column">{column}</span> <span className="faint">of {label}</span>
      </summary>
      <button
        type="button"
        className="quiet small end"
        aria-label={`Colour ${label} by object`}
        title="Give each object its own colour"
        onClick={() => colorBy(session, label, undefined)}
      >
        ×
      </button>
      {summary.kind === "range" ? (
        <RangeLegend
          summary={summary}
          ends={color.ends}
          onEnds={(ends) => changeLabel(session, label, { color: { ...color, ends } })}
        />
      ) : (
        <CategoryLegend summary={summary} places={places}>
          {(category) => (
            <span className="line entry">
              <i style={{ borderColor: category.cssColor, background: category.cssColor }} />
              <CategoryText {...category} />
            </span>
          )}
        </CategoryLegend>
      )}
    </details>
  );
}
