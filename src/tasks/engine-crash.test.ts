/** Runs that are killed, paused, cancelled, tried again or taken back: what is on disk afterwards, and what can go on. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pixelBox } from "../geometry/box.ts";
import {
  caseExecutor,
  caseImage,
  type EngineCase,
  engineCases,
  unitsOfCase,
} from "../testing/engine-cases.ts";
import { expectOutput } from "../testing/engine-output.ts";
import { sequentially } from "../testing/engine-plainly.ts";
import { gate } from "../testing/gate.ts";
import { expectPlain, filesOf, machineFor, plain, succeeding, tagOf } from "../testing/machine.ts";
import type { RunEvent } from "./events.ts";
import { readPast } from "./past.ts";
import { resumeRun, retryFailed, undoRun } from "./run.ts";

/** Kills a run at an operation, lets it go on, and checks what came of it. @returns whether it came so far. */
async function killAndGoOn(given: EngineCase, operations: number): Promise<boolean> {
  const machine = await machineFor(given);
  machine.left = operations;
  await machine.run().catch(() => undefined);
  const wasKilled = machine.isDead;
  machine.revive();
  const summary = await machine.goOn();
  await expectPlain(machine);
  const sets = machine.chunkSets;
  expect(sets.length - new Set(sets).size).toBe(summary.repeats);
  expect(machine.disk.collisions).toEqual([]);
  return wasKilled;
}

/** A label with the image's levels, fed from the middle one, and the table of its objects' boxes. */
const ofTheImage: EngineCase = {
  ...plain,
  shape: [1, 4, 120],
  finer: [1, 9, 241],
  chunk: [1, 4, 20],
  boxes: [0, 20, 36, 60].map((x) => pixelBox([0, 0, x], [1, 4, x + 30])),
  table: "masking",
};

describe("a run that is killed", () => {
  it("goes on to what it would have been, wherever it was killed, and counts what it wrote twice", async () => {
    for (const given of [plain, ofTheImage]) {
      let operations = 0;
      while (await killAndGoOn(given, operations)) operations++;
      expect(operations).toBeGreaterThan(100);
    }
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
    await expectPlain(machine);
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
    const onEvent = (event: RunEvent) => {
      if (event.kind === "retired") machine.left = 10;
    };
    expect(await tagOf(machine.run({ onEvent }))).toBe("denied");
    machine.revive();
    await machine.disk.delete("/well/0/labels/made/.zattrs");
    const gone = resumeRun(await machine.image(), machine.tools());
    await expect(gone).rejects.toMatchObject({
      tag: "conflict",
      message: expect.stringMatching(/cancel it/),
    });
    const other = { ...machine.given, shape: [1, 8, 500] } as const;
    await caseImage(machine.disk, other);
    const changed = resumeRun(await machine.image(), machine.tools());
    await expect(changed).rejects.toMatchObject({
      tag: "conflict",
      message: expect.stringMatching(/image is not as it/),
    });
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
      await expectPlain(machine);
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
    // The groups "labels" and "tables" among them.
    expect(filesOf(machine.disk)).toEqual(before);
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
