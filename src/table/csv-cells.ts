/**
 * Where each cell of a CSV text lies, so that cells nobody touched are written back letter by letter.
 * The CSV of tables is RFC 4180 with commas; lines end in LF or CRLF. CSV libraries hand out values and drop the
 * quotes they stood in, which is why this small scanner is our own.
 */
import { counted } from "../base/counted.ts";
import { Fault } from "../base/fault.ts";
import type { Steps } from "../base/steps.ts";
import { type CsvText, type Letters, textOfCsv } from "./csv-text.ts";

/** What tells where each cell lies. */
interface Cut extends CsvText {
  /** Cell k, counted line by line from the header on, begins at starts[k], its quotes included; behind the last none does. */
  readonly starts: Uint32Array;
  /** Cells per line. */
  readonly width: number;
}

export interface CsvCells extends Cut {
  /** Lines below the header. Empty lines count for nothing. */
  readonly rows: number;
  readonly newline: "\n" | "\r\n";
  /** Whether the last line ends in a newline too. */
  readonly trailing: boolean;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK = 0xfeff;

/** How far a text is cut. */
interface Cutting extends CsvText {
  readonly where: string;
  starts: Uint32Array<ArrayBuffer>;
  /** The next letter to look at. */
  at: number;
  /** Cells so far, the one that begins last with them. */
  count: number;
  /** The first cell of the last line. */
  line: number;
  /** Cells in each line before; 0 in the header. */
  width: number;
}

/**
 * @param where names the file
 * @throws Fault "invalid" for bytes that are no UTF-8, a quote that is not closed and lines of different lengths
 */
export function* cellsOf(bytes: Uint8Array, where: string): Steps<CsvCells> {
  const csv = yield* textOfCsv(bytes, where);
  const { text, letters } = csv;
  const first = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  const starts = Uint32Array.of(first);
  const cutting: Cutting = { ...csv, where, starts, at: first, count: 1, line: 0, width: 0 };
  // The end of the text ends a line too; behind a newline an empty one.
  while (cutting.at <= letters.length) {
    makeRoom(cutting);
    cut(cutting, Math.min(letters.length + 1, cutting.at + LETTERS_A_STEP));
    yield;
  }
  const { line, width } = cutting;
  if (width === 0) throw new Fault("invalid", `${where} is empty: it has no header`, { where });
  const cells = { text, letters, starts: cutting.starts.subarray(0, line + 1), width };
  const newline = letters[endOf(cells, width - 1)] === CR ? "\r\n" : "\n";
  return { ...cells, rows: line / width - 1, newline, trailing: text.endsWith("\n") };
}

/** For the cells of one more step. If cells go on as they are, very many need not be copied again. */
function makeRoom(cutting: Cutting): void {
  const { starts, at, count, letters } = cutting;
  if (starts.length > count + LETTERS_A_STEP) return;
  const likely = Math.ceil((1.02 * (count - 1) * letters.length) / Math.max(1, at));
  cutting.starts = new Uint32Array(Math.min(letters.length + 2, likely + 2 * LETTERS_A_STEP));
  cutting.starts.set(starts);
}

/** Puts the cells that begin behind commas and line ends before a letter. */
function cut(cutting: Cutting, until: number): void {
  const { letters, starts } = cutting;
  let { at, count } = cutting;
  for (; at < until; at++) {
    const code = letters[at] ?? LF;
    // Nearly all that cells hold comes after the comma.
    if (code > COMMA) continue;
    if (code === COMMA) starts[count++] = at + 1;
    else if (code === LF) {
      count = lineEnded(cutting, count, at);
      starts[count++] = at + 1;
    } else if (code === QUOTE && starts[count - 1] === at) at = closingQuote(cutting, at);
  }
  cutting.at = at;
  cutting.count = count;
}

/** @returns the cells so far: an empty line counts for nothing */
function lineEnded(cutting: Cutting, count: number, at: number): number {
  const { letters, starts, line, where } = cutting;
  const cells = count - line;
  if (cells === 1) {
    const isCrlf = letters[at] === LF && letters[at - 1] === CR;
    if (starts[line] === (isCrlf ? at - 1 : at)) return line;
  }
  const width = cutting.width || cells;
  if (cells !== width)
    throw new Fault(
      "invalid",
      `${where} has ${counted(cells, "cell")} in row ${line / width}, where its header names ${width}`,
      { where },
    );
  cutting.width = width;
  cutting.line = count;
  return count;
}

/** The quote that closes one; within it quotes are doubled. */
function closingQuote({ letters, where }: Cutting, start: number): number {
  for (let at = start + 1; at < letters.length; at++)
    if (letters[at] === QUOTE && letters[++at] !== QUOTE) return at - 1;
  throw new Fault("invalid", `${where} has a quote at letter ${start} that is never closed`, {
    where,
  });
}

/** Letters that are looked at between two pauses, and rows that are read or written: about a millisecond. */
export const LETTERS_A_STEP = 65_536;
export const ROWS_A_STEP = 4096;

/** Where a cell ends. */
function endOf({ letters, starts, width }: Cut, cell: number): number {
  const next = starts[cell + 1] ?? 0;
  if ((cell + 1) % width > 0) return next - 1;
  let end = Math.min(letters.length, next);
  while (letters[end - 1] === LF) end -= letters[end - 2] === CR ? 2 : 1;
  return end;
}

/** The cell as it stands, quotes and all. */
export function rawCell(cells: CsvCells, cell: number): string {
  return cells.text.slice(cells.starts[cell], endOf(cells, cell));
}

/** What a cell says; an empty one without quotes is missing. */
export function textAt(cells: CsvCells, cell: number): string | undefined {
  return textOfCell(cells.text, cells.starts[cell], endOf(cells, cell));
}

/** Whether a raw cell, which may be a part of a text, stands in quotes. */
export function isQuoted(raw: string, start: number = 0, end: number = raw.length): boolean {
  return end - start >= 2 && raw.charCodeAt(start) === QUOTE && raw.charCodeAt(end - 1) === QUOTE;
}

/** What a raw cell says, which may be a part of a text; an empty cell without quotes is missing. */
export function textOfCell(
  raw: string,
  start: number = 0,
  end: number = raw.length,
): string | undefined {
  if (start === end) return undefined;
  if (!isQuoted(raw, start, end)) return raw.slice(start, end);
  const inner = raw.slice(start + 1, end - 1);
  return inner.includes('"') ? inner.replaceAll('""', '"') : inner;
}

/** Powers of ten that a double holds exactly. */
const POWERS = Float64Array.from({ length: 16 }, (_, i) => 10 ** i);

const ZERO = 0x30;
const NINE = 0x39;
const POINT = 0x2e;
const MINUS = 0x2d;

/**
 * The number of a cell of at most 15 digits and a point between them, read without making a text of it; undefined for
 * any other cell, whatever it holds. Both the digits and the power of ten are exact, so that their quotient is rounded
 * once, as it should be (Clinger 1990, "How to read floating point numbers accurately").
 */
export function plainNumber({ letters, starts }: CsvCells, cell: number): number | undefined {
  const start = starts[cell] ?? 0;
  const negative = letters[start] === MINUS;
  const first = negative ? start + 1 : start;
  let at = first;
  let code = letters[at] ?? LF;
  let digits = 0;
  for (; isDigit(code); code = letters[++at] ?? LF) digits = 10 * digits + code - ZERO;
  const whole = at - first;
  let part = 0;
  if (code === POINT) {
    const point = at;
    code = letters[++at] ?? LF;
    for (; isDigit(code); code = letters[++at] ?? LF) digits = 10 * digits + code - ZERO;
    part = at - point - 1;
  }
  if (!isEnd(letters, at) || isUnusual(letters, first, whole, part)) return undefined;
  const value = part === 0 ? digits : digits / (POWERS[part] ?? Number.NaN);
  return negative ? -value : value;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** Whether there are no digits before the point, too many to be exact, or those of a text: "01". */
function isUnusual(letters: Letters, first: number, whole: number, part: number): boolean {
  return whole === 0 || whole + part > 15 || (whole > 1 && letters[first] === ZERO);
}

/** Whether a cell without quotes ends before a letter. */
function isEnd(letters: Letters, at: number): boolean {
  const code = letters[at] ?? LF;
  return code === COMMA || code === LF || (code === CR && letters[at + 1] === LF);
}

/** Whether a cell that reads as a plain number has no point. */
export function isWhole({ letters, starts }: CsvCells, cell: number): boolean {
  let at = starts[cell] ?? 0;
  while ((letters[at] ?? LF) > COMMA && letters[at] !== POINT) at++;
  return letters[at] !== POINT;
}

const NUMBER = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const NAN = /^nan$/i;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;

/** The number a raw cell says, NaN for an empty one; undefined for text, quoted digits and "01" included. */
export function numberOfCell(raw: string): number | undefined {
  if (raw === "" || NAN.test(raw)) return Number.NaN;
  if (NUMBER.test(raw)) return Number(raw);
  const infinite = INFINITE.exec(raw);
  if (infinite) return infinite[1] === "-" ? -Infinity : Infinity;
  return undefined;
}

const BOOL = /^(?:true|false)$/i;

/** The truth value a raw cell says; undefined for anything else. */
export function boolOfCell(raw: string): boolean | undefined {
  return BOOL.test(raw) ? raw.toLowerCase() === "true" : undefined;
}
