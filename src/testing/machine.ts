/** A machine whose power can go at any operation of its disks, with a run of a made-up case on it: for tests of the engine. */
import { Fault, isFault } from "../base/fault.ts";
import { pixelBox } from "../geometry/box.ts";
import type { Image } from "../ome/multiscale.ts";
import { openImage } from "../ome/open-image.ts";
import type { RunTools } from "../tasks/carry-out.ts";
import type { Makes } from "../tasks/makes.ts";
import { readPast } from "../tasks/past.ts";
import type { Recipe } from "../tasks/recipe.ts";
import { resumeRun, run } from "../tasks/run.ts";
import type { Summary } from "../tasks/summary.ts";
import type { Key } from "../zarr/store.ts";
import {
  caseExecutor,
  caseImage,
  caseMakes,
  caseRecipe,
  type EngineCase,
  unitsOfCase,
} from "./engine-cases.ts";
import { CHUNK, expectOutput } from "./engine-output.ts";
import { sequentially } from "./engine-plainly.ts";
import { type Operation, WatchedStore } from "./watched-store.ts";

/** The disk of a run and its folder, which can die together at any operation. */
export class Machine {
  readonly disk: WatchedStore = new WatchedStore();
  readonly folder: WatchedStore = new WatchedStore();
  readonly given: EngineCase;
  /** Operations until it dies. */
  left: number = Number.POSITIVE_INFINITY;
  /** The chunks that reached the disk, in order. */
  readonly chunkSets: Key[] = [];

  constructor(given: EngineCase) {
    this.given = given;
    const before = async ({ kind, key }: Operation) => {
      for (let i = given.storeTurns; i > 0; i--) await undefined;
      if (--this.left < 0) throw new Fault("denied", "The browser was killed");
      if (kind === "set" && CHUNK.test(key)) this.chunkSets.push(key);
    };
    this.disk.before = before;
    this.folder.before = before;
  }

  get recipe(): Recipe {
    return caseRecipe(this.given);
  }

  get makes(): Makes {
    return caseMakes(this.given);
  }

  get isDead(): boolean {
    return this.left < 0;
  }

  revive(): void {
    this.left = Number.POSITIVE_INFINITY;
  }

  image(): Promise<Image> {
    return openImage(this.disk, "well/0");
  }

  tools(rest: Partial<RunTools> = {}): RunTools & { folder: WatchedStore } {
    const { given, folder } = this;
    const { bytes } = given;
    return { executor: caseExecutor(given), bytes, onEvent: () => undefined, ...rest, folder };
  }

  async run(
    rest: Partial<RunTools> = {},
    options: { signal?: AbortSignal; replace?: boolean } = {},
  ): Promise<Summary> {
    const { recipe, makes } = this;
    const { replace = false, ...signal } = options;
    const job = { recipe, makes, replace, version: "1" };
    return run(await this.image(), job, this.tools(rest), signal);
  }

  /** Goes on, or begins where nothing was begun. */
  async goOn(): Promise<Summary> {
    const past = await readPast(this.folder);
    return past ? resumeRun(await this.image(), this.tools()) : this.run();
  }
}

export async function machineFor(given: EngineCase): Promise<Machine> {
  const machine = new Machine(given);
  await caseImage(machine.disk, given);
  machine.disk.operations.length = 0;
  return machine;
}

/** The units that a case says do not fail. */
export const succeeding = (given: EngineCase): number[] =>
  unitsOfCase(given).filter((index) => !given.failing.includes(index));

/** On disk lies what its ROIs give one after the other, without those that fail. */
export async function expectPlain(machine: Machine): Promise<void> {
  const { given } = machine;
  await expectOutput(await machine.image(), given, sequentially(given, [succeeding(given)]));
}

/** How a run ended: the tag of its fault, or "done". */
export const tagOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: unknown) => (isFault(error) ? error.tag : String(error)),
  );

/** Everything but the folders that hold it, by key. */
export const filesOf = (store: WatchedStore): ReadonlyMap<string, Uint8Array> =>
  new Map([...store.spec.entries].sort());

/** Four ROIs that overlap, in ten chunks of a label with two levels, one of which fails. */
export const plain: EngineCase = {
  kind: "label",
  axes: ["y", "x"],
  format: 2,
  shape: [1, 8, 600],
  chunk: [1, 8, 60],
  channels: 1,
  boxes: [0, 100, 180, 300].map((x) => pixelBox([0, 0, x], [1, 8, x + 150])),
  failing: [2],
  merge: "overwrite",
  ids: { kind: "dense" },
  masked: true,
  halo: [0, 0, 0],
  workers: 2,
  turns: [4, 30, 0],
  storeTurns: 1,
  bytes: 0,
};
