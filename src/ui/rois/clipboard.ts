/** Puts a text where it can be pasted from, and says so. */
import { notify, notifyError } from "../../state/notices.ts";
import type { Session } from "../../state/session.ts";

/** @param what begins the sentence: "The recipe" */
export async function copyText(session: Session, text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify(session.notices, "info", `${what} is on the clipboard`);
  } catch (error) {
    notifyError(session.notices, error);
  }
}
