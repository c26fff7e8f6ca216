/** Commands that show others what one sees. */
import { copyLink, unlinkable } from "../share/copy-link.ts";
import type { Commands } from "./command.ts";

export const shareCommands = {
  "copy-link": {
    title: "Copy a link to this view",
    run: ({ session }) => copyLink(session),
    blocked: ({ session }) => unlinkable(session),
  },
  "save-picture": {
    title: "Save or copy a picture of the view or of the ROI…",
    run: ({ page }) => page.shown.setState({ dialog: "picture" }),
  },
  "export-pixels": {
    title: "Export pixels as OME-TIFF or OME-Zarr…",
    run: ({ page }) => page.shown.setState({ dialog: "pixels" }),
  },
} satisfies Commands;
