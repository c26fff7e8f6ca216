/** The page's address: what it asks to be opened, and what it should say for what is open. */
import { openDemo } from "../state/demo.ts";
import { type Linked, linkedQuery, queryText, readLinked } from "../state/link.ts";
import { linkedOf } from "../state/look.ts";
import { notify } from "../state/notices.ts";
import { closeAll, openUrl } from "../state/open.ts";
import { NO_TABLE } from "../state/open-table.ts";
import type { Session } from "../state/session.ts";
import type { Place } from "../state/source.ts";

/**
 * Opens what the address asks for: `?demo`, or `?source=<url>`; with `&inside=<path>` of a plate, `&table=<name>`, and
 * how the image is looked at (`linkedQuery`).
 */
export function openFromAddress(session: Session, { searchParams }: URL): void {
  const source = searchParams.get("source");
  const table = searchParams.get("table") ?? undefined;
  const inside = searchParams.get("inside") ?? undefined;
  const { linked, problems } = readLinked(searchParams);
  const options = { table, inside, linked };
  if (source !== null) void openUrl(session, source, options);
  else if (searchParams.has("demo")) void openDemo(session, options);
  else closeAll(session);
  // In one message: of many the first would be gone.
  if (problems.length > 0) notify(session.notices, "warning", problems.join(". "));
}

/** The address of what is open, so that a reload or a copied link comes back to it. A folder has none. */
export function addressOf(session: Session, place: Place | undefined): string {
  const query = placeQuery(place);
  if (query.size === 0 || place === undefined) return "./";
  const { tableName, names } = session.rois.getState();
  const table = tableName ?? (names.length > 0 ? NO_TABLE : undefined);
  if (table !== undefined) query.set("table", table);
  for (const [name, value] of linkedQuery(lookedAt(session, place))) query.append(name, value);
  return `?${queryText(query)}`;
}

/** How the open image is looked at, or the open plate. */
function lookedAt(session: Session, { image }: Place): Linked {
  const plate = session.plate.getState();
  if (image) return linkedOf(session, image);
  if (plate.kind !== "shown") return {};
  const { image: first, images, name } = plate.images;
  const { camera, z, t, channels, labels } = linkedOf(session, first);
  const { overWells, conditions } = session.view.getState();
  return {
    image: images.length > 1 ? name : undefined,
    camera,
    z,
    t,
    channels,
    over: overWells.length > 0 ? overWells : undefined,
    conditions,
    labels: overWells.includes("labels") ? labels : undefined,
  };
}

/** Whether two addresses lead to the same place, however it is looked at there. */
export function isSamePlace(a: URL, b: URL): boolean {
  return ["source", "demo", "inside"].every(
    (name) => a.searchParams.get(name) === b.searchParams.get(name),
  );
}

function placeQuery(place: Place | undefined): URLSearchParams {
  const query = new URLSearchParams();
  if (!place) return query;
  const { origin } = place.source;
  switch (origin.kind) {
    case "folder":
      return query;
    case "url":
      query.set("source", origin.url);
      break;
    case "demo":
      query.set("demo", "");
      break;
  }
  const inside = insideSource(place);
  // The demo's address alone leads to its first well, any other source's to what it is.
  const isImplied = origin.kind !== "demo" && inside === "";
  if (inside !== undefined && !isImplied) query.set("inside", inside);
  return query;
}

/**
 * The path of what is shown inside a plate, or inside a well or collection that has several images; "" for the source
 * itself. What is no part of these has none.
 */
export function insideSource({ plate, well, image }: Place): string | undefined {
  const isChosen = plate !== undefined || (well !== undefined && well.images.length > 1);
  return isChosen ? (image?.path ?? well?.path ?? "") : undefined;
}
