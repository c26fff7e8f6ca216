/** What is done for a person and may go wrong: whatever does is told on the page. */
import { notifyError } from "../state/notices.ts";
import type { Session } from "../state/session.ts";

export async function attempt(session: Session, doIt: () => void | Promise<void>): Promise<void> {
  try {
    await doIt();
  } catch (error) {
    notifyError(session.notices, error);
  }
}
