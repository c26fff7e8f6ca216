/** The line above the rows: what to look for, how many were found, and which columns are shown. */
import { useEffect, useId, useMemo, useState } from "react";
import { counted, grouped } from "../../base/counted.ts";
import { roiCount } from "../../roi/rois.ts";
import { exampleFor } from "../../roi/search.ts";
import { colorBy } from "../../state/roi-colors.ts";
import { arrange, columnsOf, showColumn } from "../../state/roi-list.ts";
import { useKeyOf } from "../page.ts";
import { useFeatures, useRoiColors, useRoiList, useRois, useSession } from "../session-context.ts";
import { useSlow } from "../use-slow.ts";
import { useListedIds } from "./use-listed-ids.ts";

/** Typing rests this long, in milliseconds, before rows are looked for. */
const PAUSE_MS = 120;

export function RoiFilter() {
  const session = useSession();
  const id = useId();
  const findKey = useKeyOf()("find-rois");
  const list = useRoiList((state) => state);
  const rois = useRois((state) => state.document.rois);
  const ids = useListedIds();
  const isSlow = useSlow(list.busy);
  const [text, setText] = useState(list.query);
  useEffect(() => setText(list.query), [list.query]);
  useEffect(() => {
    if (text === list.query) return;
    const timer = setTimeout(() => void arrange(session, { query: text }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [session, text, list.query]);
  const { problem, order } = list;
  const total = useMemo(() => (order ? roiCount(rois) : 0), [order, rois]);
  const isNone = !isSlow && order !== undefined && ids.length === 0;
  const example = isNone ? exampleFor(list.query, columnsOf(session)) : undefined;
  return (
    <div className="roi-filter">
      <div className="line">
        <input
          id="find-rois"
          type="search"
          aria-label="Find ROIs"
          aria-keyshortcuts={findKey?.replace("Ctrl", "Control")}
          aria-invalid={problem !== undefined}
          aria-describedby={id}
          autoComplete="off"
          spellCheck={false}
          placeholder="Find, or len_x > 200"
          title={HELP}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") void arrange(session, { query: text });
            if (event.key === "Escape") setText("");
          }}
        />
        <Columns />
        <ColorChoice />
      </div>
      {problem ? (
        <p className="problem" role="alert" id={id}>
          <span className="mono">
            {text.slice(0, problem.at)}
            <mark>{text.slice(problem.at) || "…"}</mark>
          </span>{" "}
          {problem.sentence}
        </p>
      ) : (
        <p className="faint" role="status" id={id}>
          {isSlow && `Looking… ${Math.round(100 * list.done)} %`}
          {!isSlow && order && `${grouped(ids.length)} of ${counted(total, "ROI")}`}
          {example !== undefined && (
            <>
              . No text holds that; to compare a column, write{" "}
              <span className="mono soft">{example}</span>
            </>
          )}
        </p>
      )}
    </div>
  );
}

const HELP = `A text is looked for in all columns of text. An expression compares columns:
=  !=  <  <=  >  >=  ~ (holds)  !~  in (a, b), joined by and, or, not and brackets.
"" is a missing value. Press Enter to look again after edits.`;

/** By which column ROIs are coloured. */
function ColorChoice() {
  const session = useSession();
  const table = useRois((state) => state.table);
  const features = useFeatures((state) => state.chosen);
  const column = useRoiColors((state) => state.column);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names follow from the tables that are open
  const names = useMemo(() => [...columnsOf(session).keys()], [session, table, features]);
  return (
    <select
      className="color-by"
      aria-label="Colour by"
      title="Colour the ROIs by a column"
      value={column ?? ""}
      onChange={({ target }) => void colorBy(session, target.value || undefined)}
    >
      <option value="">Colour by…</option>
      {names.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  );
}

/** Which columns are shown. */
function Columns() {
  const session = useSession();
  const table = useRois((state) => state.table);
  const features = useFeatures((state) => state.chosen);
  const hidden = useRoiList((state) => state.hidden);
  const id = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names follow from the tables that are open
  const names = useMemo(() => [...columnsOf(session).keys()], [session, table, features]);
  return (
    <>
      <button type="button" className="quiet small" popoverTarget={id}>
        Columns
      </button>
      <div id={id} popover="auto" className="popover columns">
        {names
          .filter((name) => name !== "name")
          .map((name) => (
            <label key={name} className="line">
              <input
                type="checkbox"
                checked={!hidden.has(name)}
                onChange={(event) => showColumn(session, name, event.target.checked)}
              />
              {name}
            </label>
          ))}
      </div>
    </>
  );
}
