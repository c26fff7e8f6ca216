/** Which rows of the grid are on screen, and how the list follows the selection: no further than it needs to. */
import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useRef } from "react";

const ROW_HEIGHT = 28;

/** @param lastIndex the row that is to be in sight; -1 for none */
export function useGridScroll(
  scroller: RefObject<HTMLDivElement | null>,
  count: number,
  lastIndex: number,
): Virtualizer<HTMLDivElement, Element> {
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    // The head takes a row's height of what is in sight, and a horizontal scrollbar part of another.
    scrollPaddingEnd: 2 * ROW_HEIGHT,
  });
  useEffect(() => {
    // "auto" moves no further than needed: a list that jumps loses the reader's place.
    if (lastIndex >= 0) virtual.scrollToIndex(lastIndex, { align: "auto" });
  }, [lastIndex, virtual]);
  const height = virtual.scrollRect?.height ?? 0;
  const heightBefore = useRef(height);
  useEffect(() => {
    const before = heightBefore.current;
    heightBefore.current = height;
    const top = lastIndex * ROW_HEIGHT - (virtual.scrollOffset ?? 0);
    // The fields below grow with what they tell of an ROI; one that was in sight stays there.
    if (height < before && top >= 0 && top + 2 * ROW_HEIGHT <= before)
      virtual.scrollToIndex(lastIndex, { align: "auto" });
  }, [height, lastIndex, virtual]);
  return virtual;
}
