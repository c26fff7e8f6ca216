/** Ctrl+C and Ctrl+V for ROIs: GeoJSON for QuPath as text, a table for spreadsheets, and what others have back in. */
import { useEffect } from "react";
import { Fault } from "../../base/fault.ts";
import type { Image } from "../../ome/multiscale.ts";
import { copiedRois } from "../../roi/copied.ts";
import { csvOf } from "../../roi/delimited.ts";
import { geojsonOf } from "../../roi/geojson.ts";
import type { Roi } from "../../roi/rois.ts";
import { frameOf, pasteText } from "../../state/create-rois.ts";
import { notify } from "../../state/notices.ts";
import type { Session } from "../../state/session.ts";
import { attempt } from "../attempt.ts";
import { copyText } from "./clipboard.ts";

/** Listens for the events that the browser makes of its own shortcuts and menu; text fields keep theirs. */
export function useRoiClipboard(session: Session, image: Image): void {
  useEffect(() => {
    const copy = (event: ClipboardEvent): void => {
      const rois = selectedRois(session);
      if (isText(event) || rois.length === 0 || !event.clipboardData) return;
      event.preventDefault();
      const csv = csvOf(rois, frameOf(image));
      event.clipboardData.setData("text/plain", geojsonOf(rois, frameOf(image)));
      event.clipboardData.setData("text/csv", csv);
      event.clipboardData.setData("text/html", htmlOf(rois));
      notify(session.notices, "info", `${told(rois)} on the clipboard`);
    };
    const paste = (event: ClipboardEvent): void => {
      if (isText(event) || !session.rois.getState().table) return;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      event.preventDefault();
      void attempt(session, () => pasteText(session, text));
    };
    document.addEventListener("copy", copy);
    document.addEventListener("paste", paste);
    return () => {
      document.removeEventListener("copy", copy);
      document.removeEventListener("paste", paste);
    };
  }, [session, image]);
}

/** Puts the selected ROIs on the clipboard as one of the two, for programs that take text. */
export async function copySelected(
  session: Session,
  image: Image,
  as: "geojson" | "csv",
): Promise<void> {
  const rois = selectedRois(session);
  const text = as === "csv" ? csvOf(rois, frameOf(image)) : geojsonOf(rois, frameOf(image));
  await copyText(session, text, `${rois.length} × ROI as ${as === "csv" ? "CSV" : "GeoJSON"}`);
}

/** @throws Fault "denied" where the browser does not let the page read the clipboard, and as `pasteText` */
export async function pasteFromClipboard(session: Session): Promise<void> {
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch (cause) {
    throw new Fault("denied", "The browser does not let Fovea read the clipboard; press Ctrl+V", {
      cause,
    });
  }
  await pasteText(session, text);
}

function selectedRois(session: Session): readonly Roi[] {
  const { table, document } = session.rois.getState();
  return table ? copiedRois(table, document.rois, document.selection) : [];
}

function told(rois: readonly Roi[]): string {
  return rois.length === 1 ? "The ROI is" : `${rois.length} ROIs are`;
}

/** Whether the event is about text: in a field, or marked on the page. */
function isText({ type, target }: ClipboardEvent): boolean {
  if (document.querySelector("dialog[open]")) return true;
  if (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea"))
  )
    return true;
  return type === "copy" && getSelection()?.isCollapsed === false;
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
