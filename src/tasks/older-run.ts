/** What another version of Fovea began: it cannot go on, but can still be taken back. */
import type { Fault } from "../base/fault.ts";
import type { Options, WritableStore } from "../zarr/store.ts";
import { readMade } from "./past.ts";
import { forgetRun } from "./run-folder.ts";

export interface OlderRun {
  /** For the user. */
  readonly sentence: string;
  /** What it left unfinished, to be taken back (`undoRun`). */
  readonly undoable: string | undefined;
}

/**
 * Clears the folder of a run that is over; one that was cut off stays, as what it replaced is nowhere else.
 * @param fault why it cannot be read: of `readPast`
 */
export async function settleOlderRun(
  folder: WritableStore,
  fault: Fault,
  options: Options = {},
): Promise<OlderRun> {
  const { groups: [group] = [], isEnded } = (await readMade(folder, options)) ?? {};
  if (group && !isEnded)
    return {
      sentence: `${fault.message}. "${group.name}" is unfinished; press Undo run to put back what was there before`,
      undoable: group.name,
    };
  await forgetRun(folder, options);
  return { sentence: `${fault.message}. What it made stays as it is`, undoable: undefined };
}
