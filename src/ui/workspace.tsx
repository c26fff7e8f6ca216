/** The open image with everything around it. Tables and tasks load after the first pixels. */
import { lazy, Suspense, useCallback, useState } from "react";
import type { Image } from "../ome/multiscale.ts";
import type { RoiId } from "../roi/rois.ts";
import { roiAt } from "../roi/rois.ts";
import type { Place } from "../state/source.ts";
import { ChannelPanel } from "./channel-panel.tsx";
import { HelpDialog } from "./help-dialog.tsx";
import { useKeyboard } from "./keyboard.ts";
import { LabelPanel } from "./label-panel.tsx";
import { PlanePanel } from "./plane-panel.tsx";
import { useSession } from "./session-context.ts";
import { Stage } from "./stage.ts";
import { StatusLine } from "./status-line.tsx";
import { useSeen } from "./use-seen.ts";
import { Viewer } from "./viewer.tsx";

const RoiPanel = lazy(async () => ({ default: (await import("./roi-panel.tsx")).RoiPanel }));
const TaskPanel = lazy(async () => ({ default: (await import("./task-panel.tsx")).TaskPanel }));

const loading = <p className="empty">Loading…</p>;

export function Workspace({ place, image }: { readonly place: Place; readonly image: Image }) {
  const session = useSession();
  const [stage, setStage] = useState<Stage>();
  const [help, setHelp] = useState(false);
  const { source } = place;

  const mount = useCallback(
    (parent: HTMLElement) => {
      const made = new Stage(parent, session, source, image);
      setStage(made);
      return () => {
        made.close();
        setStage(undefined);
      };
    },
    [session, source, image],
  );
  const showHelp = useCallback(() => setHelp(true), []);
  const isSeen = useSeen(stage);
  useKeyboard(session, image, stage, showHelp);

  const fit = useCallback(
    (id: RoiId) => {
      const roi = roiAt(session.rois.getState().document.rois, id);
      if (roi) stage?.fitBox(roi.box);
    },
    [session, stage],
  );

  return (
    <div className="workspace">
      <aside className="side left" aria-label="View and process">
        <PlanePanel image={image} />
        {stage && <ChannelPanel stage={stage} />}
        <LabelPanel />
        <Suspense fallback={loading}>
          {isSeen ? <TaskPanel place={place} image={image} stage={stage} /> : loading}
        </Suspense>
      </aside>
      <Viewer image={image} stage={stage} onMount={mount} />
      <aside className="side right" aria-label="ROIs">
        <Suspense fallback={loading}>
          {isSeen ? <RoiPanel image={image} onFit={fit} /> : loading}
        </Suspense>
      </aside>
      <StatusLine image={image} stage={stage} />
      {help && <HelpDialog onClose={() => setHelp(false)} />}
    </div>
  );
}
