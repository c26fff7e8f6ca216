/** What a bench says: a table for people, then one line of JSON for tools. */

export type Numbers = Readonly<Record<string, number>>;

/** Prints rows of a name and numbers, their columns named by the first row's keys, and the summary as the last line. */
export function report(rows: ReadonlyMap<string, Numbers>, summary: Numbers): void {
  console.table(Object.fromEntries([...rows].map(([name, row]) => [name, rounded(row)])));
  console.log(JSON.stringify(rounded(summary)));
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Three digits are what a shared machine can promise; counts stay whole. */
function rounded(row: Numbers): Numbers {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      Number.isInteger(value) ? value : Number(value.toPrecision(3)),
    ]),
  );
}
