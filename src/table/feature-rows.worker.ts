/** Joins feature tables by label away from the page. */
import { serve } from "../base/worker-serve.ts";
import { type FeatureRows, joinByLabel } from "./feature-rows.ts";

serve<Float64Array<ArrayBuffer>, FeatureRows>(async (labels) => {
  const value = joinByLabel(labels);
  return { value, transfer: [value.labels.buffer, value.rows.buffer] };
});
