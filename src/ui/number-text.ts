/** Numbers in little room. */

/** A value of a table, to four digits. */
export function fourDigits(value: number): string {
  return String(Number(value.toPrecision(4)));
}

const UNITS = ["kB", "MB", "GB", "TB"] as const;

/** "1.5 MB", in thousands of bytes. */
export function bytesText(bytes: number): string {
  const power = Math.min(UNITS.length, Math.max(1, Math.floor(Math.log10(bytes || 1) / 3)));
  const value = bytes / 10 ** (3 * power);
  return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} ${UNITS[power - 1]}`;
}
