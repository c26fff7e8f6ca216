/** Opens the context menu: at the pointer, on a row of the table, or by the keyboard where the focus is. */
import type { Pointer } from "../../editor/tool-state.ts";
import type { RoiId } from "../../roi/rois.ts";
import { select } from "../../state/rois.ts";
import type { Session } from "../../state/session.ts";
import type { Page } from "../page.ts";
import type { MenuSubject } from "./menu-commands.ts";

export interface Menu {
  readonly of: MenuSubject;
  /** CSS pixels of the window. */
  readonly x: number;
  readonly y: number;
  /** Where on the image it was opened, for what is done at the pointer. */
  readonly pointer?: Pointer;
}

/** Opens the menu of an ROI, which is selected unless it is already; undefined opens that of the image. */
export function openMenu(
  session: Session,
  page: Page,
  id: RoiId | undefined,
  at: Omit<Menu, "of">,
): void {
  const { selection } = session.rois.getState().document;
  if (id !== undefined && !selection.has(id)) select(session, new Set([id]));
  page.shown.setState({ menu: { ...at, of: id === undefined ? "image" : "rois" } });
}

/** Opens the menu of what has the focus: the selected row of the table, or what is selected on the image. */
export function openMenuByKey(session: Session, page: Page): void {
  const grid = document.activeElement?.closest("[role=grid]");
  const row = grid && document.getElementById(grid.getAttribute("aria-activedescendant") ?? "");
  const place = row ?? document.querySelector(".viewer");
  if (!place) return;
  const { left, top, width, height } = place.getBoundingClientRect();
  const [id] = session.rois.getState().document.selection;
  openMenu(session, page, id, { x: left + width / 3, y: top + (row ? height : height / 3) });
}
