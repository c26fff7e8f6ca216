/** What a run is doing: a bar, a chip per ROI, a way out; then what it did. */
import { counted, grouped } from "../../base/counted.ts";
import { openBeside } from "../../state/open.ts";
import { runAgain, takeRunBack } from "../../state/run.ts";
import type { MadeImage, RunStatus } from "../../state/run-state.ts";
import type { Recipe } from "../../tasks/recipe.ts";
import { attempt } from "../attempt.ts";
import { mayLeave } from "../leaving.ts";
import { RoiChips } from "../rois/roi-chips.tsx";
import { useFeatures, useRun, useSession } from "../session-context.ts";

export function RunProgress({
  status,
  onReplace,
  onRename,
}: {
  readonly status: RunStatus;
  readonly onReplace: (recipe: Recipe) => void;
  readonly onRename: (name: string) => void;
}) {
  const session = useSession();
  const undoable = useRun((state) => state.undoable);
  switch (status.kind) {
    case "idle":
      return <UndoRun name={undoable} />;
    case "running": {
      const done = status.rois.filter(({ state }) => state === "done" || state === "failed").length;
      return (
        <div>
          <div className="line">
            <progress aria-label="ROIs done" value={done} max={status.rois.length} />
            {status.pause && (
              <button type="button" onClick={status.pause}>
                Pause
              </button>
            )}
            <button type="button" onClick={status.cancel}>
              Cancel
            </button>
          </div>
          <p className="soft" role="status">
            {grouped(done)} of {counted(status.rois.length, "ROI")}
          </p>
          <RoiChips rois={status.rois} />
        </div>
      );
    }
    case "paused":
      return (
        <div className="summary">
          <p role="status">
            The run of “{status.outputName}” is paused. {status.why}
          </p>
          <RoiChips rois={status.rois} />
          <div className="line">
            <button
              type="button"
              onClick={() => void attempt(session, () => runAgain(session, "resume"))}
            >
              Resume
            </button>
            <button type="button" onClick={() => void attempt(session, () => takeRunBack(session))}>
              Undo run
            </button>
          </div>
        </div>
      );
    case "taken": {
      const { free } = status;
      return (
        <div className="summary" role="alert">
          <p>{status.sentence}.</p>
          <div className="line">
            <button type="button" onClick={() => onReplace(status.recipe)}>
              Replace
            </button>
            {free !== undefined && (
              <button type="button" onClick={() => onRename(free)}>
                Write “{free}”
              </button>
            )}
          </div>
        </div>
      );
    }
    case "done": {
      const failed = status.rois.filter(({ state }) => state === "failed");
      return (
        <div className="summary">
          <p role="status">{status.sentence}</p>
          <WhereMeasured output={status.output} />
          {status.image && <OpenMade image={status.image} />}
          <RoiChips rois={failed} />
          {failed.length > 0 && undoable !== undefined && (
            <button
              type="button"
              onClick={() => void attempt(session, () => runAgain(session, "retry"))}
            >
              Retry {grouped(failed.length)} failed
            </button>
          )}
          <UndoRun name={undoable} />
        </div>
      );
    }
    case "cancelled":
      return (
        <p className="soft" role="status">
          Cancelled. Nothing was kept.
        </p>
      );
    case "failed":
      return (
        <div>
          <p className="problem" role="alert">
            {status.sentence}
          </p>
          <UndoRun name={undoable} />
        </div>
      );
  }
}

/** Where the measurements are to be seen; nothing where it was no feature table that was made. */
function WhereMeasured({ output }: { readonly output: string }) {
  const isTable = useFeatures(({ names }) => names.includes(output));
  if (!isTable) return null;
  return (
    <p className="soft">
      Point at an object to read what was measured, or colour its label by it under Labels.
    </p>
  );
}

/** A way to the image that was made. */
function OpenMade({ image: { name, path } }: { readonly image: MadeImage }) {
  const session = useSession();
  return (
    <button type="button" onClick={() => mayLeave(session) && void openBeside(session, path)}>
      Open {name}
    </button>
  );
}

/** Takes back what the last run made; nothing where that cannot be. */
function UndoRun({ name }: { readonly name: string | undefined }) {
  const session = useSession();
  if (name === undefined) return null;
  return (
    <button
      type="button"
      className="quiet small"
      title={`Remove “${name}” again, and put back what it replaced`}
      onClick={() => void attempt(session, () => takeRunBack(session))}
    >
      Undo run
    </button>
  );
}
