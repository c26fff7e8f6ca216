/** What a command is: the one entry from which keys, palette, help, menus and the titles of buttons are made. */
import type { When } from "../../editor/shortcuts.ts";
import type { Image } from "../../ome/multiscale.ts";
import type { Session } from "../../state/session.ts";
import type { Stage } from "../image/stage.ts";
import type { Page } from "../page.ts";

/** All that a command works on. */
export interface Desk {
  readonly session: Session;
  readonly image: Image;
  readonly stage: Stage;
  readonly page: Page;
}

export interface Command {
  /** What it does, as a person would ask for it. */
  readonly title: string;
  /** What a menu calls it that says already what it is about: the selected ROIs, new ROIs. */
  readonly short?: string;
  /** As they come; the user's own replace them. A command without any is in the palette. */
  readonly keys?: readonly string[];
  /** Where its keys are heard; on the canvas unless told. */
  readonly when?: When;
  /** What is wrong is thrown as a Fault. */
  readonly run: (desk: Desk) => void | Promise<void>;
  /** Of a command that lasts while its key is down: what letting go does. */
  readonly release?: (desk: Desk) => void;
  /** The browser tells these keys by an event of their own, so they cannot be bound anew and are not listened for. */
  readonly fixed?: true;
  /** Why it cannot be done now; undefined where it can. */
  readonly blocked?: (desk: Desk) => string | undefined;
  /** Not in the palette: a step of the hand that is only ever done by its keys. */
  readonly byKeyOnly?: true;
}

export type Commands = Readonly<Record<string, Command>>;

export function needsTable({ session }: Pick<Desk, "session">): string | undefined {
  const { table, loading } = session.rois.getState();
  if (loading) return "The ROI table is still being read";
  return table ? undefined : "No ROI table is open";
}

/** A masking table's rows belong to the objects of a label. */
export function needsOwnTable(desk: Desk): string | undefined {
  if (desk.session.rois.getState().masking) return "The rows of a masking table are its objects";
  return needsTable(desk);
}

export function needsSelection({ session }: Desk): string | undefined {
  return session.rois.getState().document.selection.size > 0 ? undefined : "No ROI is selected";
}
