/** The folder that a run has to itself: its journal, copies of what it replaced, chunks that memory had no room for. */
import type { Options, WritableStore } from "../zarr/store.ts";

/** Empties a run's folder: it can then be neither resumed nor taken back. */
export async function forgetRun(folder: WritableStore, options: Options = {}): Promise<void> {
  await folder.delete("/run.json", options);
  for (const { name } of await folder.list("/", options)) await folder.delete(`/${name}`, options);
}
