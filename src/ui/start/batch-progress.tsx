/** What is run over the wells of a plate: one list for all of them, one pause, one cancel, one retry. */
import { memo } from "react";
import { counted, grouped } from "../../base/counted.ts";
import {
  closeBatch,
  replaceInWells,
  resumeWells,
  retryWells,
  takeWellsBack,
} from "../../state/batch.ts";
import type { Batch, RoisByWell, WellRun } from "../../state/batch-state.ts";
import type { RoiProgress } from "../../state/roi-progress.ts";
import type { Place } from "../../state/source.ts";
import { attempt } from "../attempt.ts";
import { RoiChips } from "../rois/roi-chips.tsx";
import { useBatch, useSession } from "../session-context.ts";

export function BatchProgress({ place }: { readonly place: Place }) {
  const session = useSession();
  const { status, plate } = useBatch((state) => state);
  if (plate?.source !== place.source) return null;
  switch (status.kind) {
    case "idle":
      return null;
    case "running":
      return (
        <section className="batch" aria-label="Run over wells">
          <Bar batch={status.batch} rois={status.rois} />
          <div className="line">
            {status.pause && (
              <button type="button" onClick={status.pause}>
                Pause wells
              </button>
            )}
            <button
              type="button"
              title="Takes back the well under way; wells that are done stay"
              onClick={status.cancel}
            >
              Cancel wells
            </button>
          </div>
          <Wells batch={status.batch} rois={status.rois} />
        </section>
      );
    case "paused":
      return (
        <section className="batch summary" aria-label="Run over wells">
          <p role="status">
            The run of “{status.batch.recipe.outputName}” over {wellsOf(status.batch)} is paused.{" "}
            {status.why}
          </p>
          <div className="line">
            <button type="button" onClick={() => void attempt(session, () => resumeWells(session))}>
              Resume wells
            </button>
            <UndoWells batch={status.batch} />
          </div>
          <Wells batch={status.batch} rois={status.rois} />
        </section>
      );
    case "ended":
      return (
        <section className="batch summary" aria-label="Run over wells">
          <p role="status">{status.sentence}</p>
          <EndButtons batch={status.batch} />
          <Wells batch={status.batch} rois={status.rois} />
        </section>
      );
    case "undoing":
      return (
        <section className="batch" aria-label="Run over wells">
          <progress aria-label="Wells taken back" value={status.done} max={status.total} />
          <p className="soft" role="status">
            Taking back {grouped(status.done + 1)} of {counted(status.total, "well")}
          </p>
        </section>
      );
  }
}

function Bar({ batch, rois }: { readonly batch: Batch; readonly rois: RoisByWell }) {
  const over = batch.wells.filter(isOver).length;
  const running = batch.wells.find(({ state }) => state === "running");
  const ofWell = running ? (rois.get(running.well) ?? []) : [];
  const done = ofWell.filter(({ state }) => state === "done" || state === "failed").length;
  const part = ofWell.length > 0 ? done / ofWell.length : 0;
  const at = Math.min(over + 1, batch.wells.length);
  return (
    <>
      <progress aria-label="Wells done" value={over + part} max={batch.wells.length} />
      <p className="soft" role="status">
        Well {grouped(at)} of {grouped(batch.wells.length)}
        {running && `: ${running.name}, ${grouped(done)} of ${counted(ofWell.length, "ROI")}`}
      </p>
    </>
  );
}

function isOver({ state }: WellRun): boolean {
  return state !== "waiting" && state !== "running";
}

function EndButtons({ batch }: { readonly batch: Batch }) {
  const session = useSession();
  const canUndo = useBatch((state) => state.canUndo);
  const { wells } = batch;
  const failed = wells.reduce((sum, well) => sum + (well.failures?.length ?? 0), 0);
  const wellsFailed = wells.filter(({ state }) => state === "failed" || state === "skipped").length;
  const taken = wells.filter(({ state }) => state === "taken").length;
  return (
    <div className="line">
      {failed + wellsFailed > 0 && (
        <button type="button" onClick={() => void attempt(session, () => retryWells(session))}>
          Retry{failed > 0 && ` ${counted(failed, "ROI")}`}
          {failed > 0 && wellsFailed > 0 && " and"}
          {wellsFailed > 0 && ` ${counted(wellsFailed, "well")}`}
        </button>
      )}
      {taken > 0 && (
        <button type="button" onClick={() => void attempt(session, () => replaceInWells(session))}>
          Replace “{batch.recipe.outputName}” in {counted(taken, "well")}
        </button>
      )}
      {canUndo && <UndoWells batch={batch} />}
      <button type="button" className="quiet small" onClick={() => closeBatch(session)}>
        Close
      </button>
    </div>
  );
}

function UndoWells({ batch }: { readonly batch: Batch }) {
  const session = useSession();
  return (
    <button
      type="button"
      className="quiet small"
      title={`Remove “${batch.recipe.outputName}” again from all of them, and put back what it replaced`}
      onClick={() => void attempt(session, () => takeWellsBack(session))}
    >
      Undo run in {wellsOf(batch)}
    </button>
  );
}

function Wells({ batch, rois }: { readonly batch: Batch; readonly rois: RoisByWell }) {
  return (
    <ul className="batch-wells">
      {batch.wells.map((run) => (
        <Well key={run.well} run={run} rois={rois.get(run.well)} />
      ))}
    </ul>
  );
}

/** Drawn again only when its own well changes: there may be hundreds. */
const Well = memo(function Well({
  run: { name, state, why, counts, failures = [] },
  rois,
}: {
  readonly run: WellRun;
  readonly rois: readonly RoiProgress[] | undefined;
}) {
  const said = [
    WORDS[state],
    counts && counted(counts.done, "ROI"),
    counts && counts.objects > 0 && grouped(counts.objects),
    failures.length > 0 && `${grouped(failures.length)} failed`,
  ].filter(Boolean);
  return (
    <li data-state={failures.length > 0 ? "failed" : state}>
      <details open={state === "running"}>
        <summary>
          <strong>{name}</strong> <span className="faint">{said.join(" · ")}</span>
        </summary>
        {rois && <RoiChips rois={rois} />}
      </details>
      {why && <p className="problem">{why}</p>}
      {failures.map((failed) => (
        <p className="problem" key={failed.id}>
          {failed.name}: {failed.note}
        </p>
      ))}
    </li>
  );
});

const WORDS: Readonly<Record<WellRun["state"], string>> = {
  waiting: "waiting",
  running: "under way",
  done: "done",
  failed: "failed",
  skipped: "skipped",
  taken: "left as before",
};

function wellsOf({ wells }: Batch): string {
  return counted(wells.length, "well");
}
