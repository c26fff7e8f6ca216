/** What a run is doing: a bar, a chip per ROI, a way out; then what it did. */
import { type RoiProgress, type RunStatus, runAgain, takeRunBack } from "../state/run.ts";
import type { Recipe } from "../tasks/recipe.ts";
import { useRun, useSession, useView } from "./session-context.ts";

/** More chips than this say nothing to the eye. */
const MOST_CHIPS = 60;

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
  const labels = useView((view) => view.labels);
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
            {done} of {status.rois.length} ROIs
          </p>
          <Chips rois={status.rois} />
        </div>
      );
    }
    case "paused":
      return (
        <div className="summary">
          <p role="status">
            The run of “{status.outputName}” is paused. {status.why}
          </p>
          <Chips rois={status.rois} />
          <div className="line">
            <button type="button" onClick={() => void runAgain(session, "resume")}>
              Resume
            </button>
            <button type="button" onClick={() => void takeRunBack(session)}>
              Undo run
            </button>
          </div>
        </div>
      );
    case "taken": {
      const other = freeLabel(status.recipe.outputName, labels);
      return (
        <div className="summary" role="alert">
          <p>The image has a label “{status.recipe.outputName}” already.</p>
          <div className="line">
            <button type="button" onClick={() => onReplace(status.recipe)}>
              Replace
            </button>
            <button type="button" onClick={() => onRename(other)}>
              Write “{other}”
            </button>
          </div>
        </div>
      );
    }
    case "done": {
      const failed = status.rois.filter(({ state }) => state === "failed");
      return (
        <div className="summary">
          <p role="status">{status.sentence}</p>
          <Chips rois={failed} />
          {failed.length > 0 && undoable !== undefined && (
            <button type="button" onClick={() => void runAgain(session, "retry")}>
              Retry {failed.length} failed
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
        <p className="problem" role="alert">
          {status.sentence}
        </p>
      );
  }
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
      onClick={() => void takeRunBack(session)}
    >
      Undo run
    </button>
  );
}

function Chips({ rois }: { readonly rois: readonly RoiProgress[] }) {
  return (
    <ul className="units">
      {rois.slice(0, MOST_CHIPS).map(({ id, name, state, note }) => (
        <li key={id} data-state={state} title={note}>
          {name}
          <span className="visually-hidden"> {state}</span>
          {note && <span className="faint"> {note}</span>}
        </li>
      ))}
      {rois.length > MOST_CHIPS && <li>and {rois.length - MOST_CHIPS} more</li>}
    </ul>
  );
}

function freeLabel(name: string, taken: readonly string[]): string {
  for (let i = 2; ; i++) if (!taken.includes(`${name}_${i}`)) return `${name}_${i}`;
}
