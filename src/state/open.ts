/** Opening: from a source to its plate, its wells, its images; each opening cancels the one before. */
import { Fault, isFault, sentence } from "../base/fault.ts";
import { isWritable, type Options } from "../zarr/store.ts";
import { isAtWork, leaveBatch } from "./batch-state.ts";
import { leaveFeatures } from "./features.ts";
import { remember } from "./identity.ts";
import type { Linked } from "./link.ts";
import { takeLinked } from "./look.ts";
import { selectLinked, takeList } from "./look-list.ts";
import { dismissAll, notify, notifyError } from "./notices.ts";
import { openTables } from "./open-table.ts";
import { leavePlate, showPlate } from "./plate.ts";
import { recover } from "./recover.ts";
import { leaveRois } from "./rois.ts";
import { leaveRun } from "./run-state.ts";
import type { Session } from "./session.ts";
import { descend, descendInside, joinPath, type Place, type Source, sourceOf } from "./source.ts";
import { sweepImage } from "./sweep.ts";
import { lookAt } from "./view.ts";

export interface OpenOptions {
  /** The ROI table to choose; the first of the image where it has none of that name. */
  readonly table?: string | undefined;
  /** The path of a well or an image inside the plate that is opened, to go on to; "" stays at the plate. */
  readonly inside?: string | undefined;
  /** How the image is looked at; as it is first seen unless a link says otherwise. */
  readonly linked?: Linked | undefined;
}

/** Opens a web address; anything but http(s) is refused with a sentence. */
export async function openUrl(
  session: Session,
  address: string,
  options: OpenOptions = {},
): Promise<void> {
  const url = address.trim();
  await opening(
    session,
    url,
    async (signal, asking) => {
      const source = sourceOf({ kind: "url", url }, { kind: "url", url }, session.services);
      asking(source);
      const place = await descend({ source }, "", { signal });
      return enterLinked(session, place, options.inside, { signal });
    },
    options,
  );
}

/** Goes on to what a link names inside a source; where that is no more, the source is shown, and it is told. */
export async function enterLinked(
  session: Session,
  place: Place,
  inside: string | undefined,
  options: { readonly signal: AbortSignal },
): Promise<Place> {
  if (inside === undefined) return place;
  try {
    return await descendInside(place, inside, options);
  } catch (error) {
    if (!isFault(error, "missing") || (place.plate ?? place.well ?? place.image) === undefined)
      throw error;
    const text = `The link leads to ${inside}, which is not there any more`;
    notify(session.notices, "warning", text);
    return place;
  }
}

/** Opens a picked or dropped folder and remembers it. */
export async function openFolder(
  session: Session,
  handle: FileSystemDirectoryHandle,
  options: OpenOptions = {},
): Promise<void> {
  await opening(
    session,
    handle.name,
    async (signal) => {
      if (!(await session.services.permitted(handle, "read", true)))
        throw new Fault(
          "denied",
          `The browser was not allowed to read the folder "${handle.name}"`,
        );
      const { folders, now } = session.services;
      const { id } = await remember(folders, handle, now().getTime());
      const origin = { kind: "folder", handle, id } as const;
      await recover(session, origin, { signal });
      const source = sourceOf(origin, { kind: "directory", handle }, session.services);
      try {
        return await descend({ source }, "", { signal });
      } catch (error) {
        throw isFault(error, "missing") ? await withZarrsIn(handle, error) : error;
      }
    },
    options,
  );
}

/** Points out the Zarrs that a folder holds, where it is none itself. */
async function withZarrsIn(handle: FileSystemDirectoryHandle, fault: Fault): Promise<Fault> {
  const names: string[] = [];
  for await (const [name, entry] of handle.entries())
    if (entry.kind === "directory" && name.endsWith(".zarr")) names.push(name);
  if (names.length === 0) return fault;
  const list = names.sort().slice(0, 5).join(", ");
  return new Fault(
    "missing",
    `"${handle.name}" is no Zarr itself, but holds ${list}: open one of these`,
    {
      cause: fault,
    },
  );
}

/** Opens something already reachable: a well of the plate on screen, an image of the well, the plate again. */
export async function openInside(
  session: Session,
  from: Place,
  path: string,
  options: OpenOptions = {},
): Promise<void> {
  const { image: _left, ...back } = from;
  const open = (signal: AbortSignal) => descend(from, path, { signal });
  await opening(session, path, open, back.plate || back.well ? { ...options, back } : options);
}

/** Opens another image of the well that is open, by way of the well, whose list may have grown. */
export async function openBeside(session: Session, path: string): Promise<void> {
  const opened = session.opened.getState();
  if (opened.kind !== "open") return;
  const { source, plate, well } = opened.place;
  const top: Place = plate ? { source, plate } : { source };
  const open = async (signal: AbortSignal): Promise<Place> => {
    const above = well ? await descend(top, well.path, { signal }) : top;
    return above.image?.path === path ? above : descend(above, path, { signal });
  };
  await opening(session, path, open, { back: opened.place });
}

/** Opens a source at its root. */
export async function openSource(
  session: Session,
  source: Source,
  options: OpenOptions = {},
): Promise<void> {
  const open = (signal: AbortSignal, asking: (source: Source) => void) => {
    asking(source);
    return descend({ source }, "", { signal });
  };
  await opening(session, source.title, open, options);
}

/** The well of a plate by its path inside the plate ("B/03"), or an image of it ("B/03/0") by way of the well. */
export async function openWellOf(
  session: Session,
  { plate, source }: Place,
  inside: string,
  options: OpenOptions = {},
): Promise<void> {
  if (!plate) return;
  const [top, path]: [Place, string] = [{ source, plate }, joinPath(plate, inside)];
  const open = (signal: AbortSignal) => descendInside(top, path, { signal });
  await opening(session, path, open, { ...options, back: top });
}

/** Back to the landing page. */
export function closeAll(session: Session): void {
  session.opening.controller.abort();
  leaveImage(session);
  leaveBatch(session.batch);
  session.opened.setState({ kind: "nothing" }, true);
  keepOnly(session, undefined);
}

/**
 * Runs an opening in place of the one before, and shows what came of it.
 * @param open is to say which source it asks as soon as it knows
 * @param back what is shown again, with a message, if it fails; without it the landing page says what failed
 */
export async function opening(
  session: Session,
  what: string,
  open: (signal: AbortSignal, asking: (source: Source) => void) => Promise<Place>,
  { table, linked, back }: OpenOptions & { readonly back?: Place } = {},
): Promise<void> {
  session.opening.controller.abort();
  const controller = new AbortController();
  const { signal } = controller;
  session.opening.controller = controller;
  const { tableName, onDisk } = session.rois.getState();
  leaveImage(session);
  const asking = (source: Source | undefined): void => {
    if (!signal.aborted) session.opened.setState({ kind: "opening", what, source }, true);
  };
  asking(back?.source);
  try {
    const place = await open(signal, asking);
    signal.throwIfAborted();
    if (place.image) {
      place.source.reader.prepare(place.image.levels[0].array);
      lookAt(session.view, place.image);
      for (const problem of place.image.problems) notify(session.notices, "warning", problem);
    }
    session.opened.setState({ kind: "open", place }, true);
    // What was chosen at the source before gives way to what a link says.
    if (place.image && linked) takeLinked(session, place.image, linked);
    keepOnly(session, place.source);
    await Promise.all([
      shownIfPlate(session, place, { linked, signal }),
      beside(session, place, { signal, table, linked }),
    ]);
  } catch (error) {
    if (signal.aborted) return;
    const failed = { kind: "failed", what, sentence: sentence(error) } as const;
    session.opened.setState(back ? { kind: "open", place: back } : failed, true);
    keepOnly(session, back?.source);
    if (!back) {
      leaveBatch(session.batch);
      return;
    }
    notifyError(session.notices, error);
    await shownIfPlate(session, back, { signal });
    // With the table that was open; what was edited in it is on offer as its draft.
    const shown = { signal, table: onDisk && tableName, linked: undefined };
    if (back.image) await beside(session, back, shown);
  }
}

async function shownIfPlate(
  session: Session,
  { source, plate, well, image }: Place,
  options: Options & { readonly linked?: Linked | undefined },
): Promise<void> {
  if (plate && !well && !image) await showPlate(session, { source, plate }, options);
}

/** What lies beside an image: its tables, and leftovers of cut-off writes. Without them the image is still shown. */
async function beside(
  session: Session,
  place: Place,
  options: {
    readonly signal: AbortSignal;
    readonly table: string | undefined;
    readonly linked: Linked | undefined;
  },
): Promise<void> {
  const { signal, linked } = options;
  const tell = (error: unknown): void => {
    if (!signal.aborted) notifyError(session.notices, error);
  };
  await Promise.all([
    findBatchOf(session, place, options).catch(tell),
    openTables(session, place, options).catch(tell),
  ]);
  if (signal.aborted) return;
  if (linked?.rois) selectLinked(session, linked.rois);
  if (linked?.list) await takeList(session, linked.list, options).catch(tell);
  if (signal.aborted) return;
  await findRunOn(session, place, options).catch(tell);
  if (signal.aborted) return;
  session.opening.tidied = sweepImage(session, place, options).catch(tell);
  await session.opening.tidied;
}

/** A batch of another plate is left to go on later. What runs tasks is loaded only where one may have been run. */
async function findBatchOf(session: Session, place: Place, options: Options): Promise<void> {
  const { source, plate } = place;
  const known = session.batch.getState().plate;
  if (known && known.source === source && known.path === plate?.path) return;
  leaveBatch(session.batch);
  if (!plate || !isWritable(source.store)) return;
  const { findBatch } = await import("./batch.ts");
  if (!options.signal?.aborted) await findBatch(session, { source, path: plate.path }, options);
}

async function findRunOn(session: Session, place: Place, options: Options): Promise<void> {
  if (!isWritable(place.source.store) || isAtWork(session.batch, place)) return;
  const { findRun } = await import("./run.ts");
  if (!options.signal?.aborted) await findRun(session, place, options);
}

/** Gives back the memory of the source that was open before, whoever still holds it. */
function keepOnly({ opening: last }: Session, source: Source | undefined): void {
  if (last.source !== source) last.source?.reader.clear();
  last.source = source;
}

/** Drops what belongs to the image that was open. */
function leaveImage(session: Session): void {
  leaveRois(session);
  leaveFeatures(session);
  leaveRun(session.run);
  leavePlate(session);
  dismissAll(session.notices);
}
