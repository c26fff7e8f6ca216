/** The document for what need not be there in the very moment of an edit. */
import { useDeferredValue } from "react";
import type { RoiDocument } from "../../editor/document.ts";
import { useRois } from "../session-context.ts";

/** With so many ROIs, what follows from all of them takes so long that the hand would feel it. */
const MANY = 5000;

/** The document as it is; of very many ROIs, a moment after the hand was answered. */
export function useSettledDocument(): RoiDocument {
  const document = useRois((state) => state.document);
  const settled = useDeferredValue(document);
  return document.rois.nextId < MANY ? document : settled;
}
