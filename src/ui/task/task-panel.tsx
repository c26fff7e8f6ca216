/** The form of a task, made from its schema and filled in so that one press runs it; its preview, its plan, its run. */
import { type FormEvent, useEffect, useMemo } from "react";
import { finished } from "../../base/steps.ts";
import type { Image } from "../../ome/multiscale.ts";
import type { Rois } from "../../roi/rois.ts";
import { runOnWells } from "../../state/batch.ts";
import { topLabel } from "../../state/labels.ts";
import { keepObjects, type MaskObjects } from "../../state/mask-objects.ts";
import { listRois } from "../../state/recipe-rois.ts";
import { runRecipe } from "../../state/run.ts";
import { type Place, readOnlyReason } from "../../state/source.ts";
import {
  levelIn,
  maskingLabel,
  recipeOf,
  type Scope,
  scopeOf,
  takeTask,
  taskIds,
  wellsIn,
} from "../../state/task-form.ts";
import { keptIn } from "../../state/triage.ts";
import type { Table } from "../../table/table.ts";
import { tasks } from "../../tasks/catalogue.ts";
import {
  levelOf,
  makesOf,
  type Recipe,
  type RecipeRoi,
  recipeProblem,
} from "../../tasks/recipe.ts";
import { attempt } from "../attempt.ts";
import type { Stage } from "../image/stage.ts";
import { useSettledDocument } from "../rois/use-settled-document.ts";
import { useMaskObjects, useRois, useSession, useTaskForm, useView } from "../session-context.ts";
import { RecipeMenu } from "./recipe-menu.tsx";
import { TaskFields } from "./task-fields.tsx";
import { TaskFoot } from "./task-foot.tsx";
import { TaskPlace } from "./task-place.tsx";
import { useIsRunning } from "./use-is-running.ts";
import { useListed } from "./use-listed.ts";
import { usePreviewer } from "./use-previewer.ts";

export function TaskPanel({
  place,
  image: opened,
  stage,
}: {
  readonly place: Place;
  readonly image: Image;
  readonly stage: Stage | undefined;
}) {
  const session = useSession();
  const image = useLabelled(opened);
  const form = useTaskForm((state) => state);
  const { task } = form;
  const scope = scopeOf(form);
  const wells = wellsIn(form, place);
  const objects = useObjects(place, image);
  const { recipe, recipeNow, isListed } = useRecipe(place, image, objects);
  const unfit = useMemo(() => recipeProblem(recipe, image), [recipe, image]);
  const problem = unfit ?? nothingToDo(recipe, scope, objects, isListed);
  // Nothing is written by a preview, so it works on what is read-only too.
  const usable = problem === undefined ? recipe : undefined;
  usePreviewer(image, stage, usable);
  const barred = problem ?? noWells(scope, wells) ?? readOnlyProblem(place);
  const isRunning = useIsRunning();
  const run = (outputName: string, replace: boolean): void => {
    void attempt(session, () =>
      wells
        ? runOnWells(session, recipeNow(), wells)
        : runRecipe(session, { ...recipeNow(), outputName }, replace),
    );
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (barred === undefined && !isRunning) run(recipe.outputName, false);
  };
  const { title, summary } = tasks[task];
  return (
    <form className="task" aria-label={title} onSubmit={submit}>
      <div className="line">
        <h2>Task</h2>
        <span className="spring" />
        <RecipeMenu image={image} recipe={unfit === undefined ? recipe : undefined} />
      </div>
      <select
        aria-label="Task"
        title={summary}
        value={task}
        onChange={(event) => {
          const chosen = taskIds().find((id) => id === event.target.value);
          if (chosen) takeTask(session.taskForm, chosen);
        }}
      >
        {taskIds().map((id) => (
          <option key={id} value={id}>
            {tasks[id].title}
          </option>
        ))}
      </select>
      <TaskFields image={image} />
      <TaskPlace
        place={place}
        image={image}
        recipe={recipe}
        isNamed={unfit !== undefined || makesOf(recipe, image).array?.kind !== "in-place"}
      />
      <TaskFoot
        place={place}
        image={image}
        recipe={recipe}
        barred={barred}
        isWrong={unfit !== undefined || (scope === "objects" && objects.kind === "failed")}
        isUsable={usable !== undefined}
        onRun={run}
      />
    </form>
  );
}

/** The image with the labels it has by now. */
function useLabelled(image: Image): Image {
  const labels = useView((view) => view.labels);
  return useMemo(() => ({ ...image, labels }), [image, labels]);
}

/** The objects of the label that masks, found while the form is to go over them. */
function useObjects(place: Place, image: Image): MaskObjects {
  const { maskObjects, services } = useSession();
  const form = useTaskForm((state) => state);
  const workingLevel = useView((view) => view.workingLevel);
  const t = useView((view) => view.t);
  const name = scopeOf(form) === "objects" ? maskingLabel(form) : undefined;
  const { reader } = place.source;
  const { foldLabels: fold } = services;
  const level = levelOf({ level: levelIn(form, { place, image, workingLevel }) }, image);
  useEffect(
    () =>
      name === undefined
        ? undefined
        : keepObjects(maskObjects, { image, level, t, label: name, reader, fold }),
    [maskObjects, image, level, t, name, reader, fold],
  );
  return useMaskObjects((state) => state);
}

/**
 * What the form makes up; the same one until something of it changes.
 * @returns also a way to ask for it as it is now: of very many ROIs it follows an edit a moment later
 */
function useRecipe(
  place: Place,
  image: Image,
  objects: MaskObjects,
): { readonly recipe: Recipe; readonly recipeNow: () => Recipe; readonly isListed: boolean } {
  const session = useSession();
  const form = useTaskForm((state) => state);
  const workingLevel = useView((view) => view.workingLevel);
  const t = useView((view) => view.t);
  const label = useView(topLabel);
  const tableName = useRois((state) => state.tableName);
  const table = useRois((state) => state.table);
  const document = useSettledDocument();
  const { rois, selection } = document;
  const listed = useListed(rois);
  const all = listed?.all ?? NOTHING;
  // Where all are meant, the selection is nothing to it.
  const kept = useMemo(() => keptFor(form.scope, table, rois), [form.scope, table, rois]);
  const chosen = form.scope === "selected" ? selection : kept;
  const found = objects.kind === "found" ? objects.rois : NOTHING;
  const given = useMemo(
    () => ({ place, image, workingLevel, t, label, tableName, objects: found }),
    [place, image, workingLevel, t, label, tableName, found],
  );
  const recipe = useMemo(
    () => recipeOf(form, { ...given, rois: all, selection: chosen }),
    [form, given, all, chosen],
  );
  const recipeNow = (): Recipe => {
    const { document: now } = session.rois.getState();
    if (now === document && listed?.rois === rois) return recipe;
    const selection =
      form.scope === "selected" ? now.selection : keptFor(form.scope, table, now.rois);
    return recipeOf(form, { ...given, rois: finished(listRois(now.rois, listed)).all, selection });
  };
  return { recipe, recipeNow, isListed: listed !== undefined };
}

function keptFor(scope: Scope, table: Table | undefined, rois: Rois): ReadonlySet<number> {
  return scope === "kept" && table ? keptIn(table, rois) : NONE;
}

const NONE: ReadonlySet<number> = new Set();
const NOTHING: readonly RecipeRoi[] = [];

function readOnlyProblem({ source }: Place): string | undefined {
  return (
    readOnlyReason(source) &&
    "This source is read-only, so nothing can be written beside it. Preview works"
  );
}

function noWells(scope: Scope, wells: readonly string[] | undefined): string | undefined {
  if (scope !== "wells" || (wells && wells.length > 0)) return undefined;
  return wells ? "Choose a well" : "This image is of no plate: choose ROIs instead of wells";
}

function nothingToDo(
  { rois }: Recipe,
  scope: Scope,
  objects: MaskObjects,
  isListed: boolean,
): string | undefined {
  if (rois.length > 0) return undefined;
  if (scope === "objects")
    return objects.kind === "failed"
      ? objects.sentence
      : objects.kind === "found"
        ? "The label that masks has no object"
        : "Finding the objects of the label that masks …";
  if (!isListed) return "Listing the ROIs …";
  if (scope === "kept") return "No ROI of the table is kept: press M to go over them";
  return scope === "selected"
    ? "Select an ROI, or choose all"
    : "There is no ROI: open an ROI table, draw one, or choose the image as a whole";
}
