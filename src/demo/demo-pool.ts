/** Making the demo's wells on workers, so that the page stays free to show those that are there. */
import { WorkerPool } from "../base/worker-pool.ts";
import type { DemoAnswer, DemoRequest } from "./demo.worker.ts";
import type { WellMaker } from "./make-demo.ts";

export interface DemoPool extends WellMaker {
  /** Ends the workers. */
  close(): void;
}

/** @param size the most wells made at once; workers are started when first needed */
export function wellsInWorkers(size: number): DemoPool {
  const pool = new WorkerPool<DemoRequest, DemoAnswer>(
    () => new Worker(new URL("./demo.worker.ts", import.meta.url), { type: "module" }),
    size,
  );
  return {
    atOnce: size,
    make: async (store, well, options) => {
      const { spec } = store;
      if (spec.kind !== "memory") await pool.run({ spec, well }, options);
      else {
        const empty = { kind: "memory", entries: new Map() } as const;
        const made = await pool.run({ spec: empty, well }, options);
        for (const [key, bytes] of made ?? []) spec.entries.set(key, bytes);
      }
    },
    close: () => pool.close(),
  };
}
