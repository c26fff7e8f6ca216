/** However a run ends, what is listed is whole: stopped, failed, cut off, or kept out by a name that is taken. */
import { beforeEach, describe, expect, it } from "vitest";
import { Fault, isFault } from "../base/fault.ts";
import { pixelBox } from "../geometry/box.ts";
import type { Image } from "../ome/multiscale.ts";
import { openImage } from "../ome/open-image.ts";
import { madeUpExecutor, recipeFor } from "../testing/label-runs.ts";
import { makeImage } from "../testing/make-image.ts";
import { type Operation, WatchedStore } from "../testing/watched-store.ts";
import type { RunEvent } from "./events.ts";
import type { Executor } from "./executor.ts";
import { run } from "./run.ts";

const boxes = [0, 100, 200, 300].map((x) => pixelBox([0, 0, x], [1, 8, x + 120]));

interface Attempt {
  readonly signal?: AbortSignal;
  readonly replace?: boolean;
  readonly failing?: readonly number[];
  readonly onEvent?: (event: RunEvent) => void;
  readonly name?: string;
}

function attempt(image: Image, options: Attempt = {}) {
  const { signal, replace = false, failing = [], name = "nuclei" } = options;
  return run(
    image,
    { recipe: { ...recipeFor(boxes), outputName: name }, replace, version: "1" },
    {
      executor: madeUpExecutor(3, [4, 30, 0], new Set(failing)),
      onEvent: options.onEvent ?? (() => undefined),
    },
    signal === undefined ? {} : { signal },
  );
}

async function faultOf(work: Promise<unknown>): Promise<Fault> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isFault(error)) throw new Error(`Expected a Fault, got ${String(error)}`);
  return error;
}

/** All that could still have been waiting for a turn has had it. */
const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

let store: WatchedStore;
let image: Image;

beforeEach(async () => {
  store = new WatchedStore();
  image = await makeImage(store, { axes: ["y", "x"], shape: [8, 600], chunks: [8, 50] });
});

const keysOf = (name: string) =>
  [...store.spec.entries.keys()].filter((key) => key.startsWith(`/labels/${name}/`));
const listed = async () => (await openImage(store, "")).labels;

/** Runs with `break` called at each operation in turn, until a run has no operation of that number. */
async function atEach(
  breakAt: (operation: Operation) => unknown,
  check: (outcome: Promise<unknown>, operation: Operation) => Promise<void>,
  start: () => Promise<unknown>,
  prepare: () => Promise<unknown> = async () => undefined,
): Promise<number> {
  for (let n = 0; ; n++) {
    store = new WatchedStore();
    image = await makeImage(store, { axes: ["y", "x"], shape: [8, 600], chunks: [8, 50] });
    await prepare();
    store.operations.length = 0;
    let broken: Operation | undefined;
    store.before = (operation) => {
      if (store.operations.length !== n + 1) return undefined;
      broken = operation;
      return breakAt(operation);
    };
    const outcome = start();
    await outcome.catch(() => undefined);
    if (broken === undefined) return n;
    await check(outcome, broken);
  }
}

describe("a run that is stopped", () => {
  it("leaves nothing behind and writes nothing afterwards, wherever it is stopped", async () => {
    let controller = new AbortController();
    const steps = await atEach(
      () => controller.abort(),
      async (outcome) => {
        const operations = store.operations.length;
        await settled();
        expect(store.operations).toHaveLength(operations);
        expect((await faultOf(outcome)).tag).toBe("aborted");
        expect(keysOf("nuclei")).toEqual([]);
        expect(await listed()).toEqual([]);
      },
      () => {
        controller = new AbortController();
        return attempt(image, { signal: controller.signal });
      },
    );
    expect(steps).toBeGreaterThan(30);
  }, 30_000);

  it("stops also between operations, when news of an ROI comes", async () => {
    for (const kind of ["planned", "started", "retired", "stored"]) {
      const controller = new AbortController();
      const onEvent = (event: RunEvent) => {
        if (event.kind === kind) controller.abort();
      };
      const fault = await faultOf(attempt(image, { signal: controller.signal, onEvent }));
      expect(fault.tag).toBe("aborted");
      expect(keysOf("nuclei")).toEqual([]);
    }
  });
});

describe("a run whose store fails", () => {
  it("passes the fault on, and the list of labels names only whole labels, wherever it fails", async () => {
    const quota = () => {
      throw new Fault("quota", "The disk is full");
    };
    await atEach(
      quota,
      async (outcome, broken) => {
        expect((await faultOf(outcome)).tag, `${broken.kind} ${broken.key}`).toBe("quota");
        expect(keysOf("nuclei")).toEqual([]);
        expect(await listed()).toEqual([]);
      },
      () => attempt(image),
    );
  }, 30_000);

  it("leaves at worst an unlisted label where the store is gone for good, which the next run replaces", async () => {
    await atEach(
      () => {
        store.before = () => {
          throw new Fault("denied", "The folder is gone");
        };
        throw new Fault("denied", "The folder is gone");
      },
      async (outcome) => {
        expect((await faultOf(outcome)).tag).toBe("denied");
        store.before = () => undefined;
        expect(await listed()).toEqual(["other"]);
        // Killed between its last two steps, a label is whole but not listed; then it is the user's to replace.
        const left = store.spec.entries.get("/labels/nuclei/.zattrs");
        const isWhole = new TextDecoder().decode(left).includes('"summary"');
        await attempt(image, { replace: isWhole });
        expect(await listed()).toEqual(["other", "nuclei"]);
      },
      () => attempt(image),
      () => attempt(image, { name: "other" }),
    );
  }, 30_000);
});

describe("a run that ends early", () => {
  it("stops what is still being computed", async () => {
    const untilStopped = (signal: AbortSignal | undefined) =>
      new Promise<never>((_, reject) => {
        signal?.addEventListener("abort", () => reject(new Error("Stopped")));
      });
    const executor: Executor = {
      size: 2,
      compute: async ({ index }, { signal }) =>
        index > 0 ? untilStopped(signal) : { kind: "label", labels: new Uint32Array(1), count: 1 },
    };
    const job = { recipe: recipeFor(boxes), replace: false, version: "1" };
    const tools = { executor, onEvent: () => undefined };
    const fault = await faultOf(run(image, job, tools));
    expect(fault.message).toBe('The result for "ROI_0" has 1 voxels instead of 960');
    expect(keysOf("nuclei")).toEqual([]);
  });
});

describe("a run whose ROIs fail", () => {
  it("leaves those out and says so", async () => {
    const news: RunEvent[] = [];
    const summary = await attempt(image, {
      failing: [1, 3],
      onEvent: (event) => news.push(event),
    });
    expect(summary.rois.map(({ kind }) => kind)).toEqual(["done", "failed", "done", "failed"]);
    expect(news.filter(({ kind }) => kind === "failed")).toHaveLength(2);
    expect(await listed()).toEqual(["nuclei"]);
  });

  it("fails where none is left", async () => {
    const fault = await faultOf(attempt(image, { failing: [0, 1, 2, 3] }));
    expect(fault.message).toBe("No result for ROI_0");
    expect(keysOf("nuclei")).toEqual([]);
  });
});

describe("a name that is taken", () => {
  it("is refused, and the label there is left alone", async () => {
    await attempt(image);
    const before = keysOf("nuclei").length;
    expect((await faultOf(attempt(image))).tag).toBe("conflict");
    expect(keysOf("nuclei")).toHaveLength(before);
    expect(await listed()).toEqual(["nuclei"]);
  });

  it("is replaced on request: off the list, removed, made, listed", async () => {
    await attempt(image);
    store.operations.length = 0;
    await attempt(image, { replace: true, failing: [0] });
    const writes = store.operations.filter(({ kind }) => kind === "set" || kind === "delete");
    expect(writes.slice(0, 4)).toEqual([
      { kind: "delete", key: "/labels/.zmetadata" },
      { kind: "delete", key: "/.zmetadata" },
      { kind: "set", key: "/labels/.zattrs" },
      { kind: "delete", key: "/labels/nuclei" },
    ]);
    expect(writes.at(-1)).toEqual({ kind: "set", key: "/labels/.zattrs" });
    expect(await listed()).toEqual(["nuclei"]);
    expect(keysOf("nuclei")).not.toContain("/labels/nuclei/0/0/0");
  });
});
