/** The ROIs as a virtualised grid, linked with the canvas both ways; only the rows on screen exist. */
import { type KeyboardEvent, type MouseEvent, useMemo, useRef, useState } from "react";
import { toggled } from "../../editor/selection.ts";
import type { RoiId } from "../../roi/rois.ts";
import { select } from "../../state/rois.ts";
import { useRoiList, useRois, useSession } from "../session-context.ts";
import { ColumnHead } from "./column-head.tsx";
import { editCell, isEditable, useGridColumns } from "./grid-columns.ts";
import { layoutOf, titleOf } from "./grid-layout.ts";
import { gridMove } from "./grid-move.ts";
import { GridRow } from "./row-in-grid.tsx";
import { useGridScroll } from "./use-grid-scroll.ts";
import { useListedIds } from "./use-listed-ids.ts";

export function RoiGrid({ onFit }: { readonly onFit: (id: RoiId) => void }) {
  const session = useSession();
  const selection = useRois((state) => state.document.selection);
  const sort = useRoiList((state) => state.sort);
  const ids = useListedIds();
  const [editing, setEditing] = useState<{ readonly id: RoiId; readonly column: string }>();
  const readers = useGridColumns();
  const columns = [...readers.keys()];
  const { template, width } = layoutOf(columns);
  const last = useMemo(() => [...selection].at(-1), [selection]);
  const lastIndex = last === undefined ? -1 : ids.indexOf(last);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useGridScroll(scroller, ids.length, lastIndex);
  /** The column of the cell that has the keyboard; its row is that of the last selected ROI. */
  const [active, setActive] = useState(0);
  const column = Math.min(active, columns.length - 1);
  const canEdit = (name: string): boolean => isEditable(session, name);

  const click = (event: MouseEvent, id: RoiId): void => {
    if (event.ctrlKey || event.metaKey) select(session, toggled(selection, id));
    else if (event.shiftKey && lastIndex >= 0) {
      const [from, to] = [lastIndex, ids.indexOf(id)].sort((a, b) => a - b);
      select(session, new Set(ids.slice(from, (to ?? 0) + 1)));
    } else select(session, new Set([id]));
  };
  /** Edits the cell, or the first after it that can be; Enter where none can goes to the ROI. */
  const act = (event: KeyboardEvent, id: RoiId): void => {
    if (event.key !== "Enter" && event.key !== "F2") return;
    const here = columns[column];
    const mine = here !== undefined && canEdit(here) ? here : undefined;
    const edited = event.key === "Enter" ? mine : (mine ?? columns.find(canEdit));
    event.preventDefault();
    if (edited !== undefined) setEditing({ id, column: edited });
    else if (event.key === "Enter") onFit(id);
  };
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
  const finish = (text: string | undefined, next: boolean): void => {
    if (!editing) return;
    const { id, column } = editing;
    if (text !== undefined) editCell(session, id, column, text);
    const after = columns.slice(columns.indexOf(column) + 1).find(canEdit);
    setEditing(next && after !== undefined ? { id, column: after } : undefined);
    if (!next || after === undefined) scroller.current?.focus();
  };

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
            aria-label={titleOf(name)}
            aria-sort={
              sort?.column !== name ? "none" : sort.descending ? "descending" : "ascending"
            }
          >
            <ColumnHead name={name} title={titleOf(name)} />
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
            <GridRow
              key={id}
              readers={readers}
              id={id}
              active={id === last ? column : undefined}
              index={index}
              top={start}
              template={template}
              editing={editing?.id === id ? editing.column : undefined}
              onSelect={click}
              onFit={onFit}
              onDone={finish}
            />
          );
        })}
      </div>
    </div>
  );
}
