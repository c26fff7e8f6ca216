/** Builds lookups away from the page. */
import { serve } from "../base/worker-serve.ts";
import { buildLookup, type LabelLookup, type LookupRequest } from "./label-lookup.ts";

serve<LookupRequest, LabelLookup>(async (request) => {
  const value = buildLookup(request);
  return { value, transfer: [value.data.buffer] };
});
