/** What a preview found, ROI by ROI, in numbers. */
import { counted } from "../../base/counted.ts";
import type { PreviewPart } from "../../state/preview.ts";
import type { Rows, UnitResult } from "../../tasks/unit-result.ts";
import { fourDigits } from "../number-text.ts";
import { usePreview } from "../session-context.ts";

export function PreviewReport() {
  const { isBusy, parts, problem, ms } = usePreview((state) => state);
  const rois = Map.groupBy(parts, ({ unit }) => unit.roi.id);
  return (
    <div className="report" role="status">
      {problem !== undefined && <p className="problem">{problem}</p>}
      <ul>
        {[...rois.values()].map((units) => (
          <PreviewedRoi key={units[0]?.unit.roi.id} units={units} />
        ))}
      </ul>
      <p className="faint">
        {isBusy || ms === undefined ? "Computing" : `Computed in ${seconds(ms)}`}, nothing is
        written
      </p>
    </div>
  );
}

/** One ROI; its channels are units of their own. */
function PreviewedRoi({ units }: { readonly units: readonly PreviewPart[] }) {
  const [first] = units;
  if (first === undefined) return null;
  const failed = units.flatMap(({ outcome }) =>
    outcome.kind === "failed" ? outcome.sentence : [],
  );
  const [result] = units.flatMap(({ outcome }) =>
    outcome.kind === "done" ? [outcome.result] : [],
  );
  return (
    <li>
      <span title={first.isPart ? "It is too large to be tried whole" : undefined}>
        {first.isPart && "Part of "}
        {first.unit.roi.name}
      </span>
      {failed[0] === undefined ? (
        <span className="mono">{result && found(result)}</span>
      ) : (
        <span className="problem">{failed[0]}</span>
      )}
      {result?.rows && <FirstRows rows={result.rows} />}
    </li>
  );
}

function found(result: UnitResult): string {
  const facts = Object.entries(result.facts ?? {}).map(
    ([name, value]) => `${name} ${fourDigits(value)}`,
  );
  const objects = result.kind === "label" ? result.count : result.rows?.labels.length;
  return [...(objects === undefined ? [] : [counted(objects, "object")]), ...facts].join(" · ");
}

/** More than this does not fit beside the image. */
const MOST_ROWS = 3;
const MOST_COLUMNS = 4;

function FirstRows({ rows: { labels, columns } }: { readonly rows: Rows }) {
  const numbers = [...columns].flatMap(([name, column]) =>
    column.kind === "number" ? [[name, column.values] as const] : [],
  );
  const shown = numbers.slice(0, MOST_COLUMNS);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">label</th>
          {shown.map(([name]) => (
            <th key={name} scope="col" title={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from(labels.subarray(0, MOST_ROWS), (label, row) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {shown.map(([name, values]) => (
              <td key={name}>{fourDigits(values[row] ?? Number.NaN)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
