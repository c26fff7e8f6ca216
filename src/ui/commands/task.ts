/** Commands of the task that is set up beside the image. */
import { comparePreview, switchPreview } from "../../state/preview.ts";
import type { Commands } from "./command.ts";

export const taskCommands = {
  preview: {
    title: "Preview the task, and put the preview away",
    keys: ["T"],
    run: ({ session }) => switchPreview(session, !session.preview.getState().isOn),
  },
  compare: {
    title: "Before and after, in a preview",
    keys: ["C"],
    run: ({ session }) => comparePreview(session),
    blocked: ({ session }) => (session.preview.getState().isOn ? undefined : "No preview is shown"),
  },
} satisfies Commands;
