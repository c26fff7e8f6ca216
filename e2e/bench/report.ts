/** What a bench says: a table for people, then one line of JSON for tools. */

export type Numbers = Readonly<Record<string, number>>;

/** Numbers by name, or groups of them. */
interface Nested {
  readonly [name: string]: number | Nested;
}

/** Prints rows of a name and numbers, their columns named by the first row's keys, and the summary as the last line. */
export function report(rows: ReadonlyMap<string, Numbers>, summary: Nested): void {
  printTable(rows);
  console.log(JSON.stringify(rounded(summary)));
}

/** Prints one row as soon as it is known: a bench that is cut off has said what it found. */
export function printRow(name: string, row: Numbers): void {
  console.log(name, JSON.stringify(rounded(row)));
}

export function printTable(rows: ReadonlyMap<string, Numbers>): void {
  console.table(Object.fromEntries([...rows].map(([name, row]) => [name, rounded(row)])));
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Three digits are what a shared machine can promise; counts stay whole. */
function rounded(row: Nested): Nested {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === "number" ? short(value) : rounded(value),
    ]),
  );
}

function short(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(3));
}
