/** Whether something is being run: then nothing else is begun, and previews rest. */
import { useBatch, useRun } from "../session-context.ts";

/** Whether the open image, or wells of a plate, are being worked on. */
export function useIsRunning(): boolean {
  const image = useRun(({ status }) => status.kind === "running");
  const wells = useBatch(({ status }) => status.kind === "running" || status.kind === "undoing");
  return image || wells;
}
