/** The ROIs that a recipe may be about: of very many, listed in slices beside what the hand does. */
import { useEffect, useMemo, useRef, useState } from "react";
import { finished, inSlices } from "../../base/steps.ts";
import type { Rois } from "../../roi/rois.ts";
import { type Listed, listRois } from "../../state/recipe-rois.ts";

/** So many are listed within a frame. */
const FEW = 5000;

/** @returns of very many the newest list of the same table that there is; undefined until the first is made */
export function useListed(rois: Rois): Listed | undefined {
  const few = useMemo(() => (rois.nextId < FEW ? finished(listRois(rois)) : undefined), [rois]);
  const [many, setMany] = useState<Listed>();
  const newest = useRef<Listed>(undefined);
  useEffect(() => {
    newest.current = many;
  }, [many]);
  useEffect(() => {
    if (rois.nextId < FEW) return setMany(undefined);
    const leaving = new AbortController();
    const { signal } = leaving;
    // It is stopped by a newer one alone, and fails in no other way.
    inSlices(listRois(rois, newest.current), { signal }).then(setMany, () => {});
    return () => leaving.abort();
  }, [rois]);
  return few ?? (many?.rois.base === rois.base ? many : undefined);
}
