/** What a run would do, before it is begun: ROIs, chunks, writes, bytes, time, and why it needs no waves. */
import { useEffect, useMemo, useState } from "react";
import type { Image } from "../../ome/multiscale.ts";
import { type Plan, planRun } from "../../tasks/plan.ts";
import {
  type PlanCard as Card,
  expectedMs,
  type MeasuredUnit,
  planCard,
} from "../../tasks/plan-card.ts";
import type { Recipe } from "../../tasks/recipe.ts";
import { workerCount } from "../../tasks/worker-count.ts";
import { usePreview } from "../session-context.ts";

export function PlanCard({ recipe, image }: { readonly recipe: Recipe; readonly image: Image }) {
  const planned = useRested(recipe);
  const { plan, card } = useMemo(() => {
    const plan = planRun(planned, image);
    return { plan, card: planCard(plan) };
  }, [planned, image]);
  const measured = usePreview(({ task, measured }) =>
    task === planned.task ? measured : undefined,
  );
  return (
    <section className="plan" aria-label="Plan">
      <dl>
        <Figure title="ROIs" value={count(card.rois)} />
        {card.chunks > 0 && <Figure title="chunks" value={count(card.chunks)} />}
        {card.chunks > 0 && (
          <Figure
            title="writes"
            value={count(card.writes)}
            hint="Chunks stored over all levels, each once"
          />
        )}
        {card.chunks > 0 && (
          <Figure title="raw" value={size(card.bytes)} hint="Bytes written, before compression" />
        )}
        <Figure
          title="time"
          value={measured ? about(plan, measured) : "?"}
          hint={measured ? "From what the preview took" : "A preview tells how long it may take"}
        />
      </dl>
      {notesOf(card, plan).map((note) => (
        <p key={note} className="soft">
          {note}
        </p>
      ))}
    </section>
  );
}

/** From so many ROIs on, a plan takes so long that the hand would feel it. */
const MANY_ROIS = 2000;
const REST_MS = 800;

/** The recipe, of many ROIs once it has been left alone for a while. */
function useRested(recipe: Recipe): Recipe {
  const [rested, setRested] = useState(recipe);
  useEffect(() => {
    const timer = setTimeout(() => setRested(recipe), REST_MS);
    return () => clearTimeout(timer);
  }, [recipe]);
  return recipe.rois.length < MANY_ROIS ? recipe : rested;
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

function notesOf(card: Card, { skipped: [first] }: Plan): string[] {
  const { sharing, waves, overlappingPairs, skipped } = card;
  const notes: string[] = [];
  if (sharing > 0)
    notes.push(
      `${count(sharing)} share chunks: one pass here, ${count(waves)} wave${waves === 1 ? "" : "s"} where chunks are locked`,
    );
  if (overlappingPairs > 0)
    notes.push(
      `${count(overlappingPairs)} pair${overlappingPairs === 1 ? " overlaps" : "s overlap"}: the later wins`,
    );
  if (first) notes.push(`${count(skipped)} left out: ${first.why}`);
  return notes;
}

function about(plan: Plan, measured: MeasuredUnit): string {
  const seconds = expectedMs(plan, measured, workerCount()) / 1000;
  if (seconds < 1) return "< 1 s";
  if (seconds < 90) return `~${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `~${Math.round(seconds / 60)} min`;
  return `~${Math.round(seconds / 3600)} h`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}

const UNITS = ["kB", "MB", "GB", "TB"] as const;

function size(bytes: number): string {
  const power = Math.min(UNITS.length, Math.max(1, Math.floor(Math.log10(bytes || 1) / 3)));
  const value = bytes / 10 ** (3 * power);
  return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} ${UNITS[power - 1]}`;
}
