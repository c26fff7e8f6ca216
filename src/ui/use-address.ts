/** Keeps the page's address and title in step with what is open and how it is looked at. */
import { useEffect, useRef } from "react";
import type { Session } from "../state/session.ts";
import { type Opened, openPlace, type Place } from "../state/source.ts";
import { addressOf, insideSource, isSamePlace, openFromAddress } from "./address.ts";
import { mayLeave } from "./leaving.ts";
import { useSession } from "./session-context.ts";
import { remember } from "./start/recent.ts";

/** How long nothing changes before the address says how the image is looked at, in milliseconds: browsers take few changes. */
const REST = 300;

/** How long it may say what was, where changes never end. */
const LATEST = 1000;

/** Back and Forward open what they lead to. */
export function useAddress(opened: Opened): void {
  const session = useSession();
  useEffect(() => {
    const back = (): void => {
      if (mayLeave(session)) openFromAddress(session, new URL(location.href));
    };
    addEventListener("popstate", back);
    return () => removeEventListener("popstate", back);
  }, [session]);
  const shown = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (opened.kind === "opening") return;
    const place = openPlace(opened);
    document.title = place ? `${titleOfPlace(place)} – Fovea` : "Fovea";
    if (opened.kind === "failed") return;
    const origin = place?.source.origin;
    const where = `${origin?.kind} ${place && insideSource(place)}`;
    // A step into a plate or out of it is a step that Back undoes; how it is looked at there is not.
    show(
      addressOf(session, place),
      place !== undefined && shown.current !== undefined && shown.current !== where,
    );
    shown.current = where;
    if (origin?.kind === "url") remember(session.services.habits, "recent-urls", origin.url);
    return place && (place.image || place.plate) && follow(session, place);
  }, [opened, session]);
}

/** Has the address say how the image is looked at, whenever that has come to rest. */
function follow(session: Session, place: Place): () => void {
  let resting: ReturnType<typeof setTimeout> | undefined;
  let changed: number | undefined;
  const say = (): void => {
    changed = undefined;
    show(addressOf(session, place), false);
  };
  const wait = (): void => {
    clearTimeout(resting);
    changed ??= performance.now();
    resting = setTimeout(say, Math.min(REST, changed + LATEST - performance.now()));
  };
  const { view, rois, list, colors, features, plate } = session;
  const ends = [view, rois, list, colors, features, plate].map((store) => store.subscribe(wait));
  wait();
  return () => {
    clearTimeout(resting);
    for (const end of ends) end();
  };
}

/** Puts an address in the bar; as a step of its own unless the bar is there already. */
function show(address: string, asStep: boolean): void {
  const [now, next] = [new URL(location.href), new URL(address, location.href)];
  if (asStep && !isSamePlace(now, next)) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

function titleOfPlace(place: Place): string {
  const well = place.well?.ref ? ` ${place.well.ref.row}${place.well.ref.column}` : "";
  return `${place.source.title}${well}`;
}
