/** The ROIs as the table lists them, the very same list for as long as no row comes or goes. */
import { useMemo } from "react";
import type { RoiId } from "../../roi/rois.ts";
import { listFollower } from "../../state/roi-list.ts";
import { useRoiList, useRois } from "../session-context.ts";

export function useListedIds(): readonly RoiId[] {
  const follow = useMemo(listFollower, []);
  const order = useRoiList((state) => state.order);
  const rois = useRois((state) => state.document.rois);
  return follow({ order }, rois);
}
