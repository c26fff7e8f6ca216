/** Keeps the preview in step with the form: made anew whenever the recipe changes, given up when the image is left. */
import { useEffect, useState } from "react";
import type { Image } from "../../ome/multiscale.ts";
import { notifyError } from "../../state/notices.ts";
import { switchPreview } from "../../state/preview.ts";
import type { Previewer } from "../../state/previewer.ts";
import type { Session } from "../../state/session.ts";
import type { Recipe } from "../../tasks/recipe.ts";
import { workerCount } from "../../tasks/worker-count.ts";
import type { Stage } from "../image/stage.ts";
import { usePreview, useRois, useSession } from "../session-context.ts";
import { useIsRunning } from "./use-is-running.ts";

/** As many as there are ROIs in a preview. */
const MOST_WORKERS = 3;

/** @param recipe undefined while it cannot be run: then what was found last stays. */
export function usePreviewer(
  image: Image,
  stage: Stage | undefined,
  recipe: Recipe | undefined,
): void {
  const session = useSession();
  const isOn = usePreview((preview) => preview.isOn);
  const isRunning = useIsRunning();
  const selection = useRois((rois) => rois.document.selection);
  const [previewer, setPreviewer] = useState<Previewer>();
  useEffect(() => {
    if (!isOn) return;
    let isLeft = false;
    let made: Previewer | undefined;
    makePreviewer(session, image).then(
      (ready) => {
        made = ready;
        if (!isLeft) setPreviewer(ready);
      },
      (error: unknown) => {
        if (isLeft) return;
        // It can be asked for again.
        switchPreview(session, false);
        notifyError(session.notices, error);
      },
    );
    return () => {
      isLeft = true;
      made?.rest();
      setPreviewer(undefined);
    };
  }, [session, image, isOn]);
  useEffect(() => () => switchPreview(session, false), [session]);
  useEffect(() => {
    // A run has the processor to itself, and may write what a preview has read.
    if (isRunning) switchPreview(session, false);
  }, [session, isRunning]);
  useEffect(() => {
    if (!recipe || !stage || !previewer) return;
    void previewer.ask({ recipe, selection, at: stage.eye.center() });
    return () => previewer.stop();
  }, [previewer, stage, recipe, selection]);
}

/** What computes is fetched when it is first needed. */
async function makePreviewer(session: Session, image: Image): Promise<Previewer> {
  const [{ Previewer }, { startWorkers }, { startTrials }] = await Promise.all([
    import("../../state/previewer.ts"),
    import("../../tasks/worker-executor.ts"),
    import("../../tasks/trial.ts"),
  ]);
  const size = Math.min(MOST_WORKERS, workerCount());
  return new Previewer(session, image, () => startWorkers(size), startTrials);
}
