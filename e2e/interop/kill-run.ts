/** A run that is killed in the middle and gone on with, for the other side to read what came of it. */
import { Fault } from "../../src/base/fault.ts";
import { openImage } from "../../src/ome/open-image.ts";
import type { Executor } from "../../src/tasks/executor.ts";
import { type RunJob, resumeRun, run } from "../../src/tasks/run.ts";
import type { Summary } from "../../src/tasks/summary.ts";
import { WatchedStore } from "../../src/testing/watched-store.ts";
import type { OpenedFolder } from "./folder.ts";

/** Kills it when its second ROI is in: nothing is read or written any more, on either disk. */
export async function killAndResume(
  { spec }: OpenedFolder,
  path: string,
  job: RunJob,
  executor: Executor,
): Promise<Summary> {
  const [disk, folder] = [new WatchedStore(spec.entries), new WatchedStore()];
  let left = 2;
  disk.before = folder.before = () => {
    if (left <= 0) throw new Fault("denied", "The power is gone");
  };
  const tools = { executor, folder };
  const onEvent = ({ kind }: { readonly kind: string }): void => {
    if (kind === "retired") left--;
  };
  const wasKilled = await run(await openImage(disk, path), job, { ...tools, onEvent }).then(
    () => false,
    () => true,
  );
  if (!wasKilled) throw new Error("The run came to its end before it was killed");
  left = Number.POSITIVE_INFINITY;
  return resumeRun(await openImage(disk, path), { ...tools, onEvent });
}
