/** Makes wells of the demo plate away from the page. */
import { serve } from "../base/worker-serve.ts";
import { openStore } from "../zarr/open-store.ts";
import { type StoreSpec, writable } from "../zarr/store.ts";
import type { DemoWell } from "./layout.ts";
import { writeWell } from "./write-well.ts";

export interface DemoRequest {
  readonly spec: StoreSpec;
  readonly well: DemoWell;
}

/** What was written, where that was to memory: a worker fills a copy, which the page takes over. */
export type DemoAnswer = Extract<StoreSpec, { kind: "memory" }>["entries"] | undefined;

serve<DemoRequest, DemoAnswer>(async ({ spec, well }, options) => {
  await writeWell(writable(openStore(spec)), well, options);
  if (spec.kind !== "memory") return { value: undefined };
  const buffers = [...spec.entries.values()].map(({ buffer }) => buffer);
  return { value: spec.entries, transfer: [...new Set(buffers)] };
});
