/** Which row of a feature table is about which label, as columns: sorted once, found by halving. */

export interface FeatureRows {
  /** Each label that has a row, ascending. */
  readonly labels: Float64Array<ArrayBuffer>;
  /** The row of each; the first, where a label has several. */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** How many labels have several rows, as where objects were measured in each ROI that cuts them. */
  readonly repeated: number;
  /** How many rows are about none. */
  readonly unknown: number;
}

/** @param labels what each row is about; NaN is nothing */
export function joinByLabel(labels: Float64Array): FeatureRows {
  const at = (row: number): number => labels[row] ?? Number.NaN;
  const known = Uint32Array.from(labels.keys()).filter((row) => !Number.isNaN(at(row)));
  known.sort((a, b) => at(a) - at(b) || a - b);
  const isFirst = (row: number, i: number): boolean => i === 0 || at(row) !== at(known[i - 1] ?? 0);
  const rows = known.filter(isFirst);
  const second = known.filter((row, i) => !isFirst(row, i) && isFirst(known[i - 1] ?? 0, i - 1));
  return {
    labels: Float64Array.from(rows, at),
    rows,
    repeated: second.length,
    unknown: labels.length - known.length,
  };
}

/** The row about a label; undefined where there is none. */
export function rowOf({ labels, rows }: FeatureRows, label: number): number | undefined {
  let [from, to] = [0, labels.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((labels[middle] ?? 0) < label) from = middle + 1;
    else to = middle;
  }
  return labels[from] === label ? rows[from] : undefined;
}
