/** Whether what is open may be left: one question for all that would be lost, asked wherever something else is opened. */
import { deleteOpenTable } from "../state/deleted-tables.ts";
import { unsavedCount } from "../state/rois.ts";
import type { Session } from "../state/session.ts";

/** True where nothing would be lost, or the user does not mind. */
export function mayLeave(session: Session): boolean {
  const losses = [
    unsavedCount(session.rois.getState()) > 0 ? "Changes to this table are not saved." : "",
    session.run.getState().status.kind === "running" ? "A run would be cancelled." : "",
  ].filter((loss) => loss !== "");
  return losses.length === 0 || confirm(`${losses.join(" ")} Leave all the same?`);
}

/** Deletes the open table; one that was never saved cannot be put back, so it is asked about. */
export async function deleteTable(session: Session): Promise<void> {
  const isStored = session.rois.getState().onDisk !== undefined;
  if (isStored || mayLeave(session)) await deleteOpenTable(session);
}
