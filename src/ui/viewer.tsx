/** The drawing as a region of the page, with the pointer, the scale bar and the buttons that lie on it. */
import { type PointerEvent, useEffect, useRef } from "react";
import { useStore } from "zustand";
import type { Image } from "../ome/multiscale.ts";
import { scaleBar } from "../scene/scale-bar.ts";
import { DepthField } from "./depth-field.tsx";
import { DragMarks } from "./drag-marks.tsx";
import { PointerTracker } from "./pointer-tracker.ts";
import { PreviewBar } from "./preview-bar.tsx";
import type { Stage } from "./stage.ts";

/** The longest scale bar, in CSS pixels. */
const BAR_MAX = 160;

export function Viewer({
  image,
  stage,
  onMount,
}: {
  readonly image: Image;
  readonly stage: Stage | undefined;
  readonly onMount: (parent: HTMLElement) => () => void;
}) {
  const parent = useRef<HTMLDivElement>(null);
  useEffect(() => (parent.current ? onMount(parent.current) : undefined), [onMount]);
  return (
    <section className="viewer" aria-label="Viewer" aria-busy={useBusy(stage)}>
      <div className="stage" ref={parent} inert />
      {stage && <Hand stage={stage} />}
      {stage && <DragMarks stage={stage} />}
      {stage && <Overlays stage={stage} image={image} />}
    </section>
  );
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

/** Takes the pointer: one layer over the canvas, so that nothing of deck.gl's own picking is involved. */
function Hand({ stage }: { readonly stage: Stage }) {
  const pane = useRef<HTMLDivElement>(null);
  const tracker = useRef(new PointerTracker(stage));
  useEffect(() => {
    const element = pane.current;
    const current = tracker.current;
    if (!element) return;
    // React listens to wheel passively; zooming must keep the page from scrolling.
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      current.wheel(event);
    };
    const modifiers = (event: KeyboardEvent): void => {
      current.modifiers(event);
      if (event.key !== " " || !current.space(event.type === "keydown")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    const cancel = (): void => current.cancel();
    element.addEventListener("wheel", wheel, { passive: false });
    addEventListener("keydown", modifiers, { capture: true });
    addEventListener("keyup", modifiers);
    addEventListener("blur", cancel);
    return () => {
      element.removeEventListener("wheel", wheel);
      removeEventListener("keydown", modifiers, { capture: true });
      removeEventListener("keyup", modifiers);
      removeEventListener("blur", cancel);
    };
  }, []);
  const on =
    (act: (event: globalThis.PointerEvent, element: HTMLElement) => void) =>
    (event: PointerEvent<HTMLElement>): void =>
      act(event.nativeEvent, event.currentTarget);
  return (
    <div
      ref={pane}
      className="stage hand"
      onPointerDown={on((event, element) => tracker.current.down(event, element))}
      onPointerMove={on((event, element) => tracker.current.move(event, element))}
      onPointerUp={on((event) => tracker.current.up(event))}
      onPointerCancel={on(() => tracker.current.cancel())}
      onLostPointerCapture={on((event) => tracker.current.lost(event))}
      onPointerLeave={on(() => tracker.current.leave())}
    />
  );
}

function Overlays({ stage, image }: { readonly stage: Stage; readonly image: Image }) {
  const busy = useStore(stage.status, (status) => status.busy);
  const worldPerPixel = useStore(stage.status, (status) => status.worldPerPixel);
  const unit = image.axes.find(({ name }) => name === "x")?.unit;
  const bar = scaleBar(worldPerPixel, unit, BAR_MAX);
  return (
    <>
      {busy && <div className="loading" aria-hidden="true" />}
      <div className="tools">
        <button type="button" title="Fit image (0)" onClick={() => stage.fitImage()}>
          Fit image
        </button>
        <DepthField image={image} />
      </div>
      <PreviewBar />
      <div className="scale-bar" role="img" aria-label={`Scale bar ${bar.text}`}>
        {bar.text}
        <i style={{ width: bar.pixels }} />
      </div>
    </>
  );
}
