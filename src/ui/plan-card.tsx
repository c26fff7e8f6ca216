/** What a run would do, before it is begun: ROIs, chunks, bytes, and why it needs no waves. */
import { useDeferredValue, useMemo } from "react";
import type { Image } from "../ome/multiscale.ts";
import { planRun } from "../tasks/plan.ts";
import { type PlanCard as Card, planCard } from "../tasks/plan-card.ts";
import type { Recipe } from "../tasks/recipe.ts";

export function PlanCard({ recipe, image }: { readonly recipe: Recipe; readonly image: Image }) {
  // Typing comes first: the plan of many ROIs may lag behind it.
  const planned = useDeferredValue(recipe);
  const card = useMemo(() => planCard(planRun(planned, image)), [planned, image]);
  return (
    <p className="soft plan" title={details(card)}>
      {counted(card.rois, "ROI")}, {counted(card.chunks, "chunk")}, {size(card.bytes)} before
      compression
      {card.sharing > 0 &&
        `; ${card.sharing} share chunks (${counted(card.waves, "wave")} elsewhere, one pass here)`}
      {card.overlappingPairs > 0 &&
        `; ${counted(card.overlappingPairs, "pair")} overlap: the later wins`}
    </p>
  );
}

function details({ writes, skipped }: Card): string {
  const left = skipped > 0 ? `; ${counted(skipped, "ROI")} cannot be used` : "";
  return `${counted(writes, "chunk write")} with the pyramid${left}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
