/** The task that is chosen and its parameters as they stand in the form: kept per task, and from image to image. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { worldOf } from "../geometry/pixel-grid.ts";
import type { Channel, Image } from "../ome/multiscale.ts";
import type { RoiId } from "../roi/rois.ts";
import { type TaskChoice, type TaskId, tasks } from "../tasks/catalogue.ts";
import type { ChannelProfiles, ChannelRef, Field, Masking } from "../tasks/fields.ts";
import { readProfile } from "../tasks/profile-files.ts";
import type { Profile } from "../tasks/profiles.ts";
import { levelOf, type Recipe, type RecipeRoi } from "../tasks/recipe.ts";
import type { SharedRecipe } from "../tasks/recipe-file.ts";
import { wholeImage as columnsOf } from "../tasks/whole-image.ts";
import type { Place } from "./source.ts";

/** One task's part of the form. */
export interface Draft {
  /** By name; may be anything that was typed: `recipeProblem` says what is wrong with it. */
  readonly params: Readonly<Record<string, unknown>>;
  /** What the user chose; until then what fits the image. */
  readonly level?: string;
  readonly outputName?: string;
}

/**
 * Which ROIs a task is run on; "kept" are those that triage kept, "objects" are those of the label that masks, "image" is one ROI that holds all of it,
 * "wells" are those of the table in each well.
 */
export type Scope = "all" | "selected" | "kept" | "objects" | "image" | "wells";

export interface TaskForm {
  readonly task: TaskId;
  /** Of the tasks that were changed. */
  readonly drafts: { readonly [Id in TaskId]?: Draft };
  readonly scope: Scope;
  /** The wells that are chosen, by their paths inside the plate. */
  readonly wells: ReadonlySet<string>;
  /** The files that were picked, by their names: a recipe names them, and their pixels go along with it. */
  readonly profiles: ReadonlyMap<string, Profile>;
}

/** What of the open image a recipe is made for. */
export interface FormPlace {
  readonly place: Place;
  readonly image: Image;
  /** The level that editing snaps to. */
  readonly workingLevel: string;
  readonly t: number;
  /** The label that is shown. */
  readonly label: string | undefined;
  readonly tableName: string | undefined;
  /** All of the table. */
  readonly rois: readonly RecipeRoi[];
  /** The ROIs that the scope means where it means some of the table: the selected or the kept ones. */
  readonly selection: ReadonlySet<RoiId>;
  /** Those of the label that masks, as far as they are found. */
  readonly objects: readonly RecipeRoi[];
}

export function createTaskForm(): StoreApi<TaskForm> {
  return createStore<TaskForm>(() => ({
    task: "threshold-segmentation",
    drafts: {},
    scope: "all",
    wells: new Set(),
    profiles: new Map(),
  }));
}

export function taskIds(): readonly TaskId[] {
  return Object.keys(tasks) as TaskId[];
}

/** The fields of a task, by the names of its parameters. */
export function fieldsOf(task: TaskId): Readonly<Record<string, Field>> {
  return tasks[task].schema;
}

export function defaultsOf(task: TaskId): Readonly<Record<string, unknown>> {
  return { ...tasks[task].defaults };
}

export function takeTask(form: StoreApi<TaskForm>, task: TaskId): void {
  form.setState({ task });
}

/** The chosen task's draft. */
function draftOf({ task, drafts }: TaskForm): Draft {
  return drafts[task] ?? { params: defaultsOf(task) };
}

/** Reads a picked file. @throws Fault "input" where it is no profile */
export async function keepProfile(
  form: StoreApi<TaskForm>,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const profile = await readProfile(name, bytes);
  form.setState(({ profiles }) => ({ profiles: new Map(profiles).set(name, profile) }));
}

export function changeDraft(form: StoreApi<TaskForm>, change: Partial<Draft>): void {
  form.setState((state) => ({
    drafts: { ...state.drafts, [state.task]: { ...draftOf(state), ...change } },
  }));
}

export function changeParam(form: StoreApi<TaskForm>, name: string, value: unknown): void {
  changeDraft(form, { params: { ...draftOf(form.getState()).params, [name]: value } });
}

/** Fills the form in from a recipe. */
export function takeRecipe(form: StoreApi<TaskForm>, recipe: SharedRecipe): void {
  const { task, params, level, outputName } = recipe;
  form.setState({ task });
  changeDraft(form, { params: { ...params }, level, outputName });
}

/** The level that is read: the one chosen, where the image has it; the demo comes with what works on it. */
export function levelIn(
  form: TaskForm,
  { place, image, workingLevel }: Pick<FormPlace, "place" | "image" | "workingLevel">,
): string {
  const { level } = draftOf(form);
  if (image.levels.some(({ name }) => name === level)) return level ?? workingLevel;
  // A new image has the levels of this one.
  if (coversImage(form)) return image.levels[0].name;
  // There the four FOVs share one chunk.
  const [, second] = image.levels;
  return place.source.origin.kind === "demo" && second ? second.name : workingLevel;
}

function outputNameIn(form: TaskForm, image: Image): string {
  return draftOf(form).outputName ?? tasks[form.task].outputName.replace("{image}", nameOf(image));
}

/** What the form says, for the image it stands beside; it may still be one that cannot be run (`recipeProblem`). */
export function recipeOf(form: TaskForm, at: FormPlace): Recipe {
  const { image, t, tableName } = at;
  const choice = { task: form.task, params: paramsIn(form, at) };
  const scope = scopeOf(form);
  const isWhole = scope === "image" || scope === "objects" || coversImage(form);
  const roiTable = isWhole || tableName === undefined ? {} : { roiTable: tableName };
  return {
    // Whether the parameters are the task's own is what `recipeProblem` finds out.
    ...(choice as unknown as TaskChoice),
    level: levelIn(form, at),
    t,
    outputName: outputNameIn(form, image),
    ...roiTable,
    rois: roisIn(form, at),
  };
}

/** The parameters as they are for an image: what nobody touched is filled in from the image. */
export function paramsIn(
  form: TaskForm,
  at: Pick<FormPlace, "image" | "label">,
): Readonly<Record<string, unknown>> {
  const { params } = draftOf(form);
  const fields = fieldsOf(form.task);
  const defaults = defaultsOf(form.task);
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      value === defaults[name] ? (filledIn(fields[name], at) ?? value) : value,
    ]),
  );
}

/** What a field begins with on an image; undefined where that is the same for all. */
function filledIn(
  field: Field | undefined,
  { image: { channels }, label }: Pick<FormPlace, "image" | "label">,
): unknown {
  const [first] = channels;
  switch (field?.kind) {
    case "channel":
      return first && refTo(channels, first);
    case "label":
      return field.none === undefined ? label : undefined;
    case "profiles":
      return channels.map(
        (channel): ChannelProfiles => ({
          channel: refTo(channels, channel),
          flat: { kind: "estimated" },
          background: 0,
        }),
      );
    default:
      return undefined;
  }
}

/** A channel by its label where no other has it, so that a recipe fits other images; else by its index. */
export function refTo(channels: readonly Channel[], { label, index }: Channel): ChannelRef {
  const isUnique = label !== "" && channels.filter((other) => other.label === label).length === 1;
  return isUnique
    ? { mode: "label", identifier: label }
    : { mode: "index", identifier: String(index) };
}

/** Whether the chosen task asks for no ROIs: it is for the image as a whole. */
export function coversImage({ task }: TaskForm): boolean {
  return tasks[task].covers === "image";
}

function roisIn(form: TaskForm, at: FormPlace): readonly RecipeRoi[] {
  const scope = scopeOf(form);
  const { image, rois, selection, objects } = at;
  if (coversImage(form)) return columnsOf(image, levelOf({ level: levelIn(form, at) }, image));
  if (scope === "image") return [wholeImage(image)];
  if (scope === "objects") return objects;
  // In the table's order, whatever the order of the clicks.
  const some = scope === "selected" || scope === "kept";
  return some ? rois.filter(({ id }) => selection.has(id)) : rois;
}

/** The label whose objects a task can be run on one by one; undefined where none masks. */
export function maskingLabel(form: TaskForm): string | undefined {
  const { masking } = draftOf(form).params as { readonly masking?: Partial<Masking> };
  return masking?.kind === "label" ? masking.name : undefined;
}

/** The chosen scope, where the task has it. */
export function scopeOf(form: TaskForm): Scope {
  return form.scope === "objects" && maskingLabel(form) === undefined ? "all" : form.scope;
}

/** The ROI that holds all of an image. */
export function wholeImage(image: Image): RecipeRoi {
  return { id: 0, name: "image", box: worldOf(image.levels[0].grid) };
}

/** The image's own name: that of its folder, where it lies in one. */
function nameOf({ path, name }: Image): string {
  return path.split("/").at(-1) || name || "image";
}

/** The wells that the form's task is run on, in the plate's order; undefined where it is the open image alone. */
export function wellsIn(
  { scope, wells }: TaskForm,
  { plate }: Place,
): readonly string[] | undefined {
  if (scope !== "wells" || !plate) return undefined;
  return plate.wells.flatMap(({ path }) => (wells.has(path) ? path : []));
}

/** Chooses where a task is run; of wells, at first all. */
export function chooseScope(form: StoreApi<TaskForm>, scope: Scope, { plate }: Place): void {
  const all = new Set(plate?.wells.map(({ path }) => path));
  form.setState(({ wells }) => ({
    scope,
    wells: scope === "wells" && [...wells].every((path) => !all.has(path)) ? all : wells,
  }));
}
