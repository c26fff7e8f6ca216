/**
 * Where each cell of a CSV text lies, so that cells nobody touched are written back letter by letter.
 * The CSV of tables is RFC 4180 with commas; lines end in LF or CRLF. CSV libraries hand out values and drop the
 * quotes they stood in, which is why this small scanner is our own.
 */
import { counted } from "../base/counted.ts";
import { Fault } from "../base/fault.ts";
import type { Steps } from "../base/steps.ts";

export interface CsvCells {
  readonly text: string;
  /** Cell k, counted line by line from the header on, is text[starts[k] … ends[k]), its quotes included. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Cells per line. */
  readonly width: number;
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

/** @throws Fault "invalid" for a quote that is not closed and for lines of different lengths; `where` names the file. */
export function* cellsOf(text: string, where: string): Steps<CsvCells> {
  let starts = new Uint32Array(0);
  let ends = new Uint32Array(0);
  let count = 0;
  let width = 0;
  let lines = 0;
  let lineStart = 0;
  const endLine = (): void => {
    const cells = count - lineStart;
    if (cells === 1 && starts[lineStart] === ends[lineStart]) {
      count--;
      return;
    }
    if (lines === 0) width = cells;
    if (cells !== width)
      throw new Fault(
        "invalid",
        `${where} has ${counted(cells, "cell")} in row ${lines}, where its header names ${width}`,
        { where },
      );
    lines++;
    lineStart = count;
  };
  /** Puts the cells that begin before a letter, for which there is room; returns where the next one begins. */
  const cut = (from: number, until: number): number => {
    // What is written once per cell is not looked up in what surrounds this.
    const [begin, finish] = [starts, ends];
    let at = from;
    let cell = count;
    while (at < until) {
      const end = endOfCell(text, at, where);
      const mark = text.charCodeAt(end);
      const cr = mark === LF && end > at && text.charCodeAt(end - 1) === CR;
      begin[cell] = at;
      finish[cell++] = cr ? end - 1 : end;
      at = end + 1;
      if (mark === COMMA && at < text.length) continue;
      // A comma that ends the text has an empty cell behind it.
      if (mark === COMMA) {
        begin[cell] = at;
        finish[cell++] = at;
      }
      count = cell;
      endLine();
      cell = count;
    }
    count = cell;
    return at;
  };
  let at = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  while (at < text.length) {
    const least = Math.min(text.length + 1, count + LETTERS_A_STEP + 1);
    if (starts.length < least) {
      // If cells go on as they are, very many need not be copied again.
      const likely = Math.ceil((1.02 * count * text.length) / Math.max(1, at));
      const room = Math.min(text.length + 1, Math.max(least, likely + LETTERS_A_STEP));
      [starts, ends] = [grown(starts, room), grown(ends, room)];
    }
    at = cut(at, Math.min(text.length, at + LETTERS_A_STEP));
    yield;
  }
  if (lines === 0) throw new Fault("invalid", `${where} is empty: it has no header`, { where });
  return {
    text,
    starts: starts.subarray(0, count),
    ends: ends.subarray(0, count),
    width,
    rows: lines - 1,
    newline: text.charCodeAt(ends[width - 1] ?? 0) === CR ? "\r\n" : "\n",
    trailing: text.endsWith("\n"),
  };
}

/** Letters that are looked at between two pauses, and rows that are read or written: about a millisecond. */
export const LETTERS_A_STEP = 65_536;
export const ROWS_A_STEP = 4096;

function grown(values: Uint32Array<ArrayBuffer>, room: number): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(room);
  more.set(values);
  return more;
}

/** The position of the comma or line feed that ends the cell, or the text's length. */
function endOfCell(text: string, start: number, where: string): number {
  let at = start;
  if (text.charCodeAt(at) === QUOTE) {
    do {
      at = text.indexOf('"', at + 1) + 1;
      if (at === 0)
        throw new Fault("invalid", `${where} has a quote at letter ${start} that is never closed`, {
          where,
        });
    } while (text.charCodeAt(at) === QUOTE);
  }
  for (; ; at++) {
    const code = text.charCodeAt(at);
    // Nearly all that cells hold comes after the comma; behind the text's end there is NaN.
    if (code > COMMA) continue;
    if (code === COMMA || code === LF || Number.isNaN(code)) return at;
  }
}

/** The cell as it stands, quotes and all; "" for a cell outside the file. */
export function rawCell(cells: CsvCells, cell: number): string {
  return cells.text.slice(cells.starts[cell], cells.ends[cell]);
}

/** Whether a raw cell stands in quotes. */
export function isQuoted(raw: string): boolean {
  return raw.length >= 2 && raw.startsWith('"') && raw.endsWith('"');
}

/** What a raw cell says; an empty cell without quotes is missing. */
export function textOfCell(raw: string): string | undefined {
  if (raw === "") return undefined;
  if (!isQuoted(raw)) return raw;
  const inner = raw.slice(1, -1);
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
export function plainNumber({ text, starts, ends }: CsvCells, cell: number): number | undefined {
  const start = starts[cell] ?? 0;
  const end = ends[cell] ?? 0;
  const negative = text.charCodeAt(start) === MINUS;
  const first = negative ? start + 1 : start;
  let point = end;
  let digits = 0;
  for (let at = first; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) digits = 10 * digits + code - ZERO;
    else if (code === POINT && point === end) point = at;
    else return undefined;
  }
  const part = Math.max(0, end - point - 1);
  if (point === first || point - first + part > 15 || isPadded(text, first, point))
    return undefined;
  const value = digits / (POWERS[part] ?? Number.NaN);
  return negative ? -value : value;
}

/** "01" is text. */
function isPadded(text: string, first: number, point: number): boolean {
  return point - first > 1 && text.charCodeAt(first) === ZERO;
}

/** Whether a cell that reads as a plain number has no point. */
export function isWhole({ text, starts, ends }: CsvCells, cell: number): boolean {
  const end = ends[cell] ?? 0;
  for (let at = starts[cell] ?? 0; at < end; at++) if (text.charCodeAt(at) === POINT) return false;
  return true;
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
