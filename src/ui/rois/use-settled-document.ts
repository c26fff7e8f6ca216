/** The document for what need not be there in the very moment of an edit. */
import { useDeferredValue } from "react";
import type { RoiDocument } from "../../editor/document.ts";
import type { Rois } from "../../roi/rois.ts";
import { useRois } from "../session-context.ts";

/** With so many ROIs, what follows from all of them takes so long that the hand would feel it. */
const MANY = 5000;

/** The document as it is; of very many ROIs, a moment after the hand was answered. */
export function useSettledDocument(): RoiDocument {
  const document = useRois((state) => state.document);
  return useSettled(document, document.rois);
}

/** A value as it is; one that follows from very many ROIs, a moment after the hand was answered. */
export function useSettled<T>(value: T, rois: Rois): T {
  const settled = useDeferredValue(value);
  return rois.nextId < MANY ? value : settled;
}
