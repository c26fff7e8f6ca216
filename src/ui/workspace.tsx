/** The open image with everything around it. Tables and tasks load after the first pixels. */
import { useCallback, useEffect, useMemo, useState } from "react";
import type { Image } from "../ome/multiscale.ts";
import type { RoiId } from "../roi/rois.ts";
import { roiAt } from "../roi/rois.ts";
import { loadSaving } from "../state/load-saving.ts";
import type { Place } from "../state/source.ts";
import { useKeyboard } from "./commands/keyboard.ts";
import { ChannelPanel } from "./image/channel-panel.tsx";
import { LabelPanel } from "./image/label-panel.tsx";
import { PlanePanel } from "./image/plane-panel.tsx";
import { Stage } from "./image/stage.ts";
import { Viewer } from "./image/viewer.tsx";
import { late } from "./late.tsx";
import { News } from "./news.tsx";
import { usePage, useShown } from "./page.ts";
import { showUndone } from "./rois/show-undone.ts";
import { useSession } from "./session-context.ts";
import { StatusLine } from "./status-line.tsx";
import { useSeen } from "./use-seen.ts";

const loading = <p className="empty">Loading…</p>;

const RoiPanel = late(async () => (await import("./rois/roi-panel.tsx")).RoiPanel, loading);
const TaskPanel = late(async () => (await import("./task/task-panel.tsx")).TaskPanel, loading);
const CommandPalette = late(
  async () => (await import("./commands/command-palette.tsx")).CommandPalette,
);
const ContextMenu = late(async () => (await import("./commands/context-menu.tsx")).ContextMenu);
const HelpDialog = late(async () => (await import("./commands/help-dialog.tsx")).HelpDialog);
const PictureDialog = late(async () => (await import("./share/picture-dialog.tsx")).PictureDialog);
const PixelsDialog = late(async () => (await import("./share/pixels-dialog.tsx")).PixelsDialog);

export function Workspace({ place, image }: { readonly place: Place; readonly image: Image }) {
  const session = useSession();
  const [stage, setStage] = useState<Stage>();
  const page = usePage();
  const dialog = useShown((shown) => shown.dialog);
  const menu = useShown((shown) => shown.menu);
  const { source } = place;

  const mount = useCallback(
    (parent: HTMLElement) => {
      const made = new Stage(parent, session, source, image);
      setStage(made);
      const endShowing = showUndone(session, made, image);
      return () => {
        endShowing();
        made.close();
        setStage(undefined);
      };
    },
    [session, source, image],
  );
  const isSeen = useSeen(stage);
  // Before it is needed: the network may be away by then.
  useEffect(() => {
    if (isSeen) void loadSaving().catch(() => {});
  }, [isSeen]);
  const desk = useMemo(
    () => stage && { session, image, stage, page },
    [session, image, stage, page],
  );
  useKeyboard(desk);

  const fit = useCallback(
    (id: RoiId) => {
      const roi = roiAt(session.rois.getState().document.rois, id);
      if (roi) stage?.eye.fitBox(roi.box);
    },
    [session, stage],
  );
  const go = useCallback(
    (id: RoiId) => {
      const roi = roiAt(session.rois.getState().document.rois, id);
      if (roi) stage?.eye.goTo(roi.box);
    },
    [session, stage],
  );

  return (
    <div className="workspace">
      <aside className="side left" aria-label="View and process">
        <PlanePanel image={image} stage={stage} />
        {stage && <ChannelPanel stage={stage} />}
        <LabelPanel />
        {isSeen ? <TaskPanel place={place} image={image} stage={stage} /> : loading}
      </aside>
      <main className="middle">
        <h1 className="visually-hidden">{titleOf(place)}</h1>
        <Viewer image={image} source={source} stage={stage} onMount={mount} />
      </main>
      <aside className="side right" aria-label="ROIs">
        {isSeen && desk ? <RoiPanel desk={desk} onFit={fit} onGo={go} /> : loading}
      </aside>
      <StatusLine image={image} stage={stage} />
      <News />
      {dialog === "palette" && desk && <CommandPalette desk={desk} />}
      {dialog === "help" && <HelpDialog />}
      {dialog === "picture" && desk && <PictureDialog desk={desk} source={source} />}
      {dialog === "pixels" && desk && <PixelsDialog desk={desk} source={source} />}
      {menu && desk && <ContextMenu desk={desk} menu={menu} />}
    </div>
  );
}

function titleOf({ source, image }: Place): string {
  return [source.title, image?.path].filter(Boolean).join(" ");
}
