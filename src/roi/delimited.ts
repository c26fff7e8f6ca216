/** ROIs as CSV and back: our own columns, and those of other programs, whatever separates them. */
import { counted } from "../base/counted.ts";
import { Fault } from "../base/fault.ts";
import { type Steps, stepwise } from "../base/steps.ts";
import { worldBox, type Zyx, zyx } from "../geometry/box.ts";
import { type Header, headerFor } from "./delimited-header.ts";
import { type FoundRoi, type Frame, unitsIn } from "./found-roi.ts";
import { CORNERS, LENGTHS } from "./roi-columns.ts";
import type { Roi } from "./rois.ts";

/**
 * With the columns of an ROI table, the name first, those of the ROIs' cells last; numbers such that reading them gives each
 * box to the bit.
 */
export function* csvOf(rois: readonly Roi[], { unit }: Frame): Steps<string> {
  // The columns are in micrometres by their names.
  const by = unitsIn(unit ?? "micrometer", "micrometer") ?? 1;
  const others = new Set<string>();
  for (const { cells } of rois) for (const column of cells?.keys() ?? []) others.add(column);
  const named = [...others].map(quoted);
  const header = ["FieldIndex", ...CORNERS.toReversed(), ...LENGTHS.toReversed(), ...named];
  const rows = yield* stepwise(rois, ({ name, box: { min, max }, cells }) =>
    [
      quoted(name),
      ...min.toReversed().map((start) => start * by),
      ...zyx((i) => lengthTo(min[i] * by, max[i] * by)).toReversed(),
      ...[...others].map((column) => quoted(String(cells?.get(column) ?? ""))),
    ].join(","),
  );
  return `${[header.join(","), ...rows].join("\n")}\n`;
}

/** The number that added to `min` gives `max`, where the difference, being rounded, does not. */
function lengthTo(min: number, max: number): number {
  const length = max - min;
  const step = Math.abs(length) * Number.EPSILON;
  return [length, length + step, length - step].find((near) => min + near === max) ?? length;
}

function quoted(text: string): string {
  return /[",;\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * @throws Fault "input" naming the row and what is wrong with it; nothing is taken then
 */
export function roisOfDelimited(text: string, frame: Frame): readonly FoundRoi[] {
  // Old programs on the Mac end their lines with this alone.
  const broken = text.includes("\n") ? text : text.replaceAll("\r", "\n");
  const separator = separatorOf(broken);
  const lines = linesOf(broken, separator);
  const [first] = lines;
  if (first === undefined) throw new Fault("input", "There is nothing to paste");
  const { header, isNamed } = headerFor(first.cells, frame);
  const rows = isNamed ? lines.slice(1) : lines;
  if (rows.length === 0) throw new Fault("input", "There are columns to paste, and no row of them");
  return rows.map(({ cells, number }) => {
    if (cells.length !== first.cells.length)
      throw new Fault(
        "input",
        `Row ${number} has ${counted(cells.length, "cell")} where the first has ${first.cells.length}`,
      );
    const called = isNamed ? first.cells : undefined;
    return foundIn(cells, { number, called }, header, separator);
  });
}

/** As programs write numbers; not what JavaScript takes for one besides. */
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

function foundIn(
  cells: readonly string[],
  {
    number,
    called: columns,
  }: { readonly number: number; readonly called?: readonly string[] | undefined },
  { name, axes, others }: Header,
  separator: string,
): FoundRoi {
  const at = (column: number): number => {
    const text = (cells[column] ?? "").trim();
    const written = separator === "," ? text : text.replace(",", ".");
    if (NUMBER.test(written)) return Number(written);
    throw wrong(column, text === "" ? "a cell is empty" : `"${text}" is no number`);
  };
  const wrong = (column: number, what: string): Fault => {
    const where = columns ? `"${columns[column]}"` : `${column + 1}`;
    return new Fault("input", `Row ${number}: ${what} (column ${where})`);
  };
  const spans = axes.map((axis): readonly [number, number] => {
    if (axis === undefined) return [0, 1];
    const min = at(axis.min) * axis.scale;
    const end = at(axis.end) * axis.endScale;
    const isLong = axis.endIs === "length";
    const max = isLong ? min + end : end;
    const length = isLong ? end : max - min;
    // Beside a number so large, or past the largest there is, no length counts.
    if (!Number.isFinite(max - min) || (length > 0 && max === min)) {
      const column = Math.abs(min) > Math.abs(end) ? axis.min : axis.end;
      throw wrong(column, `"${cells[column]?.trim()}" is too large a number for an image`);
    }
    return [min, max];
  });
  const corner = (end: 0 | 1): Zyx => zyx((i) => spans[i]?.[end] ?? 0);
  const box = worldBox(corner(0), corner(1));
  for (const i of [2, 1, 0] as const)
    if (!(box.max[i] > box.min[i]))
      throw new Fault("input", `Row ${number} has no length along ${"zyx"[i]}`);
  const called = name === undefined ? undefined : cells[name]?.trim();
  const values = others.flatMap(([column, key]): [string, string][] => {
    const value = cells[column]?.trim();
    return value ? [[key, value]] : [];
  });
  const found = { name: called || undefined, box, hasPlanes: axes[0] !== undefined };
  return values.length > 0 ? { ...found, cells: new Map(values) } : found;
}

/** What separates the cells of the first line: the one of tab, semicolon and comma that is most often there. */
function separatorOf(text: string): string {
  const [line = ""] = text.trimStart().split(/\r?\n/, 1);
  const counts = ["\t", ";", ","].map((one) => [one, line.split(one).length] as const);
  return counts.reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

interface Line {
  readonly cells: readonly string[];
  /** As an editor counts it, from 1. */
  readonly number: number;
}

/** The lines that are not empty; quotes hold separators, line breaks and, doubled, quotes (RFC 4180). */
function linesOf(text: string, separator: string): readonly Line[] {
  const lines: Line[] = [];
  let cells: string[] = [];
  let number = 1;
  let begun = 1;
  let from = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (from <= text.length) {
    const { cell, end } = cellAt(text, from, separator, begun);
    cells.push(cell);
    number += text.slice(from, end).split("\n").length - 1;
    from = end + 1;
    if (text[end] === separator) continue;
    if (cells.some((one) => one.trim() !== "")) lines.push({ cells, number: begun });
    cells = [];
    number++;
    begun = number;
  }
  return lines;
}

/** The cell that begins at a place, and where the separator, line break or end of the text after it is. */
function cellAt(text: string, from: number, separator: string, row: number) {
  if (text[from] !== '"') {
    let end = from;
    while (end < text.length && text[end] !== separator && text[end] !== "\n") end++;
    return { cell: text.slice(from, end).replace(/\r$/, ""), end };
  }
  let close = from + 1;
  while (text[close] !== '"' || text[close + 1] === '"') {
    if (close >= text.length) throw new Fault("input", `Row ${row} has a quote that is not closed`);
    close += text[close] === '"' ? 2 : 1;
  }
  let end = close + 1;
  while (end < text.length && text[end] !== separator && text[end] !== "\n") end++;
  return { cell: text.slice(from + 1, close).replaceAll('""', '"'), end };
}
