/** Corrections in place: what is on disk while they run, and after they were killed, cancelled or taken back. */
import { describe, expect, it } from "vitest";
import { Fault } from "../base/fault.ts";
import { objectAt } from "../base/json.ts";
import type { Image } from "../ome/multiscale.ts";
import { openImage } from "../ome/open-image.ts";
import { computeHere } from "../testing/compute-here.ts";
import {
  byFiles,
  correctedPlainly,
  correctionRecipe,
  fieldsImage,
  levelsIn,
  profiles,
} from "../testing/fields-image.ts";
import { filesOf, tagOf } from "../testing/machine.ts";
import { type Operation, WatchedStore } from "../testing/watched-store.ts";
import { jsonBytes, readJson } from "../zarr/json-file.ts";
import type { Key } from "../zarr/store.ts";
import type { RunTools } from "./carry-out.ts";
import type { RunEvent } from "./events.ts";
import { readPast } from "./past.ts";
import { planRun } from "./plan.ts";
import type { Recipe } from "./recipe.ts";
import { resumeRun, retryFailed, run, undoRun } from "./run.ts";

const recipe = correctionRecipe({ inPlace: true });
/** Two of the four fields, which share chunks with each other, and one with each of the others. */
const halfRecipe = correctionRecipe({ inPlace: true, rois: recipe.rois.slice(0, 2) });
const CHUNK = /^\/B\/03\/0\/[01]\/(c\/)?\d/;
const TOUCHED = /^\/B\/03\/0\/([01]\/(c\/)?\d|\.zattrs$|zarr\.json$)/;

/** A disk with the image, and the folder of its run; the power can go at any operation of both. */
class Place {
  readonly disk = new WatchedStore();
  readonly folder = new WatchedStore();
  readonly recipe: Recipe;
  left = Number.POSITIVE_INFINITY;
  /** The chunks of the image that reached the disk, in order. */
  readonly chunkSets: Key[] = [];

  constructor(given: Recipe) {
    this.recipe = given;
    const before = async ({ kind, key }: Operation) => {
      if (--this.left < 0) throw new Fault("denied", "The browser was killed");
      if (kind === "set" && CHUNK.test(key)) this.chunkSets.push(key);
    };
    this.disk.before = before;
    this.folder.before = before;
  }

  static async made(format: 2 | 3 = 2, given: Recipe = recipe): Promise<Place> {
    const place = new Place(given);
    await fieldsImage(place.disk, format);
    place.disk.operations.length = 0;
    place.chunkSets.length = 0;
    return place;
  }

  /** Another one with the same files. */
  copy(): Place {
    const copied = new Place(this.recipe);
    for (const [key, bytes] of this.disk.spec.entries) copied.disk.spec.entries.set(key, bytes);
    for (const [key, bytes] of this.folder.spec.entries) copied.folder.spec.entries.set(key, bytes);
    return copied;
  }

  image(): Promise<Image> {
    return openImage(this.disk, "B/03/0");
  }

  async tools(isBegun: boolean, rest: Partial<RunTools> = {}) {
    const { folder, recipe } = this;
    const preparation = { profiles, folder, isBegun };
    const { keep, ...executor } = await computeHere(await this.image(), recipe, 3, preparation);
    const onEvent = () => undefined;
    return { executor, folder, onEvent, ...(keep ? { keep } : {}), ...rest };
  }

  async run(rest: Partial<RunTools> = {}, signal?: AbortSignal) {
    const tools = await this.tools(false, rest);
    const job = { recipe: this.recipe, replace: false, version: "1" };
    return run(await this.image(), job, tools, signal ? { signal } : {});
  }

  /** Goes on, or begins where nothing was begun. */
  async goOn() {
    this.left = Number.POSITIVE_INFINITY;
    if ((await readPast(this.folder)) === undefined) return this.run();
    return resumeRun(await this.image(), await this.tools(true));
  }

  async own() {
    const [file = {}] = [
      await readJson(this.disk, "/B/03/0/.zattrs"),
      objectAt(await readJson(this.disk, "/B/03/0/zarr.json"), "attributes"),
    ].filter((found) => found !== undefined);
    return objectAt(file, "fovea");
  }

  others() {
    return [...filesOf(this.disk)].filter(([key]) => !TOUCHED.test(key));
  }
}

describe.each([2, 3] as const)("a correction in place of an image in Zarr v%i", (format) => {
  it("is one field after the other over what was there, each chunk stored once, all else untouched", async () => {
    const place = await Place.made(format);
    const others = place.others();
    const summary = await place.run();
    const image = await place.image();
    expect(await levelsIn(image)).toEqual(correctedPlainly(true));
    expect(place.others()).toEqual(others);
    const { chunkSets: chunks } = place;
    expect(new Set(chunks).size).toBe(chunks.length);
    expect(chunks).toHaveLength(summary.chunks.reduce((a, b) => a + b));
    expect(place.disk.sets.filter((key) => !TOUCHED.test(key))).toEqual([]);
    expect(await place.own()).toMatchObject({ demo: 7, run: { recipe, summary } });
    expect(await place.own()).not.toHaveProperty("unfinished");
  });

  it("says that the image is unfinished from before the first chunk to after the last", async () => {
    const place = await Place.made(format);
    const said: unknown[] = [];
    const onEvent = ({ kind }: RunEvent) => {
      if (kind !== "stored") return;
      const file = place.disk.spec.entries.get(
        format === 2 ? "/B/03/0/.zattrs" : "/B/03/0/zarr.json",
      );
      said.push(/"unfinished": ?"in place"/.test(new TextDecoder().decode(file)));
    };
    await place.run({ onEvent });
    expect(new Set(said)).toEqual(new Set([true]));
  });

  it("comes back bit by bit when it is undone, wherever that is cut off and done again", async () => {
    for (let operations = 0; ; operations += 9) {
      const place = await Place.made(format);
      const before = filesOf(place.disk);
      await place.run();
      const image = await place.image();
      place.left = operations;
      const end = await tagOf(undoRun(image, place.folder));
      place.left = Number.POSITIVE_INFINITY;
      if (await readPast(place.folder)) await undoRun(await place.image(), place.folder);
      expect(filesOf(place.disk)).toEqual(before);
      if (end === "done") return;
    }
  }, 60_000);
});

it("a chunk that becomes all 0 is no file any more, and comes back", async () => {
  const dark = byFiles.map((profiles) => ({ ...profiles, background: 65_535 }));
  const place = await Place.made(2, correctionRecipe({ inPlace: true, profiles: dark }));
  const before = filesOf(place.disk);
  await place.run();
  const image = await place.image();
  const [fine = []] = await levelsIn(image);
  expect(fine.filter((value, i) => (i % 30 < 20 ? value !== 0 : value === 0))).toEqual([]);
  expect(place.disk.spec.entries.has("/B/03/0/0/0/0/0/0/0")).toBe(false);
  await undoRun(image, place.folder);
  expect(filesOf(place.disk)).toEqual(before);
});

describe("a correction in place that is killed", () => {
  it("goes on to what it would have been, or is undone bit by bit, wherever it was killed", async () => {
    const expected = correctedPlainly(true, [2, 3]);
    let operations = 0;
    for (let isDead = true; isDead; operations++) {
      const going = await Place.made(2, halfRecipe);
      const before = filesOf(going.disk);
      going.left = operations;
      await going.run().catch(() => undefined);
      isDead = going.left < 0;
      const undone = going.copy();
      if (await readPast(undone.folder)) await undoRun(await undone.image(), undone.folder);
      expect(filesOf(undone.disk)).toEqual(before);
      const summary = await going.goOn();
      expect(await levelsIn(await going.image())).toEqual(expected);
      const { chunkSets } = going;
      expect(chunkSets.length - new Set(chunkSets).size).toBe(summary.repeats);
    }
    expect(operations).toBeGreaterThan(100);
  }, 120_000);
});

describe("a correction in place that is cancelled", () => {
  it("leaves the disk as it was, wherever it is cancelled", async () => {
    for (const kind of ["planned", "started", "retired", "stored"] as const) {
      const place = await Place.made();
      const before = filesOf(place.disk);
      const stop = new AbortController();
      const onEvent = (event: RunEvent) => {
        if (event.kind === kind) stop.abort();
      };
      expect(await tagOf(place.run({ onEvent }, stop.signal))).toBe("aborted");
      expect(filesOf(place.disk)).toEqual(before);
      expect(await place.folder.list("/")).toEqual([]);
    }
  });

  it("keeps what another program has said of the image meanwhile", async () => {
    const place = await Place.made();
    const before = filesOf(place.disk);
    await place.run();
    const file = (await readJson(place.disk, "/B/03/0/.zattrs")) ?? {};
    await place.disk.set("/B/03/0/.zattrs", jsonBytes({ ...file, theirs: 1 }));
    await undoRun(await place.image(), place.folder);
    const original = JSON.parse(new TextDecoder().decode(before.get("/B/03/0/.zattrs")));
    expect(await readJson(place.disk, "/B/03/0/.zattrs")).toEqual({ ...original, theirs: 1 });
  });
});

describe("fields that failed in place", () => {
  it("stay as they were until they are tried again", async () => {
    const place = await Place.made();
    const tools = await place.tools(false);
    const { compute } = tools.executor;
    const executor: typeof tools.executor = {
      ...tools.executor,
      compute: async (unit, options) => {
        if (unit.roi.name === "FOV_3") throw new Error("No result");
        return compute(unit, options);
      },
    };
    await place.run({ executor });
    const image = await place.image();
    expect(await levelsIn(image)).toEqual(correctedPlainly(true, [3]));
    await retryFailed(image, await place.tools(true));
    expect(await levelsIn(image)).toEqual(correctedPlainly(true));
  });
});

it("the plan says how many bytes are kept aside", async () => {
  const image = await (await Place.made()).image();
  const plan = planRun(recipe, image);
  // 2 × 2 × 2 planes of 2 × 2 chunks, and of one of 1 × 2 where the coarse fields end in the second; of 112 pixels each.
  expect(plan.keptBytes).toBe(8 * (4 + 1) * 112 * 2);
  expect(planRun(correctionRecipe(), image).keptBytes).toBe(0);
});
