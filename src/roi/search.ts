/** What is typed to find ROIs: an expression over columns, or a text that is looked for in names and all other texts. */
import { columnsMeant, type Parsed, parseExpression } from "./expression.ts";
import { lexemesOf, quoted } from "./lexemes.ts";
import { isExpression } from "./picking.ts";
import type { Reader } from "./readers.ts";
import type { RoiId } from "./rois.ts";

/** Undefined where nothing is sought. A text that neither compares nor reckons is no expression. */
export function searchOf(query: string, columns: ReadonlyMap<string, Reader>): Parsed | undefined {
  const sought = query.trim().toLowerCase();
  if (sought === "") return undefined;
  if (isExpression(sought) || isFormula(query.trim(), columns))
    return parseExpression(query, columns);
  const texts = [...columns.values()].filter(({ kind }) => kind === "text");
  const matches = (id: RoiId): boolean =>
    texts.some(({ at }) =>
      String(at(id) ?? "")
        .toLowerCase()
        .includes(sought),
    );
  return { kind: "filter", matches };
}

/** Whether a text reckons with a column of numbers: nobody is named so, and what is wrong with it is to be told. */
function isFormula(text: string, columns: ReadonlyMap<string, Reader>): boolean {
  return [...columns].some(
    ([name, { kind }]) =>
      kind === "number" &&
      text.toLowerCase().startsWith(name.toLowerCase()) &&
      /^\s*(?:[*/%^+]|-\s)/.test(text.slice(name.length)),
  );
}

const JOINS: ReadonlySet<string> = new Set(["and", "or", "not"]);

/**
 * An expression to show as an example where a text that was found nowhere may have been meant as one: it names a column,
 * or joins by and, or, not. Undefined of other texts.
 */
export function exampleFor(text: string, columns: ReadonlyMap<string, Reader>): string | undefined {
  if (isExpression(text)) return undefined;
  const words = lexemesOf(text).filter(({ kind }) => kind !== "sign");
  const [named] = words.flatMap((word) => columnsMeant(word.text, columns));
  if (named === undefined && !words.some((word) => JOINS.has(word.text.toLowerCase())))
    return undefined;
  const numbers = [...columns].find(([, { kind }]) => kind === "number");
  const column = named ?? numbers?.[0] ?? "name";
  const comparison = columns.get(column)?.kind === "number" ? "> 200" : "!= discard";
  return `${quoted(column)} ${comparison}`;
}
