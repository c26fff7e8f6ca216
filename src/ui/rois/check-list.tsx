/** What is worth a look in the open table: a list to walk through, each with its fix where one is safe. */
import { useMemo, useState } from "react";
import { FIXES, fixed, isFixable } from "../../editor/fixes.ts";
import { chunkZyx } from "../../ome/axes.ts";
import type { Image } from "../../ome/multiscale.ts";
import { CHECKS, type CheckKind, type Finding, MEANINGS } from "../../roi/checks.ts";
import type { RoiId } from "../../roi/rois.ts";
import { startAbout } from "../../state/new-table.ts";
import { edit, select } from "../../state/rois.ts";
import { workingLevel } from "../../state/view.ts";
import { labelOf } from "../../table/feature-table.ts";
import { attempt } from "../attempt.ts";
import { mayLeave } from "../leaving.ts";
import { usePage } from "../page.ts";
import { useRois, useSession, useView } from "../session-context.ts";
import { compareObjects } from "./find-objects.ts";
import { useReport } from "./use-report.ts";

export function CheckList({
  image,
  onFit,
}: {
  readonly image: Image;
  readonly onFit: (id: RoiId) => void;
}) {
  const [open, setOpen] = useState(false);
  return (
    <details className="checks" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Check this table</summary>
      {open && <Findings image={image} onFit={onFit} />}
      {open && <OfLabel />}
    </details>
  );
}

/** A label may have been made anew since its masking table was, or be there no more. */
function OfLabel() {
  const session = useSession();
  const page = usePage();
  const isMasking = useRois(({ masking }) => masking);
  const lacking = useLackingLabel();
  if (!isMasking) return null;
  if (lacking !== undefined) return <Dangling label={lacking} />;
  return (
    <button
      type="button"
      className="small"
      onClick={() => void attempt(session, () => compareObjects(session, page))}
    >
      Compare with the label’s objects
    </button>
  );
}

/** The label that a masking table is about, where the image does not have it. */
function useLackingLabel(): string | undefined {
  const label = useRois(({ table, masking }) => (table && masking ? labelOf(table) : undefined));
  const labels = useView((view) => view.labels);
  return label === undefined || labels.includes(label) ? undefined : label;
}

function Dangling({ label }: { readonly label: string }) {
  const session = useSession();
  const labels = useView((view) => view.labels);
  return (
    <>
      <p className="problem">
        The table is about the label "{label}", which this image does not have.
      </p>
      <div className="copies">
        {labels.map((name) => (
          <button
            key={name}
            type="button"
            className="small"
            title={`Opens a copy of the table whose ROIs are the objects of ${name}; this one stays`}
            onClick={() => mayLeave(session) && startAbout(session, name)}
          >
            Copy for {name}
          </button>
        ))}
      </div>
    </>
  );
}

function Findings({
  image,
  onFit,
}: {
  readonly image: Image;
  readonly onFit: (id: RoiId) => void;
}) {
  const session = useSession();
  const rois = useRois((state) => state.document.rois);
  const masking = useRois((state) => state.masking);
  const { grid, array } = useView((view) => workingLevel(view, image));
  const options = useMemo(
    () => ({ grid, chunk: chunkZyx(array, image.axes), masking }),
    [grid, array, image, masking],
  );
  const { report, isSlow, done } = useReport(options);
  const isSound = useLackingLabel() === undefined;
  const mend = (some: readonly Finding[]): void => edit(session, fixed(rois, some, grid));
  const go = ({ ids }: Finding): void => {
    select(session, new Set(ids));
    const [first] = ids;
    if (first !== undefined) onFit(first);
  };
  const checking = isSlow && <Checking done={done} />;
  if (report === undefined) return checking;
  const { findings, counts } = report;
  if (findings.length === 0)
    return (
      checking ||
      (isSound && (
        <p className="soft" role="status">
          Nothing to mend.
        </p>
      ))
    );
  const kinds = [...counts].map(([kind, count]) => (
    <section key={kind} aria-label={CHECKS[kind]}>
      <div className="line">
        <strong>{CHECKS[kind]}</strong> <span className="soft">{count}</span>
        <span className="spring" />
        <FixAll kind={kind} count={count} onFix={() => mend(ofKind(findings, kind))} />
      </div>
      {MEANINGS[kind] && <p className="soft">{MEANINGS[kind]}</p>}
      <ul className="clashes">
        {ofKind(findings, kind)
          .slice(0, MOST_ROWS)
          .map((finding) => (
            <li key={finding.ids.join()} className="line">
              <button type="button" className="quiet finding" onClick={() => go(finding)}>
                {finding.sentence}
              </button>
              {FIXES[kind] && isFixable(rois, finding, grid) && (
                <button type="button" className="small" onClick={() => mend([finding])}>
                  {FIXES[kind]}
                </button>
              )}
            </li>
          ))}
      </ul>
    </section>
  ));
  return (
    <>
      {kinds}
      {checking}
    </>
  );
}

function Checking({ done }: { readonly done: number }) {
  return (
    <p className="line soft">
      Checking… <progress aria-label="Checked" value={done} />
    </p>
  );
}

/** What is mended moves the rest up. */
const MOST_ROWS = 50;

function FixAll({
  kind,
  count,
  onFix,
}: {
  readonly kind: CheckKind;
  readonly count: number;
  readonly onFix: () => void;
}) {
  const fix = FIXES[kind];
  if (fix === undefined || count < 2) return null;
  return (
    <button type="button" className="small" onClick={onFix}>
      {fix.replace(/\w+/, "$& all")}
    </button>
  );
}

function ofKind(findings: readonly Finding[], kind: CheckKind): Finding[] {
  return findings.filter((finding) => finding.kind === kind);
}
