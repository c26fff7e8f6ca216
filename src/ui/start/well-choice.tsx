/** Which wells a recipe is run on, chosen on a small plate, and what that would come to. */
import { type ReactNode, useEffect, useState } from "react";
import { counted, grouped, nounOf } from "../../base/counted.ts";
import { isAborted, sentence } from "../../base/fault.ts";
import type { Image, Plate, WellRef } from "../../ome/multiscale.ts";
import { planWells, type WellsPlan } from "../../state/batch-plan.ts";
import type { Place } from "../../state/source.ts";
import type { Recipe } from "../../tasks/recipe.ts";
import { bytesText } from "../number-text.ts";
import { useWellStates } from "./use-well-states.ts";
import { WellGrid } from "./well-grid.tsx";

/** Typing settles before wells are read. */
const SETTLED_MS = 300;

export function WellChoice({
  place,
  plate,
  chosen,
  onChoose,
}: {
  readonly place: Place;
  readonly plate: Plate;
  /** Paths inside the plate. */
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (wells: ReadonlySet<string>) => void;
}) {
  const states = useWellStates(place);
  /** Chooses all of them, or none where all are chosen. */
  const toggle = (wells: readonly WellRef[]): void => {
    const paths = wells.map(({ path }) => path);
    const isAll = paths.every((path) => chosen.has(path));
    const others = [...chosen].filter((path) => !paths.includes(path));
    onChoose(new Set(isAll ? others : [...others, ...paths]));
  };
  return (
    <fieldset className="well-choice">
      <legend className="line">
        {grouped(chosen.size)} of {counted(plate.wells.length, "well")}
        <button type="button" className="quiet small" onClick={() => toggle(plate.wells)}>
          {chosen.size === plate.wells.length ? "None" : "All"}
        </button>
      </legend>
      <WellGrid
        plate={plate}
        size="small"
        onRow={(row) => toggle(plate.wells.filter(({ rowIndex }) => rowIndex === row))}
        onColumn={(column) =>
          toggle(plate.wells.filter(({ columnIndex }) => columnIndex === column))
        }
        buttonOf={(well) => ({
          onPress: () => toggle([well]),
          isPressed: chosen.has(well.path),
          state: states.get(well.path),
        })}
      />
    </fieldset>
  );
}

/** Told before the run, from the first wells; more is read while it is looked at. */
export function WellsPlanCard({
  plate,
  image,
  recipe,
  wells,
}: {
  readonly plate: Plate;
  readonly image: Image;
  readonly recipe: Recipe;
  readonly wells: ReadonlySet<string>;
}) {
  const plan = usePlan(plate, image, recipe, wells);
  if (typeof plan === "string") return <p className="problem">{plan}</p>;
  if (plan === undefined) return <p className="soft">Reading the wells…</p>;
  const about = plan.read < plan.wells ? "about " : "";
  return (
    <section className="plan" aria-label="Plan">
      <p className="soft">
        {counted(plan.wells, "well")}: {about}
        {counted(plan.rois, "ROI")}, {counted(plan.writes, "chunk write")}, {bytesText(plan.bytes)}{" "}
        before compression
        {about && `; from the first ${grouped(plan.read)}`}
      </p>
      {plan.unfit.length > 0 && (
        <Note>Skipped: {plan.unfit.map(({ name, why }) => `${name} (${why})`).join(", ")}</Note>
      )}
      {plan.taken.length > 0 && (
        <Note>
          {plan.taken.join(", ")} {nounOf(plan.taken.length, "has", "have")} “{recipe.outputName}”
          already and {nounOf(plan.taken.length, "is", "are")} left as before; you can replace it
          after the run
        </Note>
      )}
    </section>
  );
}

function Note({ children }: { readonly children: ReactNode }) {
  return <p className="soft">{children}</p>;
}

/** The newest plan, or a sentence that says why there is none. */
function usePlan(
  plate: Plate,
  image: Image,
  recipe: Recipe,
  wells: ReadonlySet<string>,
): WellsPlan | string | undefined {
  const [plan, setPlan] = useState<WellsPlan | string>();
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const read = async (): Promise<void> => {
      try {
        for await (const found of planWells({ plate, image }, recipe, [...wells], { signal }))
          if (!signal.aborted) setPlan(found);
      } catch (error) {
        if (!signal.aborted && !isAborted(error)) setPlan(sentence(error));
      }
    };
    const timer = setTimeout(() => void read(), SETTLED_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [plate, image, recipe, wells]);
  return plan;
}
