/** What is typed to find ROIs: an expression over columns, or a text that is looked for in names and all other texts. */
import { type Parsed, parseExpression } from "./expression.ts";
import { isExpression } from "./picking.ts";
import type { Reader } from "./readers.ts";
import type { RoiId } from "./rois.ts";

/** Undefined where nothing is sought. A text without a comparison is no expression. */
export function searchOf(query: string, columns: ReadonlyMap<string, Reader>): Parsed | undefined {
  const sought = query.trim().toLowerCase();
  if (sought === "") return undefined;
  if (isExpression(sought)) return parseExpression(query, columns);
  const texts = [...columns.values()].filter(({ kind }) => kind === "text");
  const matches = (id: RoiId): boolean =>
    texts.some(({ at }) =>
      String(at(id) ?? "")
        .toLowerCase()
        .includes(sought),
    );
  return { kind: "filter", matches };
}
