/** What the colours of a label's objects mean, over the image. */
import type { ColumnSummary } from "../../roi/column-summary.ts";
import { categoryColor, cssColor, NO_VALUE_COLOR } from "../../scene/palette.ts";
import { colorLabel } from "../../state/label-colors.ts";
import { changeLabel } from "../../state/labels.ts";
import { useLabelColors, useSession, useView } from "../session-context.ts";
import { RangeLegend } from "./range-legend.tsx";

/** More categories than this are listed by their number alone. */
const MOST_LISTED = 12;

export function LabelLegend() {
  const session = useSession();
  const coloring = useLabelColors((state) => state.coloring);
  const color = useView(
    ({ labelViews }) => labelViews.find(({ name }) => name === coloring?.label)?.color,
  );
  const isShown = useView((view) => view.overlays);
  if (!coloring || !color || !isShown) return null;
  const { label, column, summary, places } = coloring;
  return (
    <details className="legend of-label" aria-label={`Colours of ${label}`} open>
      <summary>
        {column} <span className="faint">of {label}</span>
      </summary>
      <button
        type="button"
        className="quiet small end"
        aria-label={`Colour ${label} by object`}
        title="Give each object its own colour"
        onClick={() => void colorLabel(session, label, undefined)}
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
