/** Runs on disks that fill up, that may no longer be used, and that other programs use too: a sentence, and nothing torn. */
import { describe, expect, it } from "vitest";
import { Fault } from "../base/fault.ts";
import { openImage } from "../ome/open-image.ts";
import { caseExecutor } from "../testing/engine-cases.ts";
import { CHUNK, expectLevels } from "../testing/engine-output.ts";
import { sequentially } from "../testing/engine-plainly.ts";
import { FullDisk } from "../testing/full-disk.ts";
import {
  expectPlain,
  filesOf,
  type Machine,
  machineFor,
  plain,
  succeeding,
  tagOf,
} from "../testing/machine.ts";
import { jsonBytes, readJson } from "../zarr/json-file.ts";
import type { Key } from "../zarr/store.ts";
import type { RunEvent } from "./events.ts";
import { settleOlderRun } from "./older-run.ts";
import { readPast } from "./past.ts";
import { undoRun } from "./run.ts";

/** Calls back once, when so many ROIs have been taken. */
function atRetired(count: number, act: () => void): (event: RunEvent) => void {
  let left = count;
  return ({ kind }) => {
    if (kind === "retired" && --left === 0) act();
  };
}

/** Runs that are cut off when half of the ROIs are in. */
async function cutOff(machine: Machine, replace: boolean): Promise<void> {
  const onEvent = atRetired(2, () => {
    machine.left = 0;
  });
  await tagOf(machine.run({ onEvent }, { replace }));
  machine.revive();
}

describe("a disk that fills up", () => {
  it("leaves what is there valid and can be gone on with, whichever write it is", async () => {
    const check = async (room: number, stores: (machine: Machine) => FullDisk) => {
      const machine = await machineFor(plain);
      const before = filesOf(machine.disk);
      const full = stores(machine);
      const end = await machine.run().catch((error: unknown) => error);
      if (!full.isFull) return false;
      expect(end, `room for ${room}`).toMatchObject({ tag: "quota" });
      const image = await openImage(machine.disk, "well/0");
      expect(image.problems).toEqual([]);
      // Where only the last records of the journal found no room, it is whole.
      if (image.labels.length > 0)
        await expectLevels(image, plain, sequentially(plain, [succeeding(plain)]));
      for (const [key, bytes] of before) expect(machine.disk.spec.entries.get(key)).toEqual(bytes);
      // Where the journal had room, nothing of what is done is lost.
      if (!full.holds(machine.folder))
        expect((await readPast(machine.folder))?.groups, `room for ${room}`).toBeDefined();
      full.makeRoom();
      await machine.goOn();
      await expectPlain(machine);
      expect(machine.disk.collisions).toEqual([]);
      return true;
    };
    const disks: readonly ((room: number) => (machine: Machine) => FullDisk)[] = [
      (room) => (machine) => new FullDisk([machine.disk, machine.folder], room),
      (room) => (machine) => new FullDisk([machine.disk], room),
      (room) => (machine) => new FullDisk([machine.folder], room),
    ];
    for (const disk of disks) {
      let room = 0;
      while (await check(room, disk(room))) room++;
      expect(room).toBeGreaterThan(15);
    }
  }, 60_000);

  it("says at which ROI it was full", async () => {
    const machine = await machineFor(plain);
    const { before } = machine.disk;
    machine.disk.before = (operation) => {
      if (operation.kind === "set" && CHUNK.test(operation.key))
        throw new Fault("quota", "There is no room left");
      return before(operation);
    };
    await expect(machine.run()).rejects.toThrow(
      /^There is no room left \(while "ROI_\d" was written\)$/,
    );
  });
});

describe("leave that is taken back in mid-run", () => {
  it("to read pauses the run and names the ROI, and with leave it goes on", async () => {
    const machine = await machineFor(plain);
    const executor = caseExecutor(plain);
    const compute: typeof executor.compute = async (unit, options) => {
      if (unit.index === 1) throw new Fault("denied", "The browser does not allow it");
      return executor.compute(unit, options);
    };
    const error = await machine.run({ executor: { ...executor, compute } }).catch((e) => e);
    expect(error).toMatchObject({
      tag: "denied",
      message: '"ROI_1" could not be processed: The browser does not allow it',
    });
    await machine.goOn();
    await expectPlain(machine);
  });

  it("to write does so too", async () => {
    const machine = await machineFor(plain);
    const { before } = machine.disk;
    let isAllowed = true;
    machine.disk.before = (operation) => {
      if (operation.kind === "set" && !isAllowed)
        throw new Fault("denied", "The browser does not allow Fovea to write");
      return before(operation);
    };
    const onEvent = atRetired(1, () => {
      isAllowed = false;
    });
    const error = await machine.run({ onEvent }).catch((e) => e);
    expect(error).toMatchObject({
      tag: "denied",
      message: expect.stringMatching(/\(while "ROI_\d" was written\)$/),
    });
    isAllowed = true;
    await machine.goOn();
    await expectPlain(machine);
  });
});

describe("a folder that another program changes in mid-run", () => {
  const made = "/well/0/labels/made/";
  const below = ({ disk }: Machine) =>
    [...disk.spec.entries.keys()].filter((key) => key.startsWith(made));
  const changes: readonly {
    readonly what: string;
    readonly act: (machine: Machine) => void;
    readonly where: string;
  }[] = [
    {
      what: "removes the output",
      act: (machine) => {
        for (const key of below(machine)) machine.disk.spec.entries.delete(key);
      },
      where: "well/0/labels/made",
    },
    {
      what: "removes a level of it",
      act: ({ disk }) => disk.spec.entries.delete(`${made}1/.zarray`),
      where: "well/0/labels/made/1",
    },
    {
      what: "makes a level anew",
      act: ({ disk }) => {
        const of = (level: number): Key => `${made}${level}/.zarray` as Key;
        const other = disk.spec.entries.get(of(0));
        if (other) disk.spec.entries.set(of(1), other);
      },
      where: "well/0/labels/made/1",
    },
  ];
  for (const { what, act, where } of changes)
    it(`and ${what}: the run says so, lists nothing, and can be taken back`, async () => {
      const machine = await machineFor(plain);
      const before = filesOf(machine.disk);
      const onEvent = atRetired(1, () => act(machine));
      await expect(machine.run({ onEvent })).rejects.toMatchObject({
        tag: "conflict",
        message: `Another program has removed or replaced ${where}, so the run cannot go on; cancel it`,
      });
      expect((await machine.image()).labels).toEqual([]);
      await undoRun(await machine.image(), machine.folder);
      expect(filesOf(machine.disk)).toEqual(before);
    });

  it("and puts something else in its place: that is neither listed nor removed", async () => {
    const machine = await machineFor(plain);
    const theirs = jsonBytes({ multiscales: [{ made: "elsewhere" }] });
    const onEvent = atRetired(1, () => {
      for (const key of below(machine)) machine.disk.spec.entries.delete(key);
      machine.disk.spec.entries.set(`${made}.zattrs`, theirs);
    });
    expect(await tagOf(machine.run({ onEvent }))).toBe("conflict");
    await undoRun(await machine.image(), machine.folder);
    expect(machine.disk.spec.entries.get(`${made}.zattrs`)).toEqual(theirs);
  });

  it("and spoils a level while it is paused: it is not gone on with", async () => {
    const machine = await machineFor(plain);
    await cutOff(machine, false);
    machine.disk.spec.entries.delete(`${made}1/.zarray`);
    await expect(machine.goOn()).rejects.toMatchObject({
      tag: "conflict",
      message: expect.stringMatching(/labels\/made.*There is no array/),
    });
  });
});

describe("a run that was cut off", () => {
  it("is not run over while what it replaced is nowhere else", async () => {
    const machine = await machineFor(plain);
    await machine.run();
    const before = filesOf(machine.disk);
    await cutOff(machine, true);
    await expect(machine.run({}, { replace: true })).rejects.toMatchObject({
      tag: "conflict",
      message: expect.stringMatching(/"made" is not finished: resume it or undo it first/),
    });
    await undoRun(await machine.image(), machine.folder);
    expect(filesOf(machine.disk)).toEqual(before);
  });

  it("is taken back where another version of Fovea began it, and forgotten where that ended", async () => {
    const machine = await machineFor(plain);
    await machine.run();
    const before = filesOf(machine.disk);
    await cutOff(machine, true);
    const age = async (): Promise<Fault> => {
      const header = await readJson(machine.folder, "/run.json");
      const recipe = { task: "label-nuclei", level: "0", channel: 0, sigma: 2, rois: [] };
      await machine.folder.set("/run.json", jsonBytes({ ...header, journal: 1, recipe }));
      const error: unknown = await readPast(machine.folder).catch((e: unknown) => e);
      if (!(error instanceof Fault)) throw new Error("It was understood");
      return error;
    };
    const fault = await age();
    expect(fault).toMatchObject({
      tag: "unsupported",
      message: expect.stringMatching(/^Another version of Fovea began/),
    });
    expect(await settleOlderRun(machine.folder, fault)).toMatchObject({
      undoable: "made",
      sentence: expect.stringContaining('"made" is unfinished; press Undo run'),
    });
    await undoRun(await machine.image(), machine.folder);
    expect(filesOf(machine.disk)).toEqual(before);

    await machine.run({}, { replace: true });
    const after = filesOf(machine.disk);
    const settled = await settleOlderRun(machine.folder, await age());
    expect(settled).toMatchObject({
      undoable: undefined,
      sentence: expect.stringMatching(/stays as it is$/),
    });
    expect(await machine.folder.list("/")).toEqual([]);
    expect(filesOf(machine.disk)).toEqual(after);
  });
});
