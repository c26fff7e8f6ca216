/** The link to what is looked at, why there is none, and what others do not see by it. */
import { counted } from "../../base/counted.ts";
import { unsavedCount } from "../../state/rois.ts";
import type { Session } from "../../state/session.ts";
import { openPlace } from "../../state/source.ts";
import { addressOf } from "../address.ts";
import { copyText } from "../rois/clipboard.ts";

/** Why what is open has no link; undefined where it has one. */
export function unlinkable(session: Session): string | undefined {
  const place = openPlace(session.opened.getState());
  if (place === undefined) return "Nothing is open";
  return place.source.origin.kind === "folder"
    ? "A folder on this computer has no address that others could open"
    : undefined;
}

/** Puts the link on the clipboard: whoever opens it sees what is seen here. */
export async function copyLink(session: Session): Promise<void> {
  const address = addressOf(session, openPlace(session.opened.getState()));
  const link = new URL(address, location.href).href;
  await copyText(session, link, "The link to this view", unseen(session));
}

/** What of the open table is not in the data that the link leads to. */
function unseen({ rois }: Session): string | undefined {
  const state = rois.getState();
  const { table, tableName, onDisk } = state;
  if (table === undefined) return undefined;
  if (onDisk === undefined)
    return `Others do not see the table “${tableName}” until you have saved it`;
  const count = unsavedCount(state);
  return count === 0
    ? undefined
    : `Others do not see ${counted(count, "change")} to “${tableName}” until you have saved`;
}
