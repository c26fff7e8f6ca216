/** Files of a microscope that the user brings: into a new table, or a sentence that says why not. */
import { foundFovs } from "../../state/create-rois.ts";
import type { Session } from "../../state/session.ts";
import { mayLeave } from "../leaving.ts";

/** @throws Fault as `foundFovs` */
export async function takeMetadata(session: Session, files: readonly File[]): Promise<void> {
  if (!mayLeave(session)) return;
  const texts = files.map(async (file) => ({ name: file.name, text: await file.text() }));
  await foundFovs(session, await Promise.all(texts));
}
