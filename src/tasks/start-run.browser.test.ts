/** A run with workers and a real folder gives the label of a run in memory, and can be paused, stopped and asked. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isFault } from "../base/fault.ts";
import { openLabel } from "../ome/labels.ts";
import { openImage } from "../ome/open-image.ts";
import { computeHere } from "../testing/compute-here.ts";
import { recipeFor } from "../testing/label-runs.ts";
import { fields, makeNuclei } from "../testing/nuclei.ts";
import { openStore } from "../zarr/open-store.ts";
import { readWhole } from "../zarr/read-whole.ts";
import type { StoreSpec, WritableStore } from "../zarr/store.ts";
import type { RunEvent } from "./events.ts";
import { run } from "./run.ts";
import type { Job } from "./run-job.ts";
import { startRun } from "./start-run.ts";

const recipe = recipeFor(fields);
const jobOn = (store: StoreSpec): Extract<Job, { replace: boolean }> => ({
  store,
  path: "",
  recipe,
  replace: false,
  version: "1",
});

async function labelIn(store: WritableStore): Promise<number[][]> {
  const label = await openLabel(await openImage(store, ""), "nuclei");
  const levels = label.levels.map(({ array }) => readWhole(array, {}));
  return (await Promise.all(levels)).map(({ data }) => Array.from(data, Number));
}

const memory = (): Extract<StoreSpec, { kind: "memory" }> => ({
  kind: "memory",
  entries: new Map(),
});

/** The same run on this thread, one unit at a time. */
async function expectedLabel(): Promise<number[][]> {
  const store = openStore(memory());
  const image = await makeNuclei(store);
  const tools = {
    executor: await computeHere(image, recipe, 1),
    onEvent: () => undefined,
  };
  await run(image, jobOn(store.spec), tools);
  return labelIn(store);
}

async function faultOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => "no fault",
    (reason: unknown) => reason,
  );
  return isFault(error) ? error.tag : String(error);
}

const FOLDER = "start-run-test";
let spec: Extract<StoreSpec, { kind: "directory" }>;

beforeEach(async () => {
  const root = await navigator.storage.getDirectory();
  spec = { kind: "directory", handle: await root.getDirectoryHandle(FOLDER, { create: true }) };
});

afterEach(async () => {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(FOLDER, { recursive: true });
});

describe("startRun", () => {
  it("gives the same label with workers on a folder as one unit at a time in memory", async () => {
    await makeNuclei(openStore(spec));
    const events: RunEvent[] = [];
    const summary = await startRun(jobOn(spec), { onEvent: (event) => events.push(event) });
    expect(await labelIn(openStore(spec))).toEqual(await expectedLabel());
    expect(summary).toMatchObject({ objects: 144, chunks: [9, 4], mostWrites: 1 });
    expect(events[0]?.kind).toBe("planned");
    expect(events.at(-1)).toEqual({ kind: "done", summary });
    const patches = events.flatMap((event) =>
      event.kind === "retired" && event.patch ? [event.patch] : [],
    );
    expect(patches.map(({ min }) => min)).toEqual([
      [0, 0],
      [0, 150],
      [150, 0],
      [150, 150],
    ]);
    expect(patches[3]?.data).toHaveLength(150 * 150);
  });

  it("gives the same label in memory, where only computing is elsewhere", async () => {
    const store = openStore(memory());
    await makeNuclei(store);
    await startRun(jobOn(store.spec));
    expect(await labelIn(store)).toEqual(await expectedLabel());
  });

  it("pauses on request, and goes on to the same label", async () => {
    const store = openStore(spec);
    await makeNuclei(store);
    const root = await navigator.storage.getDirectory();
    const handle = await root.getDirectoryHandle(`${FOLDER}-run`, { create: true });
    const folder = { kind: "directory", handle } as const;
    const pause = new AbortController();
    const onEvent = ({ kind }: RunEvent) => {
      if (kind === "planned") pause.abort();
    };
    const job = { ...jobOn(spec), folder };
    const first = await faultOf(startRun(job, { pause: pause.signal, onEvent }));
    expect(first).toBe("paused");
    expect((await openImage(store, "")).labels).toEqual([]);
    const summary = await startRun({ kind: "resume", store: spec, path: "", folder });
    expect(summary.objects).toBe(144);
    expect(await labelIn(openStore(spec))).toEqual(await expectedLabel());
    await root.removeEntry(`${FOLDER}-run`, { recursive: true });
  });

  it("says of a run that has ended already what it did", async () => {
    await makeNuclei(openStore(spec));
    const root = await navigator.storage.getDirectory();
    const handle = await root.getDirectoryHandle(`${FOLDER}-run`, { create: true });
    const folder = { kind: "directory", handle } as const;
    const first = await startRun({ ...jobOn(spec), folder });
    const events: RunEvent[] = [];
    const onEvent = (event: RunEvent) => events.push(event);
    const summary = await startRun({ kind: "resume", store: spec, path: "", folder }, { onEvent });
    expect(summary).toEqual(first);
    expect(events).toEqual([{ kind: "done", summary }]);
    await root.removeEntry(`${FOLDER}-run`, { recursive: true });
  });

  it("stops on request and takes the unfinished label away", async () => {
    const store = openStore(spec);
    await makeNuclei(store);
    const controller = new AbortController();
    const onEvent = ({ kind }: RunEvent) => {
      if (kind === "retired") controller.abort();
    };
    expect(await faultOf(startRun(jobOn(spec), { signal: controller.signal, onEvent }))).toBe(
      "aborted",
    );
    expect((await openImage(store, "")).labels).toEqual([]);
    expect(await store.list("/labels")).toEqual([]);
  });
});
