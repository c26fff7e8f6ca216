import { expect, it } from "vitest";
import { isFault } from "../base/fault.ts";
import { pixelBox, worldBox } from "../geometry/box.ts";
import type { Patch } from "../zarr/patch.ts";
import { OrderedCommit } from "./commit.ts";
import type { Unit } from "./plan.ts";

const unit = (index: number): Unit => ({
  index,
  roi: { id: index, name: `ROI_${index}`, box: worldBox([0, 0, 0], [1, 1, 2]) },
  box: pixelBox([0, 0, 0], [1, 1, 2]),
  chunks: [[0, 0, 0]],
});

function committing(): { readonly commit: OrderedCommit; readonly patches: Patch[] } {
  const patches: Patch[] = [];
  const commit = new OrderedCommit({
    axes: [
      { name: "y", unit: undefined },
      { name: "x", unit: undefined },
    ],
    t: 0,
    chunk: [1, 4, 4],
    shape: [1, 4, 4],
    sink: { put: async (patch) => void patches.push(patch) },
  });
  return { commit, patches };
}

const result = (count: number, ...labels: number[]) => ({
  labels: Uint32Array.from(labels),
  count,
  threshold: 0,
});

it("raises ids above those before, up to the last that uint32 holds, and no further", async () => {
  const { commit, patches } = committing();
  await commit.retire(unit(0), result(2 ** 32 - 3, 1, 0));
  await commit.retire(unit(1), result(2, 0, 2));
  expect(patches.map(({ min, data }) => [min, [...data]])).toEqual([
    [
      [0, 0],
      [1, 0],
    ],
    [
      [0, 0],
      [0, 2 ** 32 - 1],
    ],
  ]);
  const beyond: unknown = await commit.retire(unit(2), result(1, 1, 1)).catch((error) => error);
  expect(isFault(beyond, "unsupported")).toBe(true);
  expect(patches).toHaveLength(2);
});

it("commits in order only", async () => {
  const { commit } = committing();
  await expect(commit.retire(unit(1), result(1, 1, 0))).rejects.toThrow("0 is next");
});
