/** What is typed to find ROIs: an expression over columns, or a text that is looked for in names and all other texts. */
import { type Parsed, parseExpression } from "./expression.ts";
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
      text.startsWith(name) &&
      /^\s*(?:[*/%^+]|-\s)/.test(text.slice(name.length)),
  );
}
