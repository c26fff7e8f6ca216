/** What is worth a look in the open table: a list to walk through, each with its fix where one is safe. */
import { useEffect, useMemo, useState } from "react";
import { FIXES, fixed } from "../editor/fixes.ts";
import type { Image } from "../ome/multiscale.ts";
import { CHECKS, type CheckKind, check, type Finding } from "../roi/checks.ts";
import type { RoiId, Rois } from "../roi/rois.ts";
import { edit, select } from "../state/rois.ts";
import { workingLevel } from "../state/view.ts";
import { useRois, useSession, useView } from "./session-context.ts";

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
    </details>
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
  const { grid } = useView((view) => workingLevel(view, image));
  const settled = useSettled(rois);
  const { findings, counts } = useMemo(
    () => check(settled, { grid, masking }),
    [settled, grid, masking],
  );
  const mend = (some: readonly Finding[]): void => edit(session, fixed(rois, some, grid));
  const go = ({ ids }: Finding): void => {
    select(session, new Set(ids));
    const [first] = ids;
    if (first !== undefined) onFit(first);
  };
  if (findings.length === 0)
    return (
      <p className="soft" role="status">
        Nothing to mend.
      </p>
    );
  return [...counts].map(([kind, count]) => (
    <section key={kind} aria-label={CHECKS[kind]}>
      <div className="line">
        <strong>{CHECKS[kind]}</strong> <span className="soft">{count}</span>
        <span className="spring" />
        <FixAll kind={kind} count={count} onFix={() => mend(ofKind(findings, kind))} />
      </div>
      <ul className="clashes">
        {ofKind(findings, kind)
          .slice(0, MOST_ROWS)
          .map((finding) => (
            <li key={finding.ids.join()} className="line">
              <button type="button" className="quiet finding" onClick={() => go(finding)}>
                {finding.sentence}
              </button>
              {FIXES[kind] && fixed(rois, [finding], grid) && (
                <button type="button" className="small" onClick={() => mend([finding])}>
                  {FIXES[kind]}
                </button>
              )}
            </li>
          ))}
      </ul>
    </section>
  ));
}

/** How long editing must rest before all is checked again, in milliseconds. */
const REST = 300;

/** The ROIs once no edit follows another: checking a large table at each step would be felt. */
function useSettled(rois: Rois): Rois {
  const [settled, setSettled] = useState(rois);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(rois), REST);
    return () => clearTimeout(timer);
  }, [rois]);
  return settled;
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
  if (FIXES[kind] === undefined || count < 2) return null;
  return (
    <button type="button" className="small" onClick={onFix}>
      {FIXES[kind]} all
    </button>
  );
}

function ofKind(findings: readonly Finding[], kind: CheckKind): Finding[] {
  return findings.filter((finding) => finding.kind === kind);
}
