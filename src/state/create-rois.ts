/** Making ROIs from data: what is pasted, a grid, the objects of a label, the metadata of a microscope. */
import { Fault } from "../base/fault.ts";
import { othersTurn } from "../base/steps.ts";
import { addRois, copiesOf, duplicate } from "../editor/add-rois.ts";
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import type { Image } from "../ome/multiscale.ts";
import type { NewRoi } from "../roi/add.ts";
import { type FoundRoi, type Frame, inImage } from "../roi/found-roi.ts";
import type { TextFile } from "../roi/yokogawa-xml.ts";
import type { RecipeRoi } from "../tasks/recipe.ts";
import type { Options } from "../zarr/store.ts";
import { addMany, FEW } from "./many-rois.ts";
import { startFound } from "./new-table.ts";
import { notify } from "./notices.ts";
import { USUAL_TABLE } from "./open-table.ts";
import { edit } from "./rois.ts";
import type { Session } from "./session.ts";
import { openPlace, type Source } from "./source.ts";

/** Adds ROIs in one step and selects them; in a masking table, whose rows belong to objects, offers a copy instead. */
export function addMade(session: Session, made: readonly NewRoi[], verb: string): void {
  const { table, masking, document } = session.rois.getState();
  if (masking) session.rois.setState({ offersCopy: "add" });
  else if (table) edit(session, addRois(document.rois, made, verb));
}

/** What numbers that come from outside are read by. */
export function frameOf(image: Image): Frame {
  const { unit } = image.axes.find(({ name }) => name === "x") ?? {};
  return { grid: image.levels[0].grid, unit };
}

/** A longer text is read away from the page. */
const SHORT = 100_000;

/**
 * Adds the ROIs that a text says, as far as they lie in the image.
 * @throws Fault "input" where it says none, with the row, or where none lies in the image; nothing changes then
 */
export async function pasteText(session: Session, text: string): Promise<void> {
  // In a task of its own: sending a long text must not add to taking it off the clipboard.
  if (text.length > SHORT) await othersTurn();
  const frame = frameOf(imageIn(session).image);
  const addition = { kind: "text", text, frame } as const;
  const { table, masking, document } = session.rois.getState();
  if (table && !masking && text.length > SHORT)
    return addMany(session, addition, { doing: "Pasting", verb: "Paste" });
  // Few paste, and the first pixels need not wait for it.
  const { madeOf } = await import("../roi/addition.ts");
  if (!table) return;
  const { made, warning } = madeOf(addition, table, document.rois);
  if (warning !== undefined) notify(session.notices, "warning", warning, "table/made");
  addMade(session, made, "Paste");
}

/** Duplicates the selected ROIs, moved by whole voxels of a level. */
export async function duplicateSelected(session: Session, grid: PixelGrid): Promise<void> {
  const { rois, selection } = session.rois.getState().document;
  if (selection.size <= FEW) return edit(session, duplicate(rois, selection, grid));
  const copies = copiesOf(rois, selection, grid);
  const how = { doing: "Duplicating", verb: "Duplicate" } as const;
  if (copies) await addMany(session, { kind: "copies", copies }, how);
}

/**
 * Opens a new table with the FOVs of the image's well.
 * @throws Fault "input" where the files are no such metadata or say nothing of the well; nothing changes then
 */
export async function foundFovs(session: Session, files: readonly TextFile[]): Promise<void> {
  const { wellsOf } = await import("../roi/yokogawa.ts");
  const wells = wellsOf(files);
  const { image } = imageIn(session);
  const [only, ...others] = wells;
  const here = wellOf(image.path);
  const fovs =
    wells.get(here ?? "") ?? (here === undefined && others.length === 0 ? only?.[1] : undefined);
  if (fovs === undefined)
    throw new Fault(
      "input",
      `The metadata is about ${[...wells.keys()].slice(0, 8).join(", ")}, and this image is ${here ? `of ${here}` : "in no well"}`,
    );
  const made = insideOf(session, fovs, image);
  const rois = made.map(({ name = "", box, cells }) => ({
    name,
    box,
    label: undefined,
    ...(cells ? { cells } : {}),
  }));
  startFound(session, USUAL_TABLE, rois);
}

/** "B03" of an image at "B/03/0". */
function wellOf(path: string): string | undefined {
  const [, row, column] = /(?:^|\/)([A-Z]+)\/(\d+)\/[^/]+$/.exec(path) ?? [];
  return row === undefined || column === undefined ? undefined : row + column.padStart(2, "0");
}

type Searching = Options & { readonly onProgress?: (done: number, of: number) => void };

/** The objects of a label at the time point that is shown. */
export async function objectsOf(
  session: Session,
  label: string,
  options: Searching,
): Promise<readonly RecipeRoi[]> {
  const { source, image } = imageIn(session);
  const { t } = session.view.getState();
  const { objectRois } = await import("../tasks/object-rois.ts");
  const { foldLabels: fold } = session.services;
  const found = { ...options, fold };
  const rois = await objectRois(image, image.levels[0], label, t, source.reader, found);
  options.signal?.throwIfAborted();
  return rois;
}

/** Opens a new masking table with the box of each of them. */
export async function foundObjects(
  session: Session,
  label: string,
  options: Searching,
): Promise<void> {
  const rois = await objectsOf(session, label, options);
  if (rois.length === 0) throw new Fault("input", `The label "${label}" has no object here`);
  const made = rois.map(({ name, label: id, box }) => ({ name, label: id, box }));
  startFound(session, `${label}_ROI_table`, made, label);
}

/** Those that lie in the image, cut at its border; of the others it is told how many. */
function insideOf(
  session: Session,
  found: readonly FoundRoi[],
  { levels }: Image,
): readonly NewRoi[] {
  const { made, warning } = inImage(found, levels[0].grid);
  if (warning !== undefined) notify(session.notices, "warning", warning);
  return made;
}

/** @throws Fault "input" where no image is open */
function imageIn(session: Session): { readonly source: Source; readonly image: Image } {
  const { source, image } = openPlace(session.opened.getState()) ?? {};
  if (!source || !image) throw new Fault("input", "No image is open");
  return { source, image };
}
