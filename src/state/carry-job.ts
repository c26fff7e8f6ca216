/** A run on an image, begun with the leave and the locks that it needs, and taken back so. */
import { Fault } from "../base/fault.ts";
import type { Image } from "../ome/multiscale.ts";
import type { RunHeader } from "../tasks/journal.ts";
import type { Makes } from "../tasks/makes.ts";
import { groupsOf } from "../tasks/output.ts";
import { readMade } from "../tasks/past.ts";
import { makesOf, type Recipe } from "../tasks/recipe.ts";
import type { JobOptions } from "../tasks/run-job.ts";
import type { Summary } from "../tasks/summary.ts";
import { openStore } from "../zarr/open-store.ts";
import { writable } from "../zarr/store.ts";
import { foldersOf, type Output } from "./outputs.ts";
import { runFolder } from "./run-folder.ts";
import type { Session } from "./session.ts";
import type { Source } from "./source.ts";
import { writing } from "./writing.ts";

/** A new run, or one that is in the image's folder already. */
export type Work =
  | {
      readonly kind: "run";
      readonly recipe: Recipe;
      readonly replace: boolean;
      /** Of the run; a random one unless given. */
      readonly id?: string;
    }
  | { readonly kind: "resume" | "retry"; readonly header: RunHeader };

/** Where a run is to be done. */
export interface RunPlace {
  readonly source: Source;
  readonly image: Image;
}

export function recipeIn(work: Work): Recipe {
  return work.kind === "run" ? work.recipe : work.header.recipe;
}

/** @throws Fault "input" where the image lacks what the recipe names */
export function makesIn(work: Work, image: Image): Makes {
  return work.kind === "run" ? makesOf(work.recipe, image) : work.header.makes;
}

/** @throws as `makesIn` */
export function outputsOf(work: Work, image: Image): readonly Output[] {
  return groupsOf(makesIn(work, image), image);
}

/** Does it, in the folder of the image's runs where there is one. @throws Fault as `startRun` and `writing` do */
export async function carryJob(
  session: Session,
  { source, image }: RunPlace,
  work: Work,
  options: JobOptions,
): Promise<Summary> {
  const { startRun, version } = session.services;
  const folder = await runFolder(session, source, image.path);
  const at = { store: source.store.spec, path: image.path };
  const start = (): Promise<Summary> => {
    // The files that the recipe names were picked in the form.
    const { profiles } = session.taskForm.getState();
    if (work.kind === "run")
      return startRun({ ...at, ...work, version, profiles, ...kept(folder) }, options);
    if (folder === undefined) throw new Fault("missing", "There is no run here that could go on");
    return startRun({ ...at, kind: work.kind, folder }, options);
  };
  return writing(session, source, foldersOf(image, outputsOf(work, image)), start);
}

/** Takes back the run in the folder of an image: what it made is removed, and what it replaced is put back. */
export async function takeBackIn(
  session: Session,
  { source, image }: RunPlace,
): Promise<readonly Output[]> {
  const spec = await runFolder(session, source, image.path);
  const folder = spec && writable(openStore(spec));
  const { groups } = (folder && (await readMade(folder))) ?? { groups: [] };
  if (folder)
    await writing(session, source, foldersOf(image, groups), async () => {
      // The engine is no part of what the first pixels wait for.
      const { undoRun } = await import("../tasks/run.ts");
      await undoRun(image, folder);
    });
  return groups;
}

/** An option that is left out where there is none. */
function kept<T>(folder: T | undefined): { readonly folder?: T } {
  return folder === undefined ? {} : { folder };
}
