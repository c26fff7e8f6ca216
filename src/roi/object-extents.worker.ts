/** Folds the objects of one part of a label after another, away from the page. */
import { serve } from "../base/worker-serve.ts";
import { type Extents, extentsOf, type LabelPart } from "./object-extents.ts";

serve<LabelPart, Extents>(async (part) => ({ value: extentsOf(part.labels, part) }));
