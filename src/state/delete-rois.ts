/** Deletes the selected ROIs at once; for as long as that is the last step, the way back is on offer. */
import { counted } from "../base/counted.ts";
import { remove } from "../editor/commands.ts";
import { notify, withdraw } from "./notices.ts";
import { edit, undo } from "./rois.ts";
import type { Session } from "./session.ts";

/** What its messages are about: the last deletion. */
const ABOUT = "table/delete";

/** Deletes those that are selected and not locked. */
export function deleteSelected(session: Session): void {
  const lastStep = () => session.rois.getState().document.history.done.at(-1);
  const { rois, selection } = session.rois.getState().document;
  const before = lastStep();
  edit(session, remove(rois, selection));
  const step = lastStep();
  if (step === undefined || step === before) return;
  const [only] = step.diff.size === 1 ? step.diff.values() : [];
  const what = only?.from?.name ?? counted(step.diff.size, "ROI");
  const button = { text: "Undo", press: () => undo(session) };
  notify(session.notices, "info", `Deleted ${what}`, ABOUT, button);
  const stop = session.rois.subscribe(() => {
    if (lastStep() === step) return;
    stop();
    withdraw(session.notices, ABOUT);
  });
}
