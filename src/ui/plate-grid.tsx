/** A plate as a grid of its wells to choose from. */
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Plate, WellRef } from "../ome/multiscale.ts";
import { openWellOf } from "../state/open.ts";
import type { Place } from "../state/source.ts";
import { useSession } from "./session-context.ts";

export function PlateGrid({ place, plate }: { readonly place: Place; readonly plate: Plate }) {
  const session = useSession();
  const body = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(plate.wells[0]?.path);
  const focus = (path: string | undefined): void => {
    if (path !== undefined)
      body.current?.querySelector<HTMLElement>(`[data-well="${CSS.escape(path)}"]`)?.focus();
  };
  useEffect(() => {
    // Arriving here, nothing else has the focus: the first well takes it.
    if (document.activeElement === document.body)
      body.current?.querySelector<HTMLElement>("[data-well]")?.focus();
  }, []);
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

  return (
    <main className="plate">
      <header>
        <h1>{plate.name || place.source.title}</h1>
        <p className="soft">
          {plate.wells.length} {plate.wells.length === 1 ? "well" : "wells"}, {plate.rows.length} ×{" "}
          {plate.columns.length}. Choose one to open it.
        </p>
      </header>
      <div
        className="wells"
        role="grid"
        aria-label="Wells"
        aria-rowcount={plate.rows.length + 1}
        aria-colcount={plate.columns.length + 1}
        ref={body}
        style={{ gridTemplateColumns: `auto repeat(${plate.columns.length}, minmax(34px, 84px))` }}
      >
        <div role="row" tabIndex={-1}>
          <span role="columnheader" tabIndex={-1} aria-label="Row" />
          {plate.columns.map((column) => (
            <span role="columnheader" tabIndex={-1} key={column}>
              {column}
            </span>
          ))}
        </div>
        {plate.rows.map((row, rowIndex) => (
          <div role="row" tabIndex={-1} key={row}>
            <span role="rowheader" tabIndex={-1}>
              {row}
            </span>
            {plate.columns.map((column, columnIndex) => {
              const well = wells.get(`${rowIndex}/${columnIndex}`);
              return (
                <span role="gridcell" tabIndex={-1} key={column}>
                  {well && (
                    <button
                      type="button"
                      className="well"
                      data-well={well.path}
                      tabIndex={well.path === current ? 0 : -1}
                      onFocus={() => setCurrent(well.path)}
                      aria-label={`Well ${row}${column}`}
                      title={`Well ${row}${column}`}
                      onKeyDown={(event) => move(event, well)}
                      onClick={() => void openWellOf(session, place, well.path)}
                    />
                  )}
                </span>
              );
            })}
          </div>
        ))}
      </div>
    </main>
  );
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
