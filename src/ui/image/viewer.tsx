/** The drawing as a region of the page, with the pointer, the scale bar and the buttons that lie on it. */
import { useCallback, useEffect, useRef } from "react";
import { useStore } from "zustand";
import type { Image } from "../../ome/multiscale.ts";
import type { Source } from "../../state/source.ts";
import { useTitle } from "../page.ts";
import { DepthField } from "../rois/depth-field.tsx";
import { RoiLegend } from "../rois/roi-legend.tsx";
import { Walk } from "../rois/walk.tsx";
import { ScaleBar } from "../scale-bar.tsx";
import { useRois } from "../session-context.ts";
import { PreviewBar } from "../task/preview-bar.tsx";
import { BoxButton, BoxPane } from "./box-pane.tsx";
import { DragMarks } from "./drag-marks.tsx";
import { Drawn } from "./drawn.tsx";
import { LabelLegends } from "./label-legend.tsx";
import { NetworkNote } from "./network-note.tsx";
import { PartNote } from "./part-note.tsx";
import { MainPointer } from "./pointer-layer.tsx";
import { RoiStack } from "./roi-stack.tsx";
import { SidePanes, SidePanesButton } from "./side-panes.tsx";
import type { Stage } from "./stage.ts";

export function Viewer({
  image,
  source,
  stage,
  onMount,
}: {
  readonly image: Image;
  readonly source: Source;
  readonly stage: Stage | undefined;
  readonly onMount: (parent: HTMLElement) => () => void;
}) {
  return (
    <Drawn label="Viewer" className="viewer" busy={useBusy(stage)}>
      <Canvas onMount={onMount} />
      {stage && <MainPointer stage={stage} />}
      {stage && <DragMarks stage={stage} />}
      {stage && <SidePanes stage={stage} image={image} />}
      {stage && <Overlays stage={stage} image={image} source={source} />}
      {stage && <RoiStack stage={stage} />}
      <BoxPane image={image} source={source} />
    </Drawn>
  );
}

function Canvas({ onMount }: { readonly onMount: (parent: HTMLElement) => () => void }) {
  const parent = useRef<HTMLDivElement>(null);
  useEffect(() => (parent.current ? onMount(parent.current) : undefined), [onMount]);
  return <div className="stage" ref={parent} inert />;
}

function useBusy(stage: Stage | undefined): boolean {
  return useStore(stage?.status ?? idleStatus, (status) => status.busy);
}

/** Before there is a stage, everything is still to come. */
const idleStatus = {
  getState: () => busyStatus,
  getInitialState: () => busyStatus,
  subscribe: () => () => {},
  setState: () => {},
};
const busyStatus = { busy: true };

function Overlays({
  stage,
  image,
  source,
}: {
  readonly stage: Stage;
  readonly image: Image;
  readonly source: Source;
}) {
  const busy = useStore(stage.status, (status) => status.busy);
  const isReading = useRois(({ loading }) => loading);
  const failed = useStore(stage.status, (status) => status.failed);
  const retry = useCallback(() => stage.retry(), [stage]);
  const worldPerPixel = useStore(stage.status, (status) => status.worldPerPixel);
  const unit = image.axes.find(({ name }) => name === "x")?.unit;
  const fitTitle = useTitle("fit-image");
  const sidesTitle = useTitle("side-panes");
  return (
    <>
      {busy && <div className="loading" aria-hidden="true" />}
      <div className="overhead">
        <div className="tools">
          <button type="button" title={fitTitle("Fit image")} onClick={() => stage.eye.fitImage()}>
            Fit image
          </button>
          <Walk stage={stage} />
          <BoxButton />
          <SidePanesButton image={image} title={sidesTitle("Show the stack from its sides")} />
          <DepthField image={image} />
        </div>
        <PreviewBar />
      </div>
      <NetworkNote
        source={source}
        busy={busy || isReading}
        awaited={busy ? "Pixels are" : "The ROI table is"}
        failed={failed}
        onRetry={retry}
      />
      <PartNote stage={stage} />
      <RoiLegend />
      <LabelLegends />
      <ScaleBar worldPerPixel={worldPerPixel} unit={unit} />
    </>
  );
}
