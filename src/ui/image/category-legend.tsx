/** The categories that have a colour, in the palette's order, how many there are of each, and how many have none. */
import type { ReactNode } from "react";
import { counted, grouped } from "../../base/counted.ts";
import type { ColumnSummary } from "../../roi/column-summary.ts";
import { categoryColor, cssColor, NO_VALUE_COLOR } from "../../scene/palette.ts";

/** More categories than this are told by their number alone. */
const MOST_LISTED = 12;

export interface Category {
  /** Empty: without a value. */
  readonly value: string;
  readonly count: number;
  readonly cssColor: string;
}

export function CategoryLegend({
  summary: { values, missing },
  places,
  children,
}: {
  readonly summary: Extract<ColumnSummary, { kind: "categories" }>;
  /** By value, its place in the palette. */
  readonly places: ReadonlyMap<string, number>;
  readonly children: (category: Category) => ReactNode;
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
          <li key={value} className="line">
            {children({ value, count, cssColor: cssColor(color) })}
          </li>
        );
      })}
      {values.length > listed.length && (
        <li className="faint">and {counted(values.length - listed.length, "more value")}</li>
      )}
    </ul>
  );
}

/** What is said of a category. */
export function CategoryText({ value, count }: Category) {
  return (
    <>
      <span className={value === "" ? "faint" : ""}>{value || "no value"}</span>
      <span className="faint mono">{grouped(count)}</span>
    </>
  );
}
