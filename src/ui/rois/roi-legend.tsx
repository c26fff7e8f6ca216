/** What the colours of ROIs mean, over the image: a category selects its ROIs, and the ends of a scale can be set. */
import { type MouseEvent, useEffect } from "react";
import type { ColumnSummary } from "../../roi/column-summary.ts";
import { withPick } from "../../roi/picking.ts";
import { idsOf, type RoiId } from "../../roi/rois.ts";
import { colorBy, countColors, setEnds } from "../../state/roi-colors.ts";
import { arrange, columnsOf } from "../../state/roi-list.ts";
import { select } from "../../state/rois.ts";
import type { Session } from "../../state/session.ts";
import { keyText } from "../commands/keys.tsx";
import { CategoryLegend, CategoryText } from "../image/category-legend.tsx";
import { RangeLegend } from "../image/range-legend.tsx";
import { useFeatures, useRoiColors, useRois, useSession, useView } from "../session-context.ts";

/** How long edits rest, in milliseconds, before values are counted anew. */
const PAUSE_MS = 150;

export function RoiLegend() {
  const session = useSession();
  const { column, summary } = useRoiColors((state) => state);
  const table = useRois((state) => state.table);
  const rois = useRois((state) => state.document.rois);
  const features = useFeatures((state) => state.chosen);
  const isShown = useView((view) => view.overlays);
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted anew after any change of these
  useEffect(() => {
    const timer = setTimeout(() => void countColors(session), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [session, table, rois, features]);
  if (column === undefined || !summary || !isShown) return null;
  return (
    <details className="legend" aria-label="Colours of the ROIs" open>
      <summary>{column}</summary>
      <button
        type="button"
        className="quiet small end"
        aria-label="Colour by nothing"
        title="Colour by nothing"
        onClick={() => void colorBy(session, undefined)}
      >
        ×
      </button>
      {summary.kind === "range" ? (
        <Scale summary={summary} />
      ) : (
        <Categories column={column} summary={summary} />
      )}
    </details>
  );
}

function Categories({
  column,
  summary,
}: {
  readonly column: string;
  readonly summary: Extract<ColumnSummary, { kind: "categories" }>;
}) {
  const session = useSession();
  const places = useRoiColors((state) => state.places);
  return (
    <CategoryLegend summary={summary} places={places}>
      {(category) => (
        <>
          <button
            type="button"
            className="entry"
            title={`Select these ROIs; with ${keyText("Ctrl")}, add them to the selection`}
            onClick={(event) => selectAll(session, column, category.value, event)}
          >
            <i style={{ borderColor: category.cssColor }} />
            <CategoryText {...category} />
          </button>
          <button
            type="button"
            className="quiet small only"
            title="List only these in the table"
            aria-label={`List only ${category.value || "those without a value"}`}
            onClick={() => {
              const { query } = session.list.getState();
              const pick = { kind: "values", values: [category.value] } as const;
              void arrange(session, {
                query: withPick(query, { column, columns: columnsOf(session) }, pick),
              });
            }}
          >
            only
          </button>
        </>
      )}
    </CategoryLegend>
  );
}

function selectAll(session: Session, column: string, value: string, event: MouseEvent): void {
  const { rois, selection } = session.rois.getState().document;
  const reader = columnsOf(session).get(column);
  const chosen = new Set<RoiId>(event.ctrlKey || event.metaKey ? selection : []);
  for (const id of idsOf(rois)) if ((reader?.at(id) ?? "") === value) chosen.add(id);
  select(session, chosen);
}

function Scale({ summary }: { readonly summary: Extract<ColumnSummary, { kind: "range" }> }) {
  const session = useSession();
  const ends = useRoiColors((state) => state.ends);
  return <RangeLegend summary={summary} ends={ends} onEnds={(next) => setEnds(session, next)} />;
}
