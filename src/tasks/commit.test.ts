/** Results are committed in order, with ids that no other ROI has. */
import { expect, it } from "vitest";
import { pixelBox, worldBox } from "../geometry/box.ts";
import type { Patch } from "../zarr/patch.ts";
import { OrderedCommit } from "./commit.ts";
import type { Ids } from "./makes.ts";
import type { Unit } from "./plan.ts";
import type { UnitResult } from "./unit-result.ts";

const unit = (index: number): Unit => ({
  index,
  roi: { id: index, name: `ROI_${index}`, box: worldBox([0, 0, 0], [1, 1, 2]) },
  t: 0,
  c: 0,
  box: pixelBox([0, 0, 0], [1, 1, 2]),
  read: pixelBox([0, 0, 0], [1, 1, 2]),
  chunks: [[0, 0]],
});

function committing(ids: Ids = { kind: "dense" }) {
  const patches: Patch[] = [];
  const commit = new OrderedCommit({
    axes: [
      { name: "y", unit: undefined },
      { name: "x", unit: undefined },
    ],
    ids,
    sink: { put: async (patch) => void patches.push(patch), release: async () => undefined },
    objects: 0,
  });
  const retire = (one: Unit, result: UnitResult) => commit.write(commit.number(one, result));
  return { commit, retire, patches };
}

const result = (count: number, ...labels: number[]): UnitResult => ({
  kind: "label",
  labels: Uint32Array.from(labels),
  count,
});

it("raises ids above those before, up to the last that uint32 holds, and no further", async () => {
  const { commit, retire, patches } = committing();
  await retire(unit(0), result(2 ** 32 - 3, 1, 0));
  await retire(unit(1), result(2, 0, 2));
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
  expect(() => commit.number(unit(2), result(1, 1, 1))).toThrow(
    expect.objectContaining({ tag: "unsupported" }),
  );
});

it("gives each ROI the ids of its block, whatever the others have, and no more of them", () => {
  const { commit } = committing({ kind: "block", size: 3 });
  const idsOf = (index: number, made: UnitResult) => [
    ...(commit.number(unit(index), made).patch?.data ?? []),
  ];
  expect(idsOf(1, result(2, 2, 0))).toEqual([5, 0]);
  expect(idsOf(4, result(3, 1, 3))).toEqual([13, 15]);
  expect(() => commit.number(unit(5), result(4, 1, 4))).toThrow(/each ROI is given 3 ids/);
});

it("raises the labels of rows with those of voxels", () => {
  const { commit } = committing();
  commit.number(unit(0), result(2, 1, 2));
  const rows = { labels: Uint32Array.of(1, 2), columns: new Map() };
  expect(commit.number(unit(1), { ...result(2, 1, 2), rows }).rows?.labels).toEqual(
    Uint32Array.of(3, 4),
  );
});

it("commits in order only", () => {
  const { commit } = committing();
  commit.number(unit(1), result(1, 1, 0));
  expect(() => commit.number(unit(0), result(1, 1, 0))).toThrow("2 is next");
});
