/** Counts as sentences have them: in groups of three digits, and with their noun. */

const digits = new Intl.NumberFormat("en");

/** "3,006". */
export function grouped(count: number): string {
  return digits.format(count);
}

/** "ROI" of one, "ROIs" of any other number. */
export function nounOf(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? one : many;
}

/** "1 ROI", "3,006 ROIs". */
export function counted(count: number, one: string, many?: string): string {
  return `${grouped(count)} ${nounOf(count, one, many)}`;
}
