/** What a run would do, before it is begun: ROIs, chunks, writes, bytes, time, and what turns it saves. */
import { useEffect, useState } from "react";
import { counted, grouped, nounOf } from "../../base/counted.ts";
import { isAborted, sentence } from "../../base/fault.ts";
import type { Image } from "../../ome/multiscale.ts";
import { type PlanCard as Card, expectedMs, type MeasuredUnit } from "../../tasks/plan-card.ts";
import type { Recipe } from "../../tasks/recipe.ts";
import { type Plans, startPlans } from "../../tasks/start-plans.ts";
import { workerCount } from "../../tasks/worker-count.ts";
import { bytesText } from "../number-text.ts";
import { usePreview } from "../session-context.ts";

export function PlanCard({ recipe, image }: { readonly recipe: Recipe; readonly image: Image }) {
  const { card, problem, isNew } = usePlan(recipe, image);
  const measured = usePreview(({ task, measured }) =>
    task === recipe.task ? measured : undefined,
  );
  if (problem !== undefined) return <p className="problem">{problem}</p>;
  return (
    <section className="plan" aria-label="Plan" aria-busy={!isNew}>
      <dl>
        <Figure
          title={nounOf(card?.rois ?? 0, "ROI")}
          value={card ? grouped(card.rois) : WAITING}
        />
        {card?.chunks !== 0 && (
          <>
            <Figure
              title={nounOf(card?.chunks ?? 0, "chunk")}
              value={card ? grouped(card.chunks) : WAITING}
            />
            <Figure
              title={nounOf(card?.writes ?? 0, "write")}
              value={card ? grouped(card.writes) : WAITING}
              hint="Chunks stored over all levels, each once"
            />
            <Figure
              title="raw"
              value={card ? bytesText(card.bytes) : WAITING}
              hint="Bytes written, before compression"
            />
          </>
        )}
        <Figure
          title="time"
          value={measured && card ? about(card, measured) : "?"}
          hint={measured ? "From what the preview took" : "A preview tells how long it may take"}
        />
      </dl>
      {card &&
        notesOf(card).map((note) => (
          <p key={note} className="soft">
            {note}
          </p>
        ))}
    </section>
  );
}

const WAITING = "…";

interface Planned {
  readonly recipe: Recipe;
  readonly image: Image;
  readonly card?: Card;
  readonly problem?: string;
}

/** The newest plan there is; until that of this recipe is there, the one before stays. */
function usePlan(
  recipe: Recipe,
  image: Image,
): { readonly card?: Card; readonly problem?: string; readonly isNew: boolean } {
  const [planned, setPlanned] = useState<Planned>();
  const plans = usePlans();
  useEffect(() => {
    if (!plans) return;
    let isLeft = false;
    plans.planOf(recipe, image).then(
      (card) => isLeft || setPlanned({ recipe, image, card }),
      (error: unknown) =>
        isLeft || isAborted(error) || setPlanned({ recipe, image, problem: sentence(error) }),
    );
    return () => {
      isLeft = true;
    };
  }, [plans, recipe, image]);
  return { ...planned, isNew: planned?.recipe === recipe && planned.image === image };
}

function usePlans(): Plans | undefined {
  const [plans, setPlans] = useState<Plans>();
  useEffect(() => {
    const started = startPlans();
    setPlans(started);
    return () => started.close();
  }, []);
  return plans;
}

function Figure({
  title,
  value,
  hint,
}: {
  readonly title: string;
  readonly value: string;
  readonly hint?: string;
}) {
  return (
    <div title={hint}>
      <dt>{title}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function notesOf({ sharing, waves, overlappingPairs, skipped, skippedWhy }: Card): string[] {
  const notes: string[] = [];
  if (sharing > 0)
    notes.push(
      `${grouped(sharing)} ROIs share chunks: all run side by side here, where other tools take turns in ${grouped(waves)} rounds`,
    );
  if (overlappingPairs > 0)
    notes.push(`${counted(overlappingPairs, "pair overlaps", "pairs overlap")}: the later wins`);
  if (skippedWhy !== undefined) notes.push(`${grouped(skipped)} left out: ${skippedWhy}`);
  return notes;
}

function about(card: Card, measured: MeasuredUnit): string {
  const seconds = expectedMs(card, measured, workerCount()) / 1000;
  if (seconds < 1) return "< 1 s";
  if (seconds < 90) return `~${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `~${Math.round(seconds / 60)} min`;
  return `~${Math.round(seconds / 3600)} h`;
}
