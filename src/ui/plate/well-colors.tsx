/** Colours wells by a column of a plate's table, and dims those that a condition leaves out; nothing is read until it is opened. */
import { type ReactNode, useEffect, useMemo } from "react";
import { counted, grouped } from "../../base/counted.ts";
import type { Plate } from "../../ome/multiscale.ts";
import { RAMP_CSS } from "../../scene/palette.ts";
import { showWellsBy } from "../../state/view.ts";
import { joinWells, type WellTable } from "../../state/well-table.ts";
import { readTable } from "../../table/read-table.ts";
import { listTables } from "../../table/table-list.ts";
import { below } from "../../zarr/store.ts";
import { fourDigits } from "../number-text.ts";
import { useSession, useView } from "../session-context.ts";
import { useRead } from "../use-read.ts";
import { type WellPaint, wellPaint } from "./well-paint.ts";

type OnPaint = (paint: WellPaint | undefined) => void;

export function WellColors({
  plate,
  onPaint,
}: {
  readonly plate: Plate;
  readonly onPaint: OnPaint;
}) {
  const { view } = useSession();
  const isOpen = useView(({ conditions }) => conditions !== undefined);
  return (
    <>
      <button
        type="button"
        className="quiet small"
        aria-expanded={isOpen}
        title="Colour wells by a table of the plate, or show those of a condition"
        onClick={() => view.setState({ conditions: isOpen ? undefined : {} })}
      >
        Conditions
      </button>
      {isOpen && <Tables plate={plate} onPaint={onPaint} />}
    </>
  );
}

const NO_TABLES =
  "Wells are coloured and filtered by a table of the plate with a row for each well. This plate has none.";

function Tables({ plate, onPaint }: { readonly plate: Plate; readonly onPaint: OnPaint }) {
  const names = useRead(
    (signal) => listTables(plate.store, plate.path, plate.zarrFormat, { signal }),
    plate.path,
  );
  const { view } = useSession();
  const chosen = useView(({ conditions }) => conditions?.table);
  if (names === undefined || typeof names === "string")
    return <Conditions>{names ?? "Looking for tables…"}</Conditions>;
  const name = chosen ?? names.names[0];
  if (name === undefined) return <Conditions>{NO_TABLES}</Conditions>;
  return (
    <Conditions>
      {(names.names.length > 1 || !names.names.includes(name)) && (
        <label className="line">
          Table
          <select
            value={name}
            onChange={({ target }) => view.setState({ conditions: { table: target.value } })}
          >
            {[...new Set([...names.names, name])].map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      )}
      <ByTable key={name} plate={plate} name={name} onPaint={onPaint} />
    </Conditions>
  );
}

function Conditions({ children }: { readonly children: ReactNode }) {
  return (
    <section className="well-conditions" aria-label="Conditions">
      {children}
    </section>
  );
}

function ByTable({
  plate,
  name,
  onPaint,
}: {
  readonly plate: Plate;
  readonly name: string;
  readonly onPaint: OnPaint;
}) {
  const path = below(plate.path, "tables", name);
  const table = useRead(
    (signal) => readTable(plate.store, path, plate.zarrFormat, { signal }),
    path,
  );
  const joined = useMemo(
    () => (typeof table === "object" ? joinWells(table, plate.wells) : undefined),
    [table, plate],
  );
  if (table === undefined) return <span className="faint">Reading…</span>;
  if (typeof table === "string") return <span className="problem">{table}</span>;
  if (!joined)
    return (
      <span className="soft">
        {name} does not say which wells it is about: it has no columns row and column, nor well
      </span>
    );
  return <Choices table={joined} onPaint={onPaint} />;
}

function Choices({ table, onPaint }: { readonly table: WellTable; readonly onPaint: OnPaint }) {
  const { view } = useSession();
  const column = useView(({ conditions }) => conditions?.column) ?? table.numbers[0] ?? "";
  const condition = useView(({ conditions }) => conditions?.only) ?? "";
  const paint = useMemo(() => wellPaint(table, { column, condition }), [table, column, condition]);
  useEffect(() => {
    if (typeof paint !== "string") onPaint(paint);
  }, [paint, onPaint]);
  useEffect(() => () => onPaint(undefined), [onPaint]);
  const isWrong = typeof paint === "string";
  return (
    <>
      <label className="line">
        Colour by
        <select
          value={column}
          onChange={({ target }) => showWellsBy(view, { column: target.value })}
        >
          <option value="">nothing</option>
          {[...new Set([...table.numbers, column])].filter(Boolean).map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <label className="line">
        Only
        <input
          type="search"
          aria-label="Condition"
          aria-invalid={isWrong}
          autoComplete="off"
          spellCheck={false}
          placeholder={exampleOf(table)}
          title="An expression over the table's columns: = != < <= > >= ~ in (a, b), joined by and, or, not"
          value={condition}
          onChange={({ target }) => showWellsBy(view, { only: target.value || undefined })}
          onKeyDown={({ key }) => {
            if (key === "Escape") showWellsBy(view, { only: undefined });
          }}
        />
      </label>
      <span role="status" className={isWrong ? "problem" : "soft"}>
        {isWrong
          ? paint
          : condition && `${grouped(paint.count)} of ${counted(paint.wells.length, "well")}`}
      </span>
      {!isWrong && paint.ends && (
        <span
          className="well-legend"
          role="img"
          aria-label={`From ${paint.ends.map(fourDigits).join(" to ")}`}
        >
          {fourDigits(paint.ends[0])}
          <i style={{ background: RAMP_CSS }} />
          {fourDigits(paint.ends[1])}
        </span>
      )}
    </>
  );
}

/** A condition over a column that the table has. */
function exampleOf({ readers }: WellTable): string {
  const name = [...readers].find(
    ([column, { kind }]) => kind === "text" && column !== "row" && column !== "well",
  );
  const [first] = readers.keys();
  return name ? `${name[0]} = …` : `${first} = …`;
}
