/** Finds largest values along z away from the page. */
import { serve } from "../base/worker-serve.ts";
import type { Pixels } from "../zarr/array.ts";
import { type MaximumRequest, maximumOf } from "./maximum.ts";

serve<MaximumRequest, Pixels>(async (request) => {
  const value = maximumOf(request);
  return { value, transfer: [value.buffer] };
});
