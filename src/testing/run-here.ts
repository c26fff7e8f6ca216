/** Whole runs on the thread of a test, and folders in memory to keep them in: for tests of what starts runs. */
import type { Services } from "../state/services.ts";
import { computeTask } from "../tasks/compute.ts";
import type { RunEvent } from "../tasks/events.ts";
import { runJob } from "../tasks/run-job.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import type { StoreSpec } from "../zarr/store.ts";

/** One browser's: sessions that share them find each other's runs. */
export function runsHere(
  onEvent: (path: string, event: RunEvent) => void = () => undefined,
): Pick<Services, "startRun" | "runFolder"> {
  const folders = new Map<string, StoreSpec>();
  return {
    runFolder: async (name) => {
      const folder = folders.get(name) ?? { kind: "memory", entries: new Map() };
      folders.set(name, folder);
      return folder;
    },
    startRun: (job, options) =>
      runJob(job, {
        ...options,
        onEvent: (event) => {
          options.onEvent?.(event);
          onEvent(job.path, event);
        },
        compute: ({ inputs, taskOf }) => {
          const reader = new ChunkReader();
          return {
            size: 2,
            compute: (unit, asked) => computeTask(reader, inputs, taskOf(unit), asked),
            close: () => undefined,
          };
        },
      }),
  };
}
