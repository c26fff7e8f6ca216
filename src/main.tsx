/** Mounts the page on a session, and sets going what outlasts every opening. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { version } from "../package.json";
import { browserServices } from "./state/browser-services.ts";
import { keepChannelLooks } from "./state/channel-looks.ts";
import { keepDrafts } from "./state/keep-drafts.ts";
import { keepLabelColors } from "./state/label-colors.ts";
import { keepLabelLooks } from "./state/labels.ts";
import { createSession } from "./state/session.ts";
import { lookAround, watchSaves } from "./state/table-files.ts";
import { keepViewChoices } from "./state/view-choices.ts";
import { openFromAddress } from "./ui/address.ts";
import { App } from "./ui/app.tsx";
import { SessionContext } from "./ui/session-context.ts";
import "./ui/styles/tokens.css";
import "./ui/styles/page.css";
import "./ui/styles/plate.css";
import "./ui/styles/start.css";
import "./ui/styles/workspace.css";
import "./ui/styles/viewer.css";
import "./ui/styles/channels.css";
import "./ui/styles/labels.css";
import "./ui/styles/network.css";
import "./ui/styles/panes.css";
import "./ui/styles/boxes.css";
import "./ui/styles/rois.css";
import "./ui/styles/find.css";
import "./ui/styles/task.css";
import "./ui/styles/messages.css";
import "./ui/styles/commands.css";
import "./ui/styles/share.css";
import "./ui/styles/touch.css";

const session = createSession(browserServices(version, () => localStorage));
keepDrafts(session);
keepViewChoices(session);
keepChannelLooks(session);
keepLabelLooks(session);
keepLabelColors(session);
watchSaves(session);
addEventListener("focus", () => void lookAround(session));
openFromAddress(session, new URL(location.href));

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <SessionContext value={session}>
      <App />
    </SessionContext>
  </StrictMode>,
);
