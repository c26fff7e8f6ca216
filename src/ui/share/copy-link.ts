/** The link to what is looked at, and why there is none. */
import type { Session } from "../../state/session.ts";
import type { Place } from "../../state/source.ts";
import { addressOf } from "../address.ts";
import { copyText } from "../rois/clipboard.ts";

/** Why what is open has no link; undefined where it has one. */
export function unlinkable(session: Session): string | undefined {
  const place = placeOf(session);
  if (place === undefined) return "Nothing is open";
  return place.source.origin.kind === "folder"
    ? "A folder on this computer has no address that others could open"
    : undefined;
}

/** Puts the link on the clipboard: whoever opens it sees what is seen here. */
export async function copyLink(session: Session): Promise<void> {
  const address = addressOf(session, placeOf(session));
  await copyText(session, new URL(address, location.href).href, "The link to this view");
}

function placeOf({ opened }: Session): Place | undefined {
  const state = opened.getState();
  return state.kind === "open" ? state.place : undefined;
}
