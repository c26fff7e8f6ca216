/**
 * JSON as Zarr files hold it: with the bare NaN and Infinity that Python writes, and with integers a number cannot hold.
 */

/** Opens a string that stands for a bare token JSON.parse would refuse or round; a private-use character. */
const MARK = "\uE000";
const STRINGS_AND_NUMBERS = /"(?:[^"\\]|\\.)*"|-?(?:NaN|Infinity)\b|-?\d[\d.eE+-]*/g;
const MARKED = new RegExp(`"${MARK}(-?(?:\\d+|NaN|Infinity))"`, "g");

/** Parses JSON, bare NaN and Infinity included. @throws SyntaxError */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(marked(text), (_key, value: unknown) =>
      typeof value === "string" && value.startsWith(MARK) ? Number(value.slice(1)) : value,
    );
  }
}

/**
 * Parses JSON so that `formatJson` gives back each number as it was: those that would be lost are marked strings inside.
 * @throws SyntaxError
 */
export function parseKeeping(text: string): unknown {
  return JSON.parse(marked(text));
}

/** JSON with two spaces of indent; BigInts as integers, NaN and Infinity bare as Python's json writes them. */
export function formatJson(value: unknown): string {
  const text = JSON.stringify(
    value,
    (_key, v: unknown) =>
      typeof v === "bigint" || (typeof v === "number" && !Number.isFinite(v)) ? `${MARK}${v}` : v,
    2,
  );
  return text.replace(MARKED, "$1");
}

function marked(text: string): string {
  return text.replace(STRINGS_AND_NUMBERS, (token) =>
    isLost(token) ? `"${MARK}${token}"` : token,
  );
}

function isLost(token: string): boolean {
  if (/^-?[NI]/.test(token)) return true;
  return /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token));
}
