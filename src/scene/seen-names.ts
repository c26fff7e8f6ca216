/** Names of boxes that begin out of sight or under the tools are written where the box comes into sight. */
import { type Rect, rectsOverlap } from "./rect.ts";
import { hasRoom, type NameTag, textPlace } from "./roi-names.ts";

export interface SeenNames {
  /** Where their boxes begin; the same for most moves of the view. */
  readonly settled: readonly NameTag[];
  /** Where they can be read; somewhere else with each move. */
  readonly stuck: readonly NameTag[];
}

/** A box less wide or high than this, in CSS pixels, keeps its name: what there are many of must cost nothing to move. */
const LARGE = 160;

/**
 * Puts names that cannot be read as far into their boxes as it needs; one that has no room there, or would lie on
 * another, stays where it is.
 * @param sight the part of the world that is seen and that no tool lies over
 */
export function seenNames(
  tags: readonly NameTag[],
  [left, top, end, foot]: Rect,
  pixelsPerUnit: number,
): SeenNames {
  const isLarge = ({ x, y, right, bottom }: NameTag): boolean =>
    Math.min(right - x, bottom - y) * pixelsPerUnit >= LARGE;
  const wanders = (tag: NameTag): boolean =>
    (tag.x < left || tag.y < top) && tag.right > left && tag.bottom > top && isLarge(tag);
  const settled = tags.filter((tag) => !wanders(tag));
  const taken = settled.map((tag) => textPlace(tag, pixelsPerUnit));
  const stuck: NameTag[] = [];
  for (const tag of tags.filter(wanders)) {
    const moved = { ...tag, x: Math.max(left, tag.x), y: Math.max(top, tag.y) };
    const place = textPlace(moved, pixelsPerUnit);
    const isSeen = moved.x < end && moved.y < foot && hasRoom(moved, pixelsPerUnit);
    if (isSeen && !taken.some((other) => rectsOverlap(place, other))) {
      taken.push(place);
      stuck.push(moved);
    } else settled.push(tag);
  }
  return { settled, stuck };
}
