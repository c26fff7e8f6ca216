/** Values and ranges picked from a column, as part of the expression that filters: what is picked is also what is typed. */
import { columnsMeant } from "./expression.ts";
import { type Lexeme, lexemesOf, quoted } from "./lexemes.ts";

/** What is picked of one column; undefined picks nothing, and so leaves all. */
export type Pick =
  /** Any of these texts; "" is a missing value. */
  | { readonly kind: "values"; readonly values: readonly string[] }
  /** Numbers from one end to the other, both included; an end that is undefined is open. */
  | { readonly kind: "range"; readonly min: number | undefined; readonly max: number | undefined }
  | undefined;

/** A column, among all that an expression may name. */
export interface PickedColumn {
  readonly column: string;
  readonly columns: ReadonlyMap<string, unknown>;
}

/** A part of an expression between two `and`s that are in no bracket. */
interface Term {
  readonly text: string;
  readonly lexemes: readonly Lexeme[];
}

/** Whether a text is an expression: one without a comparison is looked for as it is. */
export function isExpression(query: string): boolean {
  return /[<>=~]|\sin\s*\(/i.test(query);
}

/** The filter with another pick of a column in place of the one it had; all else in it stays. */
export function withPick(query: string, of: PickedColumn, pick: Pick): string {
  const { terms, hasOr } = termsOf(query);
  const rest = hasOr ? `(${query.trim()})` : terms.filter((term) => !isOf(term, of));
  const kept = typeof rest === "string" ? [rest] : rest.map(({ text }) => text);
  return [...kept, ...termsFor(of.column, pick)].join(" and ");
}

/** What a filter picks of a column, as far as `withPick` could have written it. */
export function pickIn(query: string, of: PickedColumn): Pick {
  const { terms, hasOr } = termsOf(query);
  if (hasOr || !isExpression(query)) return undefined;
  let min: number | undefined;
  let max: number | undefined;
  for (const { lexemes } of terms.filter((term) => isOf(term, of))) {
    const [, sign, ...rest] = lexemes;
    const values = rest.filter(({ kind }) => kind !== "sign").map(({ text }) => text);
    const [value] = values;
    if (sign?.text.toLowerCase() === "in" || sign?.text === "=") return { kind: "values", values };
    if (sign?.text === ">=") min = Number(value);
    if (sign?.text === "<=") max = Number(value);
  }
  return min === undefined && max === undefined ? undefined : { kind: "range", min, max };
}

function termsFor(column: string, pick: Pick): readonly string[] {
  const name = quoted(column);
  switch (pick?.kind) {
    case undefined:
      return [];
    case "values": {
      const values = pick.values.map(quoted);
      return values.length === 0 ? [] : [`${name} in (${values.join(", ")})`];
    }
    case "range": {
      const least = pick.min === undefined ? [] : [`${name} >= ${pick.min}`];
      return pick.max === undefined ? least : [...least, `${name} <= ${pick.max}`];
    }
  }
}

/** Whether a term compares a column in the way a pick does. */
function isOf({ lexemes: [name, sign] }: Term, { column, columns }: PickedColumn): boolean {
  if (name === undefined || name.kind === "sign") return false;
  const [meant, other] = columnsMeant(name.text, columns);
  return (
    meant === column &&
    other === undefined &&
    sign !== undefined &&
    ["in", "=", ">=", "<="].includes(sign.text.toLowerCase())
  );
}

const DEEPER: ReadonlyMap<string, number> = new Map([
  ["(", 1],
  [")", -1],
]);

/** A text that is no expression becomes one that finds it in names. */
function termsOf(query: string): { readonly terms: readonly Term[]; readonly hasOr: boolean } {
  const text = query.trim();
  if (text === "") return { terms: [], hasOr: false };
  if (!isExpression(query)) {
    const term = `name ~ ${quoted(text)}`;
    return { terms: [{ text: term, lexemes: lexemesOf(term) }], hasOr: false };
  }
  const terms: Term[] = [];
  let lexemes: Lexeme[] = [];
  let from = 0;
  let depth = 0;
  let hasOr = false;
  const end = (at: number): void => {
    terms.push({ text: text.slice(from, at).trim(), lexemes });
    lexemes = [];
  };
  for (const lexeme of lexemesOf(text)) {
    const word = lexeme.kind === "quoted" ? "" : lexeme.text.toLowerCase();
    depth += DEEPER.get(word) ?? 0;
    if (depth === 0 && word === "or") hasOr = true;
    if (depth === 0 && word === "and") {
      end(lexeme.at);
      from = lexeme.at + word.length;
    } else lexemes.push(lexeme);
  }
  end(text.length);
  return { terms, hasOr };
}
