/** How wells are shown by what a table says of them: coloured by a number, dimmed where a condition leaves them out. */
import { cssColor, rampColor } from "../../scene/palette.ts";
import { type WellTable, wellMeans, wellsMeant } from "../../state/well-table.ts";
import { fourDigits } from "../number-text.ts";

export type PaintedWell =
  /** Left out by the condition. */
  | { readonly kind: "out" }
  /** The table says nothing of it. */
  | { readonly kind: "unknown" }
  | { readonly kind: "value"; readonly color: string; readonly text: string };

export interface WellPaint {
  /** By the well's index; undefined where a well is as it looks. */
  readonly wells: readonly (PaintedWell | undefined)[];
  /** The least and greatest value; undefined where nothing is coloured or no value is known. */
  readonly ends: readonly [least: number, most: number] | undefined;
  readonly count: number;
}

/** Or a sentence that says what is wrong with them. @param column the one that wells are coloured by; "" for none */
export function wellPaint(
  table: WellTable,
  { column, condition }: { readonly column: string; readonly condition: string },
): WellPaint | string {
  const meant = wellsMeant(table, condition);
  if (typeof meant === "string") return meant;
  if (column !== "" && !table.numbers.includes(column))
    return `The table has no column of numbers called “${column}”`;
  const means = column === "" ? undefined : wellMeans(table, column);
  const known = [...(means ?? [])].filter((value, i) => meant[i] && !Number.isNaN(value));
  const ends: WellPaint["ends"] =
    known.length > 0 ? [Math.min(...known), Math.max(...known)] : undefined;
  const wells = meant.map((isMeant, i): PaintedWell | undefined => {
    if (table.rows[i]?.length === 0) return { kind: "unknown" };
    if (!isMeant) return { kind: "out" };
    if (!means) return undefined;
    const value = means[i] ?? Number.NaN;
    if (Number.isNaN(value) || !ends) return { kind: "unknown" };
    const [least, most] = ends;
    const place = most > least ? (value - least) / (most - least) : 0.5;
    return {
      kind: "value",
      color: cssColor(rampColor(place)),
      text: `${column} ${fourDigits(value)}`,
    };
  });
  return { wells, ends, count: meant.filter(Boolean).length };
}

export function paintText(paint: PaintedWell): string {
  switch (paint.kind) {
    case "out":
      return "left out by the condition";
    case "unknown":
      return "no value in the table";
    case "value":
      return paint.text;
  }
}
