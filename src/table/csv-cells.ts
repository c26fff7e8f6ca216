/**
 * Where each cell of a CSV text lies, so that cells nobody touched are written back letter by letter.
 * The CSV of tables is RFC 4180 with commas; lines end in LF or CRLF. CSV libraries hand out values and drop the
 * quotes they stood in, which is why this small scanner is our own.
 */
import { Fault } from "../base/fault.ts";

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
export function cellsOf(text: string, where: string): CsvCells {
  const starts: number[] = [];
  const ends: number[] = [];
  let at = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  let width = 0;
  let lines = 0;
  let lineStart = 0;
  const endLine = (): void => {
    const cells = starts.length - lineStart;
    if (cells === 1 && starts[lineStart] === ends[lineStart]) {
      starts.pop();
      ends.pop();
      return;
    }
    if (lines === 0) width = cells;
    if (cells !== width)
      throw new Fault(
        "invalid",
        `${where} has ${cells} cells in row ${lines}, where its header names ${width}`,
        { where },
      );
    lines++;
    lineStart = starts.length;
  };
  while (at < text.length) {
    const end = endOfCell(text, at, where);
    const cr = text.charCodeAt(end) === LF && end > at && text.charCodeAt(end - 1) === CR;
    starts.push(at);
    ends.push(cr ? end - 1 : end);
    at = end + 1;
    if (text.charCodeAt(end) !== COMMA) endLine();
    else if (at === text.length) {
      starts.push(at);
      ends.push(at);
      endLine();
    }
  }
  if (lines === 0) throw new Fault("invalid", `${where} is empty: it has no header`, { where });
  return {
    text,
    starts: Uint32Array.from(starts),
    ends: Uint32Array.from(ends),
    width,
    rows: lines - 1,
    newline: text.charCodeAt(ends[width - 1] ?? 0) === CR ? "\r\n" : "\n",
    trailing: text.endsWith("\n"),
  };
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
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === LF) break;
  }
  return at;
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
  return isQuoted(raw) ? raw.slice(1, -1).replaceAll('""', '"') : raw;
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
