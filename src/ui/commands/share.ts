/** Commands that show others what one sees. */
import { copyLink, unlinkable } from "../share/copy-link.ts";
import type { Commands } from "./command.ts";

export const shareCommands = {
  "copy-link": {
    title: "Copy a link to this view",
    run: ({ session }) => copyLink(session),
    blocked: ({ session }) => unlinkable(session),
  },
  "export-pixels": {
    title: "Export pixels as OME-TIFF or OME-Zarr…",
    run: ({ page }) => page.shown.setState({ dialog: "pixels" }),
  },
} satisfies Commands;
