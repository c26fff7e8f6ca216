/** An image opened from a store, and a square of the page to draw it in. Browser only. */
import type { Image } from "../ome/multiscale.ts";
import { openSource } from "../state/open.ts";
import type { Session } from "../state/session.ts";
import type { Source } from "../state/source.ts";
import type { Store } from "../zarr/store.ts";
import { sourceOver } from "./services.ts";

export async function openedImage(
  session: Session,
  store: Store,
): Promise<{ readonly source: Source; readonly image: Image }> {
  const source = sourceOver(store, session.services);
  await openSource(session, source);
  const opened = session.opened.getState();
  if (opened.kind !== "open" || !opened.place.image) throw new Error("No image is open");
  return { source, image: opened.place.image };
}

/** Put on the page, so many CSS pixels wide and high. */
export function square(side: number): HTMLElement {
  const element = document.createElement("div");
  Object.assign(element.style, { width: `${side}px`, height: `${side}px`, position: "relative" });
  document.body.append(element);
  return element;
}
