/** Commands that find commands. */
import type { Commands } from "./command.ts";
import { openMenuByKey } from "./open-menu.ts";

export const pageCommands = {
  palette: {
    title: "Find a command or an ROI",
    keys: ["Ctrl+K"],
    when: "anywhere",
    run: ({ page }) =>
      page.shown.setState(({ dialog }) => ({
        dialog: dialog === "palette" ? undefined : "palette",
      })),
    byKeyOnly: true,
  },
  menu: {
    title: "Menu of what can be done here",
    keys: ["Shift+F10", "ContextMenu"],
    run: ({ session, page }) => openMenuByKey(session, page),
    byKeyOnly: true,
  },
  help: {
    title: "List the shortcuts and change them",
    keys: ["?"],
    run: ({ page }) => page.shown.setState({ dialog: "help" }),
  },
} satisfies Commands;
