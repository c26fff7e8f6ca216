/** The ROIs as a virtualised grid, linked with the canvas both ways; only the rows on screen exist. */
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type MouseEvent,
  memo,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { toggled } from "../../editor/selection.ts";
import { BOX_COLUMNS, type Reader } from "../../roi/readers.ts";
import { type RoiId, roiAt } from "../../roi/rois.ts";
import { select } from "../../state/rois.ts";
import { openMenu } from "../commands/open-menu.ts";
import { keepFocus } from "../keep-focus.ts";
import { usePage } from "../page.ts";
import { useRoiList, useRois, useSession } from "../session-context.ts";
import { CellInput } from "./cell-input.tsx";
import { ColumnHead } from "./column-head.tsx";
import { cellProblem, editCell, isEditable, useGridColumns } from "./grid-columns.ts";
import { gridMove } from "./grid-move.ts";
import { RowMarks } from "./row-marks.tsx";
import { useListedIds } from "./use-listed-ids.ts";

const ROW_HEIGHT = 28;
const NAME_WIDTH = 104;
const NUMBER_WIDTH = 52;
const EXTRA_WIDTH = 96;

/** The full names of the six box columns, by their short ones. */
const BOX_TITLES = new Map(BOX_COLUMNS.map((name) => [name, `${name}_micrometer`]));

export function RoiGrid({ onFit }: { readonly onFit: (id: RoiId) => void }) {
  const session = useSession();
  const page = usePage();
  const document = useRois((state) => state.document);
  const problems = useRois((state) => state.problems);
  const hovered = useRois((state) => state.hovered);
  const hidden = useRois((state) => state.hidden);
  const { rois, selection } = document;
  const sort = useRoiList((state) => state.sort);
  const ids = useListedIds();
  const [editing, setEditing] = useState<{ readonly id: RoiId; readonly column: string }>();
  const readers = useGridColumns();
  const columns = [...readers.keys()];
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    // The head takes a row's height of what is in sight, and a horizontal scrollbar part of another.
    scrollPaddingEnd: 2 * ROW_HEIGHT,
  });

  const last = useMemo(() => [...selection].at(-1), [selection]);
  const lastIndex = last === undefined ? -1 : ids.indexOf(last);
  useEffect(() => {
    // "auto" moves no further than needed: a list that jumps loses the reader's place.
    if (lastIndex >= 0) virtual.scrollToIndex(lastIndex, { align: "auto" });
  }, [lastIndex, virtual]);
  const height = virtual.scrollRect?.height ?? 0;
  const heightBefore = useRef(height);
  useEffect(() => {
    const before = heightBefore.current;
    heightBefore.current = height;
    const top = lastIndex * ROW_HEIGHT - (virtual.scrollOffset ?? 0);
    // The fields below grow with what they tell of an ROI; one that was in sight stays there.
    if (height < before && top >= 0 && top + 2 * ROW_HEIGHT <= before)
      virtual.scrollToIndex(lastIndex, { align: "auto" });
  }, [height, lastIndex, virtual]);

  const click = (event: MouseEvent, id: RoiId): void => {
    if (event.ctrlKey || event.metaKey) select(session, toggled(selection, id));
    else if (event.shiftKey && lastIndex >= 0) {
      const [from, to] = [lastIndex, ids.indexOf(id)].sort((a, b) => a - b);
      select(session, new Set(ids.slice(from, (to ?? 0) + 1)));
    } else select(session, new Set([id]));
  };
  /** The column of the cell that has the keyboard; its row is that of the last selected ROI. */
  const [active, setActive] = useState(0);
  const column = Math.min(active, columns.length - 1);
  /** Edits the cell, or the first after it that can be; Enter where none can goes to the ROI. */
  const act = (event: KeyboardEvent, id: RoiId): void => {
    if (event.key !== "Enter" && event.key !== "F2") return;
    const here = columns[column];
    const mine = here !== undefined && isEditable(session, here) ? here : undefined;
    const edited = event.key === "Enter" ? mine : (mine ?? columns.find(canEdit));
    event.preventDefault();
    if (edited !== undefined) setEditing({ id, column: edited });
    else if (event.key === "Enter") onFit(id);
  };
  const canEdit = (name: string): boolean => isEditable(session, name);
  const key = (event: KeyboardEvent): void => {
    // A menu in a column's head has its own keys.
    if (event.target !== event.currentTarget) return;
    if (last !== undefined) act(event, last);
    const size = { rows: ids.length, columns: columns.length };
    const next = gridMove(event, { row: lastIndex, column }, size);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    setActive(next.column);
    const id = ids[next.row];
    if (id !== undefined && id !== last)
      select(session, event.shiftKey ? new Set([...selection, id]) : new Set([id]));
  };
  const widths = columns.map((name) =>
    name === "name"
      ? `minmax(${NAME_WIDTH}px, 1fr)`
      : `${BOX_TITLES.has(name) ? NUMBER_WIDTH : EXTRA_WIDTH}px`,
  );
  const template = widths.join(" ");
  const width = columns.reduce(
    (sum, name) =>
      sum + (name === "name" ? NAME_WIDTH : BOX_TITLES.has(name) ? NUMBER_WIDTH : EXTRA_WIDTH),
    0,
  );

  function finish(text: string | undefined, next: boolean): void {
    if (!editing) return;
    const { id, column } = editing;
    if (text !== undefined) editCell(session, id, column, text);
    const after = columns
      .slice(columns.indexOf(column) + 1)
      .find((name) => isEditable(session, name));
    setEditing(next && after !== undefined ? { id, column: after } : undefined);
    if (!next || after === undefined) scroller.current?.focus();
  }

  return (
    <div
      className="rois"
      role="grid"
      aria-label="ROIs"
      aria-rowcount={ids.length + 1}
      aria-colcount={columns.length}
      aria-multiselectable="true"
      aria-activedescendant={last === undefined ? undefined : `roi-${last}-${column}`}
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
        {columns.map((name) => (
          <span
            key={name}
            role="columnheader"
            className={readers.get(name)?.kind}
            aria-label={BOX_TITLES.get(name) ?? name}
            aria-sort={
              sort?.column !== name ? "none" : sort.descending ? "descending" : "ascending"
            }
          >
            <ColumnHead name={name} title={BOX_TITLES.get(name) ?? name} />
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
              data-hidden={hidden.has(id)}
              title={problems.get(id)?.sentence}
              style={{
                gridTemplateColumns: template,
                position: "absolute",
                insetInline: 0,
                top: start,
              }}
              onMouseDown={(event) => event.shiftKey && keepFocus(event)}
              onClick={(event) => click(event, id)}
              onDoubleClick={() => onFit(id)}
              onContextMenu={(event) => {
                event.preventDefault();
                openMenu(session, page, id, { x: event.clientX, y: event.clientY });
              }}
              onMouseEnter={() => session.rois.setState({ hovered: id })}
              onMouseLeave={() => session.rois.setState({ hovered: undefined })}
            >
              {editing?.id === id ? (
                columns.map((name) => (
                  <span key={name} role="gridcell" className={readers.get(name)?.kind}>
                    {name === editing.column ? (
                      <CellInput
                        label={`${name} of ${roiAt(rois, id)?.name ?? ""}`}
                        value={raw(readers.get(name), id)}
                        problemOf={(text) => cellProblem(session, name, text)}
                        onDone={finish}
                      />
                    ) : (
                      shownIn(readers.get(name), id)
                    )}
                  </span>
                ))
              ) : (
                <Cells readers={readers} id={id} active={id === last ? column : undefined} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Hovering draws the rows anew, and none of the cells. */
const Cells = memo(function Cells({ readers, id, active }: CellsProps) {
  return [...readers].map(([name, reader], i) => (
    <span
      key={name}
      id={`roi-${id}-${i}`}
      role="gridcell"
      aria-colindex={i + 1}
      data-active={i === active}
      className={name === "name" ? "name" : reader.kind}
    >
      {name === "name" ? (
        <>
          <span>{shownIn(reader, id)}</span>
          <RowMarks id={id} name={shownIn(reader, id)} />
        </>
      ) : (
        shownIn(reader, id)
      )}
    </span>
  ));
});

interface CellsProps {
  readonly readers: ReadonlyMap<string, Reader>;
  readonly id: RoiId;
  /** The column of the cell that has the keyboard, where it is in this row. */
  readonly active: number | undefined;
}

function raw(reader: Reader | undefined, id: RoiId): string {
  const value = reader?.at(id);
  return value === undefined || Number.isNaN(value) ? "" : String(value);
}

function shownIn(reader: Reader | undefined, id: RoiId): string {
  const value = reader?.at(id);
  if (value === undefined || Number.isNaN(value)) return "";
  return typeof value === "number" ? String(Number(value.toFixed(2))) : value;
}
