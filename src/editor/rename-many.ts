/** Names for several ROIs at once, made of a pattern: "cell_{n:03}" numbers them, "{name}_left" adds to each. */
import { nameProblem } from "../roi/names.ts";
import { changedIn, nameAt, type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import { type Edit, labelOf } from "./edit.ts";

/** `{n}`, `{n:03}` or `{name}`. */
const PART = /\{(?:n(?::0?(\d))?|(name))\}/g;

/** What a field says of patterns. */
export const PATTERN_HELP =
  "{n} counts from 1 in the order of the table, {n:03} with three digits; {name} is the name each has now";

/**
 * The step that renames ROIs.
 * @param ids in the order they are counted
 * @returns a sentence where the names could not all be given: nothing is renamed then
 */
export function renamedBy(
  rois: Rois,
  ids: readonly RoiId[],
  pattern: string,
): Edit | string | undefined {
  if (pattern.replace(PART, "").match(/[{}]/)) return `In braces, only: ${PATTERN_HELP}`;
  const renamed = new Set(ids);
  const given = new Set<string>();
  // A name that one of these has now is free, unless an ROI beside them has it too.
  const isTaken = (name: string): boolean =>
    given.has(name) || [...rois.names.idsOf(name)].some((id) => !renamed.has(id));
  const names: string[] = [];
  for (const [i, id] of ids.entries()) {
    const name = pattern.replace(PART, (_, digits?: string, named?: string) =>
      named ? (nameAt(rois, id) ?? "") : String(i + 1).padStart(Number(digits ?? 0), "0"),
    );
    if (given.has(name)) {
      const numbered = pattern.includes("{name}") ? "{n}" : "{n} or {name}";
      return `Two would be named "${name}": put ${numbered} in the pattern`;
    }
    const problem = nameProblem(name, { has: isTaken });
    if (problem) return problem;
    given.add(name);
    names.push(name);
  }
  const diff = changedIn(rois, ({ set }) => {
    for (const [i, id] of ids.entries()) {
      const from = roiAt(rois, id);
      const name = names[i];
      if (from && name !== undefined && name !== from.name) set(id, { ...from, name });
    }
  });
  if (diff.size === 0) return undefined;
  return { label: labelOf("Rename", rois, diff), diff, selection: new Set(ids) };
}
