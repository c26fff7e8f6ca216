/** A multiscale as a value, for tests of what only looks at its numbers: nothing is stored. */
import { gridOf } from "../ome/axes.ts";
import type { Axis, AxisName, Level, Multiscale } from "../ome/multiscale.ts";
import type { NumberType } from "../zarr/array.ts";
import { MemoryStore } from "../zarr/memory-store.ts";

export interface LevelSpec {
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  /** Per axis. */
  readonly scale: readonly number[];
}

/** @param axes "tczyx" or fewer of them; levels are named "0", "1", … and their arrays by path "img/0". */
export function pyramid(
  axes: string,
  levels: readonly LevelSpec[],
  { dtype = "uint16", fill = 0 }: { dtype?: NumberType; fill?: number } = {},
): Multiscale {
  const store = new MemoryStore();
  const named: Axis[] = [...axes].map((name) => ({
    name: name as AxisName,
    unit: "yx".includes(name) ? "micrometer" : undefined,
  }));
  const [finest, ...coarser] = levels.map(
    ({ shape, chunks, scale }, i): Level => ({
      name: String(i),
      array: {
        store,
        format: 2,
        path: `img/${i}`,
        shape,
        chunks,
        dtype,
        fill,
        attributes: {},
        stored: {},
      },
      scale,
      translation: scale.map(() => 0),
      grid: gridOf(named, shape, scale),
    }),
  );
  if (finest === undefined) throw new RangeError("a pyramid needs a level");
  return {
    path: "img",
    store,
    name: "img",
    zarrFormat: 2,
    version: "0.4",
    axes: named,
    levels: [finest, ...coarser],
    problems: [],
  };
}
