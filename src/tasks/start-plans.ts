/** Plans from the page, of very many ROIs off its thread; a newer plan ends the older. */
import { throwIfStopped } from "../base/abort.ts";
import { inSlices } from "../base/steps.ts";
import { WorkerPool } from "../base/worker-pool.ts";
import type { Image } from "../ome/multiscale.ts";
import { planRun } from "./plan.ts";
import { type PlanCard, planCard } from "./plan-card.ts";
import { type PlanRequest, planRequest } from "./plan-request.ts";
import type { Recipe } from "./recipe.ts";

/** From so many ROIs on, a plan takes so long that the hand would feel it. */
const MANY_ROIS = 1000;

export interface Plans {
  /** Gives up the plan under way. @throws Fault as `planRun` does; "aborted" where a newer one has taken its place */
  planOf(recipe: Recipe, image: Image): Promise<PlanCard>;
  /** Gives up the plan under way, and lets go of the worker; a plan asked for later starts another. */
  close(): void;
}

export function startPlans(): Plans {
  const start = () =>
    new WorkerPool<PlanRequest, PlanCard>(
      () => new Worker(new URL("./plan.worker.ts", import.meta.url), { type: "module" }),
      1,
    );
  let pool = start();
  let underWay = 0;
  let packing = new AbortController();
  const close = (): void => {
    packing.abort();
    packing = new AbortController();
    pool.close();
    pool = start();
  };
  return {
    close,
    planOf: async (recipe, image) => {
      // A plan is one piece of work that hears nothing: only the end of its worker stops it.
      if (underWay > 0) close();
      if (recipe.rois.length < MANY_ROIS) return planCard(planRun(recipe, image));
      underWay++;
      try {
        const { signal } = packing;
        const request = await inSlices(planRequest(recipe, image), { signal });
        throwIfStopped(signal);
        const transfer = [request.ids.buffer, request.bounds.buffer];
        return await pool.run(request, { transfer });
      } finally {
        underWay--;
      }
    },
  };
}
