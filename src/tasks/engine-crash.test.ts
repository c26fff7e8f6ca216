/** Runs that are killed, paused, cancelled, tried again or taken back: what is on disk afterwards, and what can go on. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault, isFault } from "../base/fault.ts";
import { pixelBox } from "../geometry/box.ts";
import type { Image } from "../ome/multiscale.ts";
import { openImage } from "../ome/open-image.ts";
import {
  caseExecutor,
  caseImage,
  caseMakes,
  caseRecipe,
  type EngineCase,
  engineCases,
  sequentially,
  unitsOfCase,
} from "../testing/engine-cases.ts";
import { CHUNK, expectOutput } from "../testing/engine-output.ts";
import { gate } from "../testing/gate.ts";
import { type Operation, WatchedStore } from "../testing/watched-store.ts";
import type { Key } from "../zarr/store.ts";
import type { RunTools } from "./carry-out.ts";
import type { RunEvent } from "./events.ts";
import { readPast } from "./past.ts";
import { resumeRun, retryFailed, run, undoRun } from "./run.ts";

/** The disk of a run and its folder, which can die together at any operation. */
class Machine {
  readonly disk = new WatchedStore();
  readonly folder = new WatchedStore();
  readonly given: EngineCase;
  /** Operations until it dies. */
  left = Number.POSITIVE_INFINITY;
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
  ) {
    const { given } = this;
    const { replace = false, ...signal } = options;
    const job = { recipe: caseRecipe(given), makes: caseMakes(given), replace, version: "1" };
    return run(await this.image(), job, this.tools(rest), signal);
  }

  /** Goes on, or begins where nothing was begun. */
  async goOn() {
    const past = await readPast(this.folder);
    return past ? resumeRun(await this.image(), this.tools()) : this.run();
  }
}

async function machineFor(given: EngineCase): Promise<Machine> {
  const machine = new Machine(given);
  await caseImage(machine.disk, given);
  machine.disk.operations.length = 0;
  return machine;
}

const succeeding = (given: EngineCase) =>
  unitsOfCase(given).filter((index) => !given.failing.includes(index));

const tagOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: unknown) => (isFault(error) ? error.tag : String(error)),
  );

/** Everything but the folders that hold it, by key. */
const filesOf = (store: WatchedStore) => new Map([...store.spec.entries].sort());

/** Four ROIs that overlap, in ten chunks of a label with two levels, one of which fails. */
const plain: EngineCase = {
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

/** Kills a run at an operation, lets it go on, and checks what came of it. @returns whether it came so far. */
async function killAndGoOn(given: EngineCase, operations: number): Promise<boolean> {
  const machine = await machineFor(given);
  machine.left = operations;
  await machine.run().catch(() => undefined);
  const wasKilled = machine.isDead;
  machine.revive();
  const summary = await machine.goOn();
  await expectOutput(await machine.image(), given, sequentially(given, [succeeding(given)]));
  const sets = machine.chunkSets;
  expect(sets.length - new Set(sets).size).toBe(summary.repeats);
  expect(machine.disk.collisions).toEqual([]);
  return wasKilled;
}

describe("a run that is killed", () => {
  it("goes on to what it would have been, wherever it was killed, and counts what it wrote twice", async () => {
    let operations = 0;
    while (await killAndGoOn(plain, operations)) operations++;
    expect(operations).toBeGreaterThan(100);
  }, 60_000);

  it("does so in random cases", async () => {
    await fc.assert(
      fc.asyncProperty(engineCases, fc.nat(150), async (given, operations) => {
        await killAndGoOn(given, operations);
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it("goes on although it was killed again and again", async () => {
    const machine = await machineFor(plain);
    for (let kills = 0; ; kills++) {
      machine.left = 100;
      const end = await tagOf(machine.goOn());
      if (end === "done") {
        expect(kills).toBeGreaterThan(2);
        break;
      }
      expect(end).toBe("denied");
      machine.revive();
    }
    machine.revive();
    await expectOutput(await machine.image(), plain, sequentially(plain, [succeeding(plain)]));
  });

  it("computes only ROIs again that touch a chunk which is not stored", async () => {
    const machine = await machineFor({ ...plain, failing: [] });
    const onEvent = (event: RunEvent) => {
      // The first ROI shares chunks 0 to 2 with the second alone, and these are stored.
      if (event.kind === "retired" && event.roi.name === "ROI_2") machine.left = 25;
    };
    expect(await tagOf(machine.run({ onEvent }))).toBe("denied");
    machine.revive();
    const stored = (await readPast(machine.folder))?.pass.stored[0];
    expect(stored?.map(([, x]) => x)).toEqual(expect.arrayContaining([0, 1, 2]));
    const executor = caseExecutor(machine.given);
    await resumeRun(await machine.image(), machine.tools({ executor }));
    expect(executor.computed).not.toContain(0);
    expect(executor.computed).toContain(3);
  });

  it("is refused where the image or the output is not as it was", async () => {
    const machine = await machineFor(plain);
    machine.left = 60;
    await machine.run().catch(() => undefined);
    machine.revive();
    await machine.disk.delete("/well/0/labels/made/.zattrs");
    const gone = resumeRun(await machine.image(), machine.tools());
    await expect(gone).rejects.toMatchObject({ tag: "conflict", message: /cancel it/ });
    const other = { ...machine.given, shape: [1, 8, 500] } as const;
    await caseImage(machine.disk, other);
    const changed = resumeRun(await machine.image(), machine.tools());
    await expect(changed).rejects.toMatchObject({ tag: "conflict", message: /image is not as it/ });
  });
});

describe("a run that is taken over", () => {
  it("writes nothing any more", async () => {
    const given = { ...plain, failing: [], turns: [0], workers: 1, bytes: 2 ** 30 };
    const machine = await machineFor(given);
    const held = gate();
    const reached = gate();
    const executor = caseExecutor(machine.given);
    const slow = {
      ...executor,
      compute: async (...[unit, options]: Parameters<typeof executor.compute>) => {
        if (unit.index === 2) {
          reached.open();
          await held.passed;
        }
        return executor.compute(unit, options);
      },
    };
    const old = tagOf(machine.run({ executor: slow }));
    await reached.passed;
    await machine.goOn();
    const after = filesOf(machine.disk);
    machine.disk.operations.length = 0;
    held.open();
    expect(await old).toBe("conflict");
    expect(machine.disk.sets).toEqual([]);
    expect(filesOf(machine.disk)).toEqual(after);
  });
});

describe("a run that is paused", () => {
  it("issues no more, keeps what is done, and goes on", async () => {
    for (const kind of ["planned", "started", "retired", "stored"]) {
      const machine = await machineFor(plain);
      const pause = new AbortController();
      const executor = caseExecutor(plain);
      const onEvent = (event: RunEvent) => {
        if (event.kind === kind) pause.abort();
      };
      const end = await tagOf(machine.run({ pause: pause.signal, executor, onEvent }));
      // The last chunk may be stored when no ROI is left to wait for.
      expect(end, kind).toMatch(kind === "stored" ? /paused|done/ : /paused/);
      if (kind === "planned") expect(executor.computed).toEqual([]);
      if (kind === "started") expect(executor.computed).toEqual([0]);
      const summary = await machine.goOn();
      await expectOutput(await machine.image(), plain, sequentially(plain, [succeeding(plain)]));
      expect(summary.repeats).toBe(0);
      expect(new Set(machine.chunkSets).size).toBe(machine.chunkSets.length);
    }
  });
});

describe("a run that is cancelled", () => {
  it("leaves the disk as it was, wherever it is cancelled, also where it replaced something", async () => {
    for (const kind of ["planned", "started", "retired", "stored"] as const) {
      const machine = await machineFor(plain);
      await machine.run();
      const before = filesOf(machine.disk);
      const stop = new AbortController();
      const onEvent = (event: RunEvent) => {
        if (event.kind === kind) stop.abort();
      };
      expect(await tagOf(machine.run({ onEvent }, { signal: stop.signal, replace: true }))).toBe(
        "aborted",
      );
      expect(filesOf(machine.disk)).toEqual(before);
      expect(await machine.folder.list("/")).toEqual([]);
    }
  });
});

describe("a run that failed for want of room", () => {
  it("goes on once there is room", async () => {
    const machine = await machineFor(plain);
    let room = 3;
    const { before } = machine.disk;
    machine.disk.before = (operation) => {
      if (operation.kind === "set" && CHUNK.test(operation.key) && --room < 0)
        throw new Fault("quota", "There is no room left");
      return before(operation);
    };
    expect(await tagOf(machine.run())).toBe("quota");
    room = Number.POSITIVE_INFINITY;
    await machine.goOn();
    await expectOutput(await machine.image(), plain, sequentially(plain, [succeeding(plain)]));
  });
});

describe("undo", () => {
  it("leaves the disk as it was before the run, wherever it is cut off and done again", async () => {
    for (let operations = 0; ; operations += 3) {
      const machine = await machineFor(plain);
      await machine.run();
      const before = filesOf(machine.disk);
      await machine.run({ executor: caseExecutor({ ...plain, masked: false }) }, { replace: true });
      expect(filesOf(machine.disk)).not.toEqual(before);
      const image = await machine.image();
      machine.left = operations;
      const end = await tagOf(undoRun(image, machine.folder));
      machine.revive();
      if (await readPast(machine.folder)) await undoRun(await machine.image(), machine.folder);
      expect(filesOf(machine.disk)).toEqual(before);
      if (end === "done") break;
    }
  }, 60_000);

  it("removes what is new, and then there is nothing to take back", async () => {
    const machine = await machineFor(plain);
    const before = filesOf(machine.disk);
    await machine.run();
    await undoRun(await machine.image(), machine.folder);
    const left = [...filesOf(machine.disk).keys()].filter((key) => !before.has(key));
    expect(left).toEqual([
      "/well/0/labels/.zattrs",
      "/well/0/labels/.zgroup",
      "/well/0/tables/.zattrs",
      "/well/0/tables/.zgroup",
    ]);
    const again = undoRun(await machine.image(), machine.folder);
    await expect(again).rejects.toMatchObject({ tag: "missing" });
  });
});

describe("ROIs that failed", () => {
  it("are tried again after the others, each chunk read and written once", async () => {
    const check = async (given: EngineCase, killAt: number): Promise<void> => {
      const machine = await machineFor(given);
      await machine.run();
      machine.chunkSets.length = 0;
      const executor = caseExecutor(given, () => false);
      const image = await machine.image();
      const retry = () => retryFailed(image, machine.tools({ executor }));
      machine.left = killAt;
      const end = await tagOf(retry());
      machine.revive();
      if (end !== "done") {
        const past = await readPast(machine.folder);
        await (past?.isEnded ? retry() : resumeRun(image, machine.tools({ executor })));
      }
      const failed = unitsOfCase(given).filter((index) => given.failing.includes(index));
      await expectOutput(
        await machine.image(),
        given,
        sequentially(given, [succeeding(given), failed]),
      );
      if (end === "done") expect(new Set(machine.chunkSets).size).toBe(machine.chunkSets.length);
    };
    await check(plain, Number.POSITIVE_INFINITY);
    for (let at = 0; at < 60; at += 2) await check(plain, at);
    const failing = engineCases.filter(
      (given) =>
        unitsOfCase(given).some((index) => given.failing.includes(index)) &&
        succeeding(given).length > 0,
    );
    await fc.assert(
      fc.asyncProperty(failing, (given) => check(given, Number.POSITIVE_INFINITY)),
      { numRuns: 100 },
    );
  }, 60_000);

  it("are all there is to try again", async () => {
    const machine = await machineFor({ ...plain, failing: [] });
    await machine.run();
    const retry = retryFailed(await machine.image(), machine.tools());
    await expect(retry).rejects.toMatchObject({ tag: "input" });
  });
});
