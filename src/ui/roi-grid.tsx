/** The ROIs as a virtualised grid, linked with the canvas both ways; only the rows on screen exist. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, memo, useEffect, useMemo, useRef } from "react";
import { toggled } from "../editor/selection.ts";
import { idsOf, type Roi, type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import type { Features } from "../state/features.ts";
import { select } from "../state/rois.ts";
import type { Column, Table } from "../table/table.ts";
import { useFeatures, useRois, useSession } from "./session-context.ts";

const ROW_HEIGHT = 28;
const NAME_WIDTH = 104;
const NUMBER_WIDTH = 52;
const EXTRA_WIDTH = 96;

/** The six columns every ROI table has, and what they show of a box. */
const boxColumns: readonly (readonly [name: string, short: string, value: (roi: Roi) => number])[] =
  [
    ["x_micrometer", "x", ({ box }) => box.min[2]],
    ["y_micrometer", "y", ({ box }) => box.min[1]],
    ["z_micrometer", "z", ({ box }) => box.min[0]],
    ["len_x_micrometer", "len x", ({ box }) => box.max[2] - box.min[2]],
    ["len_y_micrometer", "len y", ({ box }) => box.max[1] - box.min[1]],
    ["len_z_micrometer", "len z", ({ box }) => box.max[0] - box.min[0]],
  ];

export function RoiGrid({ onFit }: { readonly onFit: (id: RoiId) => void }) {
  const session = useSession();
  const document = useRois((state) => state.document);
  const table = useRois((state) => state.table);
  const problems = useRois((state) => state.problems);
  const hovered = useRois((state) => state.hovered);
  const { rois, selection } = document;
  const ids = useMemo(() => idsOf(rois), [rois]);
  const features = useFeatures((state) => state.chosen);
  const extras = useMemo(
    () => [...extraColumns(table), ...featureColumns(features)],
    [table, features],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });

  const last = [...selection].at(-1);
  const lastIndex = last === undefined ? -1 : ids.indexOf(last);
  useEffect(() => {
    // "auto" moves no further than needed: a list that jumps loses the reader's place.
    if (lastIndex >= 0) virtual.scrollToIndex(lastIndex, { align: "auto" });
  }, [lastIndex, virtual]);

  const click = (event: MouseEvent, id: RoiId): void => {
    if (event.ctrlKey || event.metaKey) select(session, toggled(selection, id));
    else if (event.shiftKey && lastIndex >= 0) {
      const [from, to] = [lastIndex, ids.indexOf(id)].sort((a, b) => a - b);
      select(session, new Set(ids.slice(from, (to ?? 0) + 1)));
    } else select(session, new Set([id]));
  };
  const key = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12 }[event.key];
    const edge = { Home: 0, End: ids.length - 1 }[event.key];
    if (event.key === "Enter" && last !== undefined) onFit(last);
    if (step === undefined && edge === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const index = edge ?? Math.min(ids.length - 1, Math.max(0, lastIndex + (step ?? 0)));
    const id = ids[index];
    if (id !== undefined)
      select(session, event.shiftKey ? new Set([...selection, id]) : new Set([id]));
  };
  const width = NAME_WIDTH + 6 * NUMBER_WIDTH + extras.length * EXTRA_WIDTH;
  const template = `minmax(${NAME_WIDTH}px, 1fr) repeat(6, ${NUMBER_WIDTH}px) ${" ".concat(`${EXTRA_WIDTH}px `.repeat(extras.length))}`;

  return (
    <div
      className="rois"
      role="grid"
      aria-label="ROIs"
      aria-rowcount={ids.length + 1}
      aria-colcount={7 + extras.length}
      aria-multiselectable="true"
      aria-activedescendant={last === undefined ? undefined : `roi-${last}`}
      tabIndex={0}
      ref={scroller}
      onKeyDown={key}
    >
      <div
        className="head"
        role="row"
        aria-rowindex={1}
        style={{ gridTemplateColumns: template, minWidth: width }}
      >
        <span role="columnheader">name</span>
        {boxColumns.map(([name, short]) => (
          <span key={name} role="columnheader" className="number" aria-label={name} title={name}>
            {short}
          </span>
        ))}
        {extras.map(({ name }) => (
          <span key={name} role="columnheader" title={name}>
            {name}
          </span>
        ))}
      </div>
      <div
        role="rowgroup"
        style={{ position: "relative", height: virtual.getTotalSize(), minWidth: width }}
      >
        {virtual.getVirtualItems().map(({ index, start }) => {
          const id = ids[index];
          if (id === undefined) return null;
          return (
            <div
              key={id}
              id={`roi-${id}`}
              className="row"
              role="row"
              aria-rowindex={index + 2}
              aria-selected={selection.has(id)}
              data-hovered={hovered === id}
              data-invalid={problems.has(id)}
              title={problems.get(id)?.sentence}
              style={{
                gridTemplateColumns: template,
                position: "absolute",
                insetInline: 0,
                top: start,
              }}
              onMouseDown={(event) => event.shiftKey && event.preventDefault()}
              onClick={(event) => click(event, id)}
              onDoubleClick={() => onFit(id)}
              onMouseEnter={() => session.rois.setState({ hovered: id })}
              onMouseLeave={() => session.rois.setState({ hovered: undefined })}
            >
              <Cells rois={rois} id={id} extras={extras} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Hovering draws the rows anew, and none of the cells. */
const Cells = memo(function Cells({
  rois,
  id,
  extras,
}: {
  readonly rois: Rois;
  readonly id: RoiId;
  readonly extras: readonly ExtraColumn[];
}) {
  const roi = roiAt(rois, id);
  if (roi === undefined) return null;
  return (
    <>
      <span role="gridcell">{roi.name}</span>
      {boxColumns.map(([name, , value]) => (
        <span key={name} role="gridcell" className="number">
          {shown(value(roi))}
        </span>
      ))}
      {extras.map(({ name, cell: text }) => (
        <span key={name} role="gridcell">
          {text(id, roi)}
        </span>
      ))}
    </>
  );
});

/** A column beyond the six: what it is called, and what it says of an ROI. */
interface ExtraColumn {
  readonly name: string;
  readonly cell: (id: RoiId, roi: Roi) => string;
}

/** The table's own columns; a new ROI has nothing in them but its label. */
function extraColumns(table: Table | undefined): ExtraColumn[] {
  const known = new Set(boxColumns.map(([name]) => name));
  const rows = table?.index.values.length ?? 0;
  return [...(table?.columns ?? [])]
    .filter(([name]) => !known.has(name))
    .map(([name, column]) => ({
      name,
      cell: (id, { label }) =>
        name === "label" ? String(label ?? "") : id < rows ? cell(column, id) : "",
    }));
}

/** The features joined to ROIs by their label. */
function featureColumns(features: Features["chosen"]): ExtraColumn[] {
  if (!features) return [];
  return [...features.table.columns].map(([name, column]) => ({
    name,
    cell: (_id, { label }) => {
      const row = label === undefined ? undefined : features.rows.get(label);
      return row === undefined ? "" : cell(column, row);
    },
  }));
}

function cell(column: Column, row: number): string {
  const value = column.values[row];
  if (value === undefined || Number.isNaN(value)) return "";
  return typeof value === "number" ? shown(value) : String(value);
}

function shown(value: number): string {
  return String(Number(value.toFixed(2)));
}
