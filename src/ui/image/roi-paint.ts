/** The colour of each ROI by the column that is chosen: where what is open meets the palettes. */
import { remembered } from "../../base/remembered.ts";
import type { ColumnSummary } from "../../roi/column-summary.ts";
import type { Reader } from "../../roi/readers.ts";
import type { RoiId, Rois } from "../../roi/rois.ts";
import { categoryColor, NO_VALUE_COLOR, type Rgb, rampColor } from "../../scene/palette.ts";
import type { RowColors } from "../../scene/roi-rows.ts";
import type { Features } from "../../state/features.ts";
import type { RoiColors } from "../../state/roi-colors.ts";
import { columnsOf } from "../../state/roi-list.ts";
import type { Session } from "../../state/session.ts";
import type { Table } from "../../table/table.ts";

/** What a value is painted with, the same object until a colour changes. */
interface Scale {
  readonly text: (value: string | undefined) => Rgb;
  readonly number: (value: number) => Rgb;
}

/** The colours of the ROIs now; each call gives the same object until something has changed. */
export function roiPaint(session: Session): () => RowColors | undefined {
  const scaleNow = remembered(scaleOf);
  const readerNow = remembered(
    (_table: Table | undefined, _rois: Rois, _features: Features["chosen"], column: string) =>
      columnsOf(session).get(column),
  );
  const colorsNow = remembered(colorsOf);
  return () => {
    const colors = session.colors.getState();
    const { column, summary } = colors;
    if (column === undefined || !summary) return undefined;
    const { table, document } = session.rois.getState();
    const { chosen } = session.features.getState();
    const reader = readerNow(table, document.rois, chosen, column);
    const [least, most] = endsOf(colors);
    return reader && colorsNow(reader, scaleNow(column, colors.places, least, most));
  };
}

/** What numbers are drawn as least and as most: as set by hand, else what the column reaches. */
export function endsOf({ ends, summary }: Pick<RoiColors, "ends" | "summary">) {
  return ends ?? reachOf(summary);
}

/** What a column of numbers reaches; of texts, nothing. */
export function reachOf(summary: ColumnSummary | undefined): readonly [number, number] {
  const reaches = summary?.kind === "range" && !Number.isNaN(summary.min);
  return reaches ? [summary.min, summary.max] : [0, 0];
}

function scaleOf(
  _column: string,
  places: ReadonlyMap<string, number>,
  least: number,
  most: number,
): Scale {
  return {
    text: (value) => {
      const place = value === undefined ? undefined : places.get(value);
      return value === undefined || place === undefined
        ? NO_VALUE_COLOR
        : categoryColor(value, place);
    },
    number: (value) =>
      Number.isFinite(value)
        ? rampColor(most > least ? (value - least) / (most - least) : 0.5)
        : NO_VALUE_COLOR,
  };
}

function colorsOf(reader: Reader, scale: Scale): RowColors {
  const at =
    reader.kind === "number"
      ? (id: RoiId): Rgb => scale.number(reader.at(id))
      : (id: RoiId): Rgb => scale.text(reader.at(id));
  return { of: scale, at };
}
