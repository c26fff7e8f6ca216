/** What a run may hold: no more ids than an ROI is given, no more waiting chunks than there is a place for. */
import { describe, expect, it } from "vitest";
import { pixelBox } from "../geometry/box.ts";
import type { EngineCase } from "../testing/engine-cases.ts";
import { expectOutput } from "../testing/engine-output.ts";
import { sequentially } from "../testing/engine-plainly.ts";
import { expectPlain, machineFor, plain, tagOf } from "../testing/machine.ts";
import { retryFailed, run } from "./run.ts";

describe("more objects than an ROI has ids for", () => {
  /** The third ROI has 5 objects. */
  const given: EngineCase = { ...plain, failing: [], ids: { kind: "block", size: 3 } };

  it("fail that ROI alone, again and again", async () => {
    const machine = await machineFor(given);
    const { rois } = await machine.run();
    expect(rois.map(({ kind }) => kind)).toEqual(["done", "done", "failed", "done"]);
    expect(rois[2]).toMatchObject({
      fault: { message: '"ROI_2" has 5 objects, and each ROI is given 3 ids' },
    });
    const image = await machine.image();
    await expectOutput(image, given, sequentially(given, [[0, 1, 3]]));
    const again = await retryFailed(image, machine.tools());
    expect(again.rois.map(({ kind }) => kind)).toEqual(["done", "done", "failed", "done"]);
    await expectOutput(image, given, sequentially(given, [[0, 1, 3]]));
  });

  it("do so also where the run is killed", async () => {
    for (let operations = 0; ; operations += 3) {
      const machine = await machineFor(given);
      machine.left = operations;
      const end = await tagOf(machine.run());
      machine.revive();
      await machine.goOn();
      await expectOutput(await machine.image(), given, sequentially(given, [[0, 1, 3]]));
      if (end === "done") break;
    }
  }, 60_000);
});

describe("chunks that wait", () => {
  it("are the ones that wait longest where they are put aside", async () => {
    // The first chunk is touched by all ROIs, the second by the first ROI and the last.
    const spans = [120, 60, 60, 60, 60, 120];
    const given: EngineCase = {
      ...plain,
      failing: [],
      shape: [1, 8, 240],
      boxes: spans.map((x) => pixelBox([0, 0, 0], [1, 8, x])),
      // Room for one chunk of 8 × 60 uint32.
      bytes: 2 * 8 * 60 * 4,
    };
    const machine = await machineFor(given);
    expect((await machine.run()).spills).toBe(1);
    await expectPlain(machine);
  });

  it("are too many where there is nowhere to put them aside: refused before anything is written", async () => {
    const given: EngineCase = { ...plain, failing: [] };
    const machine = await machineFor(given);
    const { executor, onEvent } = machine.tools();
    const image = await machine.image();
    const { recipe, makes } = machine;
    const attempt = (bytes: number) =>
      run(image, { recipe, makes, replace: false, version: "1" }, { executor, onEvent, bytes });
    // Chunks 1 and 2 wait from ROI 0 for ROI 1, which 3 and 4 are held back with for ROI 2; half of the bytes are theirs.
    const needed = 2 * 2 * 8 * 60 * 4;
    machine.disk.operations.length = 0;
    await expect(attempt(needed - 1)).rejects.toMatchObject({
      tag: "input",
      message: expect.stringMatching(/^2 chunks \(1 MB\) would wait in memory/),
    });
    expect(machine.disk.operations).toEqual([]);
    await attempt(needed);
    await expectPlain(machine);
  });
});
