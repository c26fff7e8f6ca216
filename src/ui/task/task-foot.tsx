/** The end of a task's form, always in sight: what a run would do, the buttons, and what it is doing. */
import { useMemo } from "react";
import type { Image } from "../../ome/multiscale.ts";
import { switchPreview } from "../../state/preview.ts";
import type { Place } from "../../state/source.ts";
import { changeDraft, wellsIn } from "../../state/task-form.ts";
import type { Recipe } from "../../tasks/recipe.ts";
import { useTitle } from "../page.ts";
import { usePreview, useRun, useSession, useTaskForm } from "../session-context.ts";
import { BatchProgress } from "../start/batch-progress.tsx";
import { WellsPlanCard } from "../start/well-choice.tsx";
import { PlanCard } from "./plan-card.tsx";
import { RunProgress } from "./run-progress.tsx";
import { useIsRunning } from "./use-is-running.ts";

export function TaskFoot({
  place,
  image,
  recipe,
  barred,
  isWrong,
  isUsable,
  onRun,
}: {
  readonly place: Place;
  readonly image: Image;
  readonly recipe: Recipe;
  /** Why it cannot be run. */
  readonly barred: string | undefined;
  /** Whether that is something wrong, and not only something still to be chosen. */
  readonly isWrong: boolean;
  /** Whether the recipe can be tried, be it or not that it can be run. */
  readonly isUsable: boolean;
  readonly onRun: (outputName: string, replace: boolean) => void;
}) {
  const session = useSession();
  const titled = useTitle("preview");
  const isPreviewed = usePreview((preview) => preview.isOn);
  const status = useRun((state) => state.status);
  const isRunning = useIsRunning();
  return (
    <div className="foot">
      {barred !== undefined && !isRunning && (
        <p className={isWrong ? "problem" : "soft"}>{barred}</p>
      )}
      {isUsable && !isRunning && <Plan place={place} image={image} recipe={recipe} />}
      <div className="line">
        <button
          type="button"
          aria-pressed={isPreviewed}
          title={titled("Try it on the selected ROIs, or on the one in the middle of the view")}
          disabled={isRunning || !(isUsable || isPreviewed)}
          onClick={() => switchPreview(session, !isPreviewed)}
        >
          Preview
        </button>
        <button type="submit" className="primary" disabled={barred !== undefined || isRunning}>
          Run
        </button>
      </div>
      <BatchProgress place={place} />
      <RunProgress
        status={status}
        onReplace={(taken) => onRun(taken.outputName, true)}
        onRename={(name) => {
          changeDraft(session.taskForm, { outputName: name });
          onRun(name, false);
        }}
      />
    </div>
  );
}

function Plan({
  place,
  image,
  recipe,
}: {
  readonly place: Place;
  readonly image: Image;
  readonly recipe: Recipe;
}) {
  const form = useTaskForm((state) => state);
  const wells = useMemo(() => wellsIn(form, place), [form, place]);
  const chosen = useMemo(() => new Set(wells), [wells]);
  if (!wells) return <PlanCard recipe={recipe} image={image} />;
  if (!place.plate || chosen.size === 0) return null;
  return <WellsPlanCard plate={place.plate} image={image} recipe={recipe} wells={chosen} />;
}
