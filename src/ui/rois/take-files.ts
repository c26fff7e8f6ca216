/** Files that the user brings: a microscope's into a new table, ROIs into the open one, or a sentence that says why not. */
import { Fault } from "../../base/fault.ts";
import { foundFovs, pasteText } from "../../state/create-rois.ts";
import type { Session } from "../../state/session.ts";
import { needsTable } from "../commands/command.ts";
import { mayLeave } from "../leaving.ts";

/** @throws Fault as `foundFovs` */
export async function takeMetadata(session: Session, files: readonly File[]): Promise<void> {
  if (!mayLeave(session)) return;
  const texts = files.map(async (file) => ({ name: file.name, text: await file.text() }));
  await foundFovs(session, await Promise.all(texts));
}

/** Adds the ROIs of a file as if its text were pasted. @throws Fault "input" where no table is open, and as `pasteText` */
export async function takeRois(session: Session, file: File): Promise<void> {
  const refusal = needsTable({ session });
  if (refusal !== undefined) throw new Fault("input", refusal, { where: file.name });
  await pasteText(session, await file.text());
}
