/** Counts as sentences have them: in groups of three digits, and with their noun. */

const digits = new Intl.NumberFormat("en");

/** "3,006". */
export function grouped(count: number): string {
  return digits.format(count);
}

/** "1 ROI", "3,006 ROIs". */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}
