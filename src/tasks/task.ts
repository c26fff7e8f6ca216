/** What a task is to the page and to the planner: its words, its parameters, and what it makes of them. */
import type { Image, Level } from "../ome/multiscale.ts";
import type { Schema } from "./fields.ts";
import type { Makes } from "./makes.ts";

/** Where a recipe is to be run. */
export interface TaskPlace {
  readonly image: Image;
  /** The one that is read. */
  readonly level: Level;
  readonly outputName: string;
}

/** A token: it costs nothing to import, and what computes is loaded where it is needed. */
export interface Task<P> {
  readonly title: string;
  /** In a sentence without a full stop. */
  readonly summary: string;
  readonly output: "label" | "image" | "table";
  /** What the output is named unless the user says otherwise; `{image}` stands for the image's own name. */
  readonly outputName: string;
  readonly schema: Schema<P>;
  readonly defaults: P;
  /** @throws Fault "input" where the image lacks what the parameters name. */
  makesOf(params: P, place: TaskPlace): Makes;
}
