/** Puts a text where it can be pasted from, and says so. */
import { notify, notifyError } from "../../state/notices.ts";
import { ABOUT_SAVES } from "../../state/save.ts";
import type { Session } from "../../state/session.ts";

/**
 * @param what begins the sentence: "The recipe"
 * @param but a sentence of what the text lacks until the table is saved
 */
export async function copyText(
  session: Session,
  text: string,
  what: string,
  but?: string,
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    const done = `${what} is on the clipboard`;
    if (but === undefined) notify(session.notices, "info", done);
    else notify(session.notices, "warning", `${done}. ${but}`, ABOUT_SAVES);
  } catch (error) {
    notifyError(session.notices, error);
  }
}
