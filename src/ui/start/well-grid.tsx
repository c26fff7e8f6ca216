/** The wells of a plate where they lie, each a button; the arrow keys go from one to the next. */
import {
  type CSSProperties,
  type KeyboardEvent,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import type { Plate, WellRef } from "../../ome/multiscale.ts";

/** How a well is shown and what pressing it does. */
export interface WellButton {
  readonly onPress: () => void;
  /** Whether it is chosen, where wells are chosen. */
  readonly isPressed?: boolean;
  /** Of a run: "done", "failed" …; or what is the matter with the well: "empty", "absent" … */
  readonly state?: string | undefined;
  /** The state in words, where its name does not say enough. */
  readonly says?: string | undefined;
  /** What a table makes of it: coloured, left out, unknown. */
  readonly paint?: { readonly kind: string; readonly color?: string } | undefined;
}

export function WellGrid({
  plate,
  size,
  takesFocus = false,
  first = plate.wells[0]?.path,
  onFocus,
  onRow,
  onColumn,
  buttonOf,
}: {
  readonly plate: Plate;
  /** "over": laid over a picture of the plate, as that counts rows and columns; its headers are heard and not seen. */
  readonly size: "large" | "small" | "over";
  /** Whether a well takes the focus where nothing else has it. */
  readonly takesFocus?: boolean;
  /** The path of that well; the plate's first unless said otherwise. */
  readonly first?: string | undefined;
  readonly onFocus?: (well: WellRef) => void;
  /** What pressing the header of a row or column does; without it headers are text. */
  readonly onRow?: (rowIndex: number) => void;
  readonly onColumn?: (columnIndex: number) => void;
  readonly buttonOf: (well: WellRef) => WellButton;
}) {
  const body = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(first);
  const focus = useCallback((path: string | undefined): void => {
    if (path !== undefined)
      body.current?.querySelector<HTMLElement>(`[data-well="${CSS.escape(path)}"]`)?.focus();
  }, []);
  const begin = useRef(first);
  useEffect(() => {
    if (takesFocus && document.activeElement === document.body) focus(begin.current);
  }, [takesFocus, focus]);
  const wells = new Map(plate.wells.map((well) => [`${well.rowIndex}/${well.columnIndex}`, well]));
  const move = (event: KeyboardEvent, well: WellRef): void => {
    const edge = { Home: 0, End: -1 }[event.key];
    const step = steps[event.key];
    if (edge === undefined && step === undefined) return;
    event.preventDefault();
    if (edge !== undefined) focus(plate.wells.at(edge)?.path);
    const [dy, dx] = step ?? [0, 0];
    // The next well that way; absent wells are passed over.
    const ahead = Array.from(
      { length: step ? plate.rows.length + plate.columns.length : 0 },
      (_, i) => wells.get(`${well.rowIndex + dy * (i + 1)}/${well.columnIndex + dx * (i + 1)}`),
    );
    focus(ahead.find((next) => next !== undefined)?.path);
  };
  const column = { large: "minmax(34px, 84px)", small: "minmax(7px, 22px)", over: "var(--width)" };
  return (
    <div
      className={`wells ${size}`}
      role="grid"
      aria-label="Wells"
      aria-rowcount={plate.rows.length + 1}
      aria-colcount={plate.columns.length + 1}
      ref={body}
      style={{ gridTemplateColumns: `auto repeat(${plate.columns.length}, ${column[size]})` }}
    >
      <div role="row" tabIndex={-1}>
        <span role="columnheader" tabIndex={-1}>
          <span className="visually-hidden">Row</span>
        </span>
        {plate.columns.map((column, i) => (
          <span role="columnheader" tabIndex={-1} key={column}>
            <Header name={column} of="column" onPress={onColumn && (() => onColumn(i))} />
          </span>
        ))}
      </div>
      {plate.rows.map((row, rowIndex) => (
        <div role="row" tabIndex={-1} key={row}>
          <span role="rowheader" tabIndex={-1}>
            <Header name={row} of="row" onPress={onRow && (() => onRow(rowIndex))} />
          </span>
          {plate.columns.map((column, columnIndex) => {
            const well = wells.get(`${rowIndex}/${columnIndex}`);
            return (
              <span role="gridcell" tabIndex={-1} key={column}>
                {well && (
                  <Well
                    well={well}
                    button={buttonOf(well)}
                    isCurrent={well.path === current}
                    onFocus={() => {
                      setCurrent(well.path);
                      onFocus?.(well);
                    }}
                    onKeyDown={(event) => move(event, well)}
                  />
                )}
              </span>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function Well({
  well: { path, row, column },
  button: { onPress, isPressed, state, says = state, paint },
  isCurrent,
  onFocus,
  onKeyDown,
}: {
  readonly well: WellRef;
  readonly button: WellButton;
  readonly isCurrent: boolean;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}) {
  const name = `Well ${row}${column}`;
  return (
    <button
      type="button"
      className="well"
      data-well={path}
      data-state={state}
      data-paint={paint?.kind}
      style={paint?.color === undefined ? undefined : ({ "--paint": paint.color } as CSSProperties)}
      aria-pressed={isPressed}
      tabIndex={isCurrent ? 0 : -1}
      onFocus={onFocus}
      aria-label={name}
      title={says === undefined ? name : `${name}: ${says}`}
      onKeyDown={onKeyDown}
      onClick={onPress}
    />
  );
}

function Header({
  name,
  of,
  onPress,
}: {
  readonly name: string;
  readonly of: "row" | "column";
  readonly onPress: (() => void) | undefined;
}) {
  if (!onPress) return name;
  return (
    <button type="button" className="quiet" title={`Choose ${of} ${name}`} onClick={onPress}>
      {name}
    </button>
  );
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
