/** How wide the grid's columns are, and what they are called in full. */
import { BOX_COLUMNS } from "../../roi/readers.ts";

const NAME_WIDTH = 104;
const NUMBER_WIDTH = 52;
const EXTRA_WIDTH = 96;

/** The full names of the six box columns, by their short ones. */
const BOX_TITLES = new Map(BOX_COLUMNS.map((name) => [name, `${name}_micrometer`]));

export function titleOf(column: string): string {
  return BOX_TITLES.get(column) ?? column;
}

function widthOf(column: string): number {
  if (column === "name") return NAME_WIDTH;
  return BOX_TITLES.has(column) ? NUMBER_WIDTH : EXTRA_WIDTH;
}

export interface GridLayout {
  /** Of CSS: names take what room is left. */
  readonly template: string;
  /** In CSS pixels, what all columns take at the least. */
  readonly width: number;
}

export function layoutOf(columns: readonly string[]): GridLayout {
  const tracks = columns.map((name) =>
    name === "name" ? `minmax(${NAME_WIDTH}px, 1fr)` : `${widthOf(name)}px`,
  );
  const width = columns.reduce((sum, name) => sum + widthOf(name), 0);
  return { template: tracks.join(" "), width };
}
