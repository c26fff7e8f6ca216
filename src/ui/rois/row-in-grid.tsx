/** A row of the grid: an ROI's cells, one of them perhaps edited. */
import { type MouseEvent, memo } from "react";
import type { Reader } from "../../roi/readers.ts";
import { type RoiId, roiAt } from "../../roi/rois.ts";
import { openMenu } from "../commands/open-menu.ts";
import { keepFocus } from "../keep-focus.ts";
import { usePage } from "../page.ts";
import { useRois, useSession } from "../session-context.ts";
import { CellInput } from "./cell-input.tsx";
import { cellProblem } from "./grid-columns.ts";
import { RowMarks } from "./row-marks.tsx";

interface CellsProps {
  readonly readers: ReadonlyMap<string, Reader>;
  readonly id: RoiId;
  /** The column of the cell that has the keyboard, where it is in this row. */
  readonly active: number | undefined;
}

export function GridRow({
  readers,
  id,
  active,
  index,
  top,
  template,
  editing,
  onSelect,
  onFit,
  onDone,
}: CellsProps & {
  /** From 0. */
  readonly index: number;
  /** In CSS pixels. */
  readonly top: number;
  readonly template: string;
  /** The column that is edited, where it is in this row. */
  readonly editing: string | undefined;
  readonly onSelect: (event: MouseEvent, id: RoiId) => void;
  readonly onFit: (id: RoiId) => void;
  readonly onDone: (text: string | undefined, next: boolean) => void;
}) {
  const session = useSession();
  const page = usePage();
  const isSelected = useRois(({ document }) => document.selection.has(id));
  const isHovered = useRois(({ hovered }) => hovered === id);
  const isHidden = useRois(({ hidden }) => hidden.has(id));
  const problem = useRois(({ problems }) => problems.get(id));
  return (
    <div
      id={`roi-${id}`}
      className="row"
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-hovered={isHovered}
      data-invalid={problem !== undefined}
      data-hidden={isHidden}
      title={problem?.sentence}
      style={{ gridTemplateColumns: template, position: "absolute", insetInline: 0, top }}
      onMouseDown={(event) => event.shiftKey && keepFocus(event)}
      onClick={(event) => onSelect(event, id)}
      onDoubleClick={() => onFit(id)}
      onContextMenu={(event) => {
        event.preventDefault();
        openMenu(session, page, id, { x: event.clientX, y: event.clientY });
      }}
      onMouseEnter={() => session.rois.setState({ hovered: id })}
      onMouseLeave={() => session.rois.setState({ hovered: undefined })}
    >
      {editing === undefined ? (
        <Cells readers={readers} id={id} active={active} />
      ) : (
        <EditedCells readers={readers} id={id} editing={editing} onDone={onDone} />
      )}
    </div>
  );
}

/** Hovering draws the row anew, and none of its cells. */
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

function EditedCells({
  readers,
  id,
  editing,
  onDone,
}: Pick<CellsProps, "readers" | "id"> & {
  readonly editing: string;
  readonly onDone: (text: string | undefined, next: boolean) => void;
}) {
  const session = useSession();
  const roi = useRois(({ document }) => roiAt(document.rois, id)?.name ?? "");
  return [...readers].map(([name, reader]) => (
    <span key={name} role="gridcell" className={reader.kind}>
      {name === editing ? (
        <CellInput
          label={`${name} of ${roi}`}
          value={raw(reader, id)}
          problemOf={(text) => cellProblem(session, name, text)}
          onDone={onDone}
        />
      ) : (
        shownIn(reader, id)
      )}
    </span>
  ));
}

function raw(reader: Reader, id: RoiId): string {
  const value = reader.at(id);
  return value === undefined || Number.isNaN(value) ? "" : String(value);
}

function shownIn(reader: Reader, id: RoiId): string {
  const value = reader.at(id);
  if (value === undefined || Number.isNaN(value)) return "";
  return typeof value === "number" ? String(Number(value.toFixed(decimalsOf(value)))) : value;
}

/** As many as leave a place far from the origin whole in its narrow column. */
function decimalsOf(value: number): number {
  const size = Math.abs(value);
  return size < 1000 ? 2 : size < 10_000 ? 1 : 0;
}
