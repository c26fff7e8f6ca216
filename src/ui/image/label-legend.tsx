/** What the colours of labels' objects mean, over the image: one legend for each label that is coloured. */
import type { ColumnSummary } from "../../roi/column-summary.ts";
import { categoryColor, cssColor, NO_VALUE_COLOR } from "../../scene/palette.ts";
import type { LabelColoring } from "../../state/label-colors.ts";
import type { FeatureColor } from "../../state/label-look.ts";
import { changeLabel } from "../../state/labels.ts";
import { useLabelColors, useSession, useView } from "../session-context.ts";
import { RangeLegend } from "./range-legend.tsx";

/** More categories than this are listed by their number alone. */
const MOST_LISTED = 12;

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
      <summary>
        {column} <span className="faint">of {label}</span>
      </summary>
      <button
        type="button"
        className="quiet small end"
        aria-label={`Colour ${label} by object`}
        title="Give each object its own colour"
        onClick={() => changeLabel(session, label, { color: undefined })}
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
        <Categories summary={summary} places={places} />
      )}
    </details>
  );
}

function Categories({
  summary: { values, missing },
  places,
}: {
  readonly summary: Extract<ColumnSummary, { kind: "categories" }>;
  readonly places: ReadonlyMap<string, number>;
}) {
  const listed = values
    .filter(({ value }) => places.has(value))
    .sort((a, b) => (places.get(a.value) ?? 0) - (places.get(b.value) ?? 0))
    .slice(0, MOST_LISTED);
  const all = missing > 0 ? [...listed, { value: "", count: missing }] : listed;
  return (
    <ul>
      {all.map(({ value, count }) => {
        const place = places.get(value);
        const color = place === undefined ? NO_VALUE_COLOR : categoryColor(value, place);
        return (
          <li key={value} className="line entry">
            <i style={{ borderColor: cssColor(color), background: cssColor(color) }} />
            <span className={value === "" ? "faint" : ""}>{value || "no value"}</span>
            <span className="faint mono">{count}</span>
          </li>
        );
      })}
      {values.length > listed.length && (
        <li className="faint">and {values.length - listed.length} more values</li>
      )}
    </ul>
  );
}
