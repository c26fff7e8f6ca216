/** Previews: the same steps as a run, the newest question alone is answered, and nothing is written. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Image } from "../ome/multiscale.ts";
import { computeTask } from "../tasks/compute.ts";
import type { Executor } from "../tasks/executor.ts";
import type { Prepared } from "../tasks/prepare.ts";
import type { Recipe } from "../tasks/recipe.ts";
import { startTrials } from "../tasks/trial.ts";
import type { Workers } from "../tasks/worker-executor.ts";
import { type Gate, gate } from "../testing/gate.ts";
import { recipeFor } from "../testing/label-runs.ts";
import { fields, makeNuclei, nucleiPerField } from "../testing/nuclei.ts";
import { testSession } from "../testing/services.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { switchPreview } from "./preview.ts";
import { Previewer } from "./previewer.ts";
import type { Session } from "./session.ts";

const middle = [0.5, 60, 60] as const;
const none = new Set<number>();
const recipe = recipeFor(fields);
const smooth = (sigma: number): Recipe =>
  ({ ...recipe, params: { ...recipe.params, sigma } }) as Recipe;

/** Tells that a unit is computed, and holds it until it is let go. */
interface Hold {
  readonly reached: Gate;
  readonly released: Gate;
}

const hold = (): Hold => ({ reached: gate(), released: gate() });

/** Workers on this thread; units are held in turn, where there is anything to hold them. */
function workersHere(holds: (Hold | undefined)[] = []) {
  const seen = { started: 0, closed: 0, asked: 0 };
  const start = (): Workers => {
    seen.started++;
    const reader = new ChunkReader();
    const executorFor = ({ inputs, taskOf }: Prepared): Executor => ({
      size: 1,
      compute: async (unit, options) => {
        seen.asked++;
        const hold = holds.shift();
        hold?.reached.open();
        await hold?.released.passed;
        return computeTask(reader, inputs, taskOf(unit), options);
      },
    });
    return { executorFor, close: () => void seen.closed++ };
  };
  return { start, seen };
}

let store: MemoryStore;
let session: Session;
let image: Image;
const preview = () => session.preview.getState();
const counts = () =>
  preview().parts.map(({ unit, outcome }) => [
    unit.roi.name,
    outcome.kind === "done" && outcome.result.kind === "label" ? outcome.result.count : undefined,
  ]);

beforeEach(async () => {
  store = new MemoryStore();
  session = testSession();
  image = await makeNuclei(store);
  switchPreview(session, true);
});

describe("a preview", () => {
  it("is of the ROI looked at, tells its objects and its time, and writes nothing", async () => {
    const before = new Map(store.spec.entries);
    await new Previewer(session, image, workersHere().start, startTrials).ask({
      recipe,
      selection: none,
      at: middle,
    });
    expect(counts()).toEqual([["ROI_0", nucleiPerField]]);
    expect(preview()).toMatchObject({ isBusy: false, problem: undefined, ms: expect.any(Number) });
    expect(preview().measured?.voxels).toBe(150 * 150);
    expect(store.spec.entries).toEqual(before);
  });

  it("is of the selected ROIs, in their order", async () => {
    const previewer = new Previewer(session, image, workersHere().start, startTrials);
    await previewer.ask({ recipe, selection: new Set([3, 1]), at: middle });
    expect(counts().map(([name]) => name)).toEqual(["ROI_1", "ROI_3"]);
  });

  it("answers the newest question alone, and shows what was found before until then", async () => {
    const slow = hold();
    const { start } = workersHere([undefined, slow]);
    const previewer = new Previewer(session, image, start, startTrials);
    await previewer.ask({ recipe, selection: none, at: middle });
    const [found] = preview().parts;
    const first = previewer.ask({ recipe: smooth(30), selection: none, at: middle });
    await slow.reached.passed;
    expect(preview().isBusy).toBe(true);
    expect(preview().parts).toEqual([found]);
    await previewer.ask({ recipe: smooth(1), selection: none, at: middle });
    const [newest] = preview().parts;
    expect(newest?.outcome).not.toBe(found?.outcome);
    expect(counts()).toEqual([["ROI_0", nucleiPerField]]);
    // The older question is answered last, and nobody listens.
    slow.released.open();
    await first;
    expect(preview().parts).toEqual([newest]);
    expect(preview().isBusy).toBe(false);
  });

  it("says of an ROI that fails why, beside those that do not", async () => {
    const previewer = new Previewer(
      session,
      image,
      () => {
        const { executorFor } = workersHere().start();
        return {
          close: () => undefined,
          executorFor: (prepared) => ({
            size: 1,
            compute: async (unit, options) => {
              if (unit.roi.id === 1) throw new Error("There is no light");
              return executorFor(prepared).compute(unit, options);
            },
          }),
        };
      },
      startTrials,
    );
    await previewer.ask({ recipe, selection: new Set([0, 1]), at: middle });
    expect(counts()).toEqual([
      ["ROI_0", nucleiPerField],
      ["ROI_1", undefined],
    ]);
    expect(preview().parts[1]?.outcome).toEqual({ kind: "failed", sentence: "There is no light" });
  });

  it("says why where there is nothing to try the task on", async () => {
    const previewer = new Previewer(session, image, workersHere().start, startTrials);
    await previewer.ask({ recipe: { ...recipe, rois: [] }, selection: none, at: middle });
    expect(preview()).toMatchObject({ parts: [], problem: "There is no ROI to try the task on" });
  });

  it("is gone once it is put away, with an answer on its way; how long it takes stays known", async () => {
    const held = hold();
    const { start } = workersHere([undefined, held]);
    const previewer = new Previewer(session, image, start, startTrials);
    await previewer.ask({ recipe, selection: none, at: middle });
    const asked = previewer.ask({ recipe: smooth(1), selection: none, at: middle });
    await held.reached.passed;
    previewer.stop();
    switchPreview(session, false);
    held.released.open();
    await asked;
    expect(preview()).toMatchObject({ isOn: false, isBusy: false, parts: [], ms: undefined });
    expect(preview().measured).toBeDefined();
  });
});

describe("the workers of previews", () => {
  it("are kept from one to the next, and let go of when they rest", async () => {
    const { start, seen } = workersHere();
    const previewer = new Previewer(session, image, start, startTrials);
    await previewer.ask({ recipe, selection: none, at: middle });
    await previewer.ask({ recipe: smooth(1), selection: none, at: middle });
    expect(seen).toEqual({ started: 1, closed: 0, asked: 2 });
    previewer.rest();
    await previewer.ask({ recipe, selection: none, at: middle });
    expect(seen).toEqual({ started: 2, closed: 1, asked: 3 });
  });
});
