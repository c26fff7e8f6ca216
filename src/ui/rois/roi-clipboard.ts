/** Ctrl+C and Ctrl+V for ROIs: GeoJSON for QuPath as text, a table for spreadsheets, and what others have back in. */
import { useEffect } from "react";
import { grouped } from "../../base/counted.ts";
import { Fault } from "../../base/fault.ts";
import { finished } from "../../base/steps.ts";
import type { Image } from "../../ome/multiscale.ts";
import { copier } from "../../roi/copied.ts";
import { csvOf } from "../../roi/delimited.ts";
import { geojsonOf } from "../../roi/geojson.ts";
import type { Roi } from "../../roi/rois.ts";
import { frameOf, pasteText } from "../../state/create-rois.ts";
import { FEW, selectedText } from "../../state/many-rois.ts";
import { notify } from "../../state/notices.ts";
import type { Session } from "../../state/session.ts";
import { attempt } from "../attempt.ts";
import { type Desk, needsTable } from "../commands/command.ts";
import { keyText } from "../commands/keys.tsx";

/** Of a mouse's buttons. */
const MIDDLE = 1;

/** Listens for the events that the browser makes of its own shortcuts and menu; text fields keep theirs. */
export function useRoiClipboard({ session, image, stage }: Desk): void {
  useEffect(() => {
    const copy = (event: ClipboardEvent): void => {
      const { size } = session.rois.getState().document.selection;
      if (isText(event) || size === 0 || !event.clipboardData) return;
      event.preventDefault();
      // The event takes only what is there at once.
      if (size > FEW) void attempt(session, () => copySelected(session, image, "geojson"));
      else {
        const rois = selectedRois(session);
        const frame = frameOf(image);
        event.clipboardData.setData("text/plain", finished(geojsonOf(rois, frame)));
        event.clipboardData.setData("text/csv", finished(csvOf(rois, frame)));
        event.clipboardData.setData("text/html", htmlOf(rois));
        notify(session.notices, "info", `${told(size)} on the clipboard`);
      }
    };
    const paste = (event: ClipboardEvent): void => {
      if (isText(event)) return;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      event.preventDefault();
      const refusal = needsTable({ session });
      stage.status.setState({ refusal });
      if (refusal !== undefined) return;
      void attempt(session, () => pasteText(session, text));
    };
    // On Linux the middle button, which pans, pastes what is marked in some program as well.
    const release = (event: MouseEvent): void => {
      if (event.button === MIDDLE && !isField(event.target)) event.preventDefault();
    };
    document.addEventListener("copy", copy);
    document.addEventListener("paste", paste);
    document.addEventListener("mouseup", release);
    return () => {
      document.removeEventListener("mouseup", release);
      document.removeEventListener("copy", copy);
      document.removeEventListener("paste", paste);
    };
  }, [session, image, stage]);
}

/**
 * Puts the selected ROIs on the clipboard as one of the two, for programs that take text.
 * @throws Fault "denied" where the browser does not let the page write there
 */
export async function copySelected(
  session: Session,
  image: Image,
  format: "geojson" | "csv",
): Promise<void> {
  const { size } = session.rois.getState().document.selection;
  const bytes = selectedText(session, { format, frame: frameOf(image) });
  try {
    // Asked for before the text is made: the browser allows it for a moment after the key or click alone.
    const blob = bytes.then((text) => new Blob([text], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  } catch (cause) {
    // Why the text could not be made comes first.
    await bytes;
    throw new Fault("denied", "The browser does not let Fovea write to the clipboard", { cause });
  }
  const as = format === "csv" ? "CSV" : "GeoJSON";
  notify(session.notices, "info", `${told(size)} on the clipboard as ${as}`);
}

/** @throws Fault "denied" where the browser does not let the page read the clipboard, and as `pasteText` */
export async function pasteFromClipboard(session: Session): Promise<void> {
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch (cause) {
    const sentence = `The browser does not let Fovea read the clipboard; press ${keyText("Ctrl+V", "+")}`;
    throw new Fault("denied", sentence, { cause });
  }
  await pasteText(session, text);
}

function selectedRois(session: Session): readonly Roi[] {
  const { table, document } = session.rois.getState();
  if (!table) return [];
  const copied = [...document.selection].map(copier(table, document.rois));
  return copied.filter((roi) => roi !== undefined);
}

function told(count: number): string {
  return count === 1 ? "The ROI is" : `${grouped(count)} ROIs are`;
}

/** Whether the event is about text: in a field, or marked on the page. */
function isText({ type, target }: ClipboardEvent): boolean {
  if (document.querySelector("dialog[open]") || isField(target)) return true;
  return type === "copy" && getSelection()?.isCollapsed === false;
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea"))
  );
}

function htmlOf(rois: readonly Roi[]): string {
  const escaped = (text: string): string =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const rows = rois.map(({ name, box: { min, max } }) => {
    const numbers = [...min.toReversed(), ...max.map((end, i) => end - (min[i] ?? 0)).toReversed()];
    return [escaped(name), ...numbers].map((cell) => `<td>${cell}</td>`).join("");
  });
  const header = ["FieldIndex", "x", "y", "z", "len_x", "len_y", "len_z"]
    .map((name, i) => `<th>${i === 0 ? name : `${name}_micrometer`}</th>`)
    .join("");
  return `<table><tr>${header}</tr>${rows.map((row) => `<tr>${row}</tr>`).join("")}</table>`;
}
