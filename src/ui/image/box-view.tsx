/** ROIs as boxes in space, in place of the flat image: turned with the hand or the keys, selected with a click. */
import {
  type KeyboardEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useStore } from "zustand";
import { counted, grouped, nounOf } from "../../base/counted.ts";
import type { Axis } from "../../editor/pane.ts";
import type { Image } from "../../ome/multiscale.ts";
import { MOST_STRETCH, OBLIQUE, type Orbit } from "../../scene/orbit.ts";
import type { Source } from "../../state/source.ts";
import { useRois, useSession } from "../session-context.ts";
import { orbitKey } from "./box-keys.ts";
import { OrbitPointer } from "./box-pointer.ts";
import { BoxStage } from "./box-stage.ts";
import { native } from "./native.ts";
import { NetworkNote } from "./network-note.tsx";

type Side = readonly [name: string, title: string, from: Pick<Orbit, "tilt" | "turn">];

const SIDES: readonly Side[] = [
  ["Oblique", "From above and aside", OBLIQUE],
  ["Top", "From above, as the flat image", { tilt: 90, turn: 0 }],
  ["Front", "Along y", { tilt: 0, turn: 0 }],
  ["Side", "Along x", { tilt: 0, turn: -90 }],
];

const SLICE_NAMES: Readonly<Record<Axis, string>> = { 0: "XY", 1: "XZ", 2: "YZ" };

export function BoxView({
  image,
  source,
  onClose,
}: {
  readonly image: Image;
  readonly source: Source;
  readonly onClose: () => void;
}) {
  const session = useSession();
  const pane = useRef<HTMLElement>(null);
  const parent = useRef<HTMLDivElement>(null);
  const [stage, setStage] = useState<BoxStage>();
  // Until the drawing takes the focus, so that Escape leaves from the first frame on.
  useLayoutEffect(() => pane.current?.focus(), []);
  useEffect(() => {
    if (!parent.current) return;
    const made = new BoxStage(parent.current, session, source, image);
    setStage(made);
    return () => {
      made.close();
      setStage(undefined);
    };
  }, [session, source, image]);
  const key = (event: KeyboardEvent): void => {
    if (event.key === "Escape") onClose();
    else if (!stage || !turns(stage, event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section
      ref={pane}
      role="dialog"
      tabIndex={-1}
      className="box-view"
      aria-label="3D boxes"
      onKeyDown={key}
    >
      <div className="stage" ref={parent} inert />
      {stage && <Hand stage={stage} />}
      <div className="tools">
        {/* Where "3D" was. */}
        <button type="button" title="Back to the flat image (Esc)" onClick={onClose}>
          Close 3D
        </button>
        {SIDES.map(([name, title, from]) => (
          <button key={name} type="button" title={title} onClick={() => stage?.eye.fit(from)}>
            {name}
          </button>
        ))}
        {stage && <Sliders stage={stage} />}
      </div>
      {stage && <Lost stage={stage} source={source} />}
      {stage && <Note stage={stage} />}
    </section>
  );
}

/** Does what a key means to the drawing, also while one of its buttons has the focus; a slider keeps its own keys. */
function turns(stage: BoxStage, event: KeyboardEvent): boolean {
  const isOther = event.ctrlKey || event.metaKey || event.altKey;
  const isSlider = event.target instanceof Element && event.target.matches("input[type=range]");
  return !isOther && !isSlider && orbitKey(stage, event);
}

function Sliders({ stage }: { readonly stage: BoxStage }) {
  const stretch = useStore(stage.eye.stretch);
  const on = useStore(stage.slices.on, ({ axes }) => axes);
  return (
    <>
      <label className="chip">
        z × {stretch < 10 ? stretch.toFixed(1) : Math.round(stretch)}
        <input
          type="range"
          aria-label="Stretch of z"
          aria-valuetext={`${stretch.toPrecision(2)} times`}
          min={0}
          max={1}
          step={0.01}
          value={Math.log(stretch) / Math.log(MOST_STRETCH)}
          onChange={(event) => stage.eye.stretchTo(MOST_STRETCH ** Number(event.target.value))}
        />
      </label>
      <fieldset className="chip" aria-label="Slices">
        {stage.slices.possible.map((axis) => (
          <label key={axis}>
            <input
              type="checkbox"
              checked={on.includes(axis)}
              onChange={() => stage.slices.switch(axis)}
            />
            {SLICE_NAMES[axis]}
          </label>
        ))}
      </fieldset>
    </>
  );
}

/** Says what is left out of the slices, as over the flat image. */
function Lost({ stage, source }: { readonly stage: BoxStage; readonly source: Source }) {
  const failed = useStore(stage.status, (status) => status.failed);
  const retry = useCallback(() => {
    stage.slices.retry();
    // The button goes away, and Escape and the arrow keys are to do here what they did.
    const isPressed = document.activeElement?.matches(".network-note button");
    if (isPressed) document.querySelector<HTMLElement>(".box-view .hand")?.focus();
  }, [stage]);
  return <NetworkNote source={source} busy={false} failed={failed} onRetry={retry} />;
}

/** Says what is drawn how, and how to move. */
function Note({ stage }: { readonly stage: BoxStage }) {
  const { count, boxes } = useStore(stage.status);
  const loaded = useRois((state) => state.table !== undefined);
  const what =
    count !== undefined && boxes < count
      ? fewerBoxes(boxes, count)
      : count === 0 && loaded
        ? "This table has no ROIs to show yet"
        : "";
  return (
    <p className="note">
      {what && <strong role="status">{what}</strong>}
      <span>Drag or arrow keys turn · Shift-drag moves · scroll or + − zooms · click selects</span>
    </p>
  );
}

function fewerBoxes(boxes: number, count: number): string {
  return boxes === 0
    ? `${grouped(count)} ROIs as points: zoom in, and the largest are boxes`
    : `${grouped(boxes)} of ${grouped(count)} ROIs ${nounOf(boxes, "is a box", "are boxes")}, the others points`;
}

function Hand({ stage }: { readonly stage: BoxStage }) {
  const pane = useRef<HTMLDivElement>(null);
  const [pointer] = useState(() => new OrbitPointer(stage));
  const { count } = useStore(stage.status);
  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    element.focus();
    // React listens to wheel passively; zooming must keep the page from scrolling.
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      pointer.wheel(event);
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  }, [pointer]);
  return (
    <div
      ref={pane}
      className="stage hand"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the drawing is turned with the keys
      tabIndex={0}
      aria-label={`${counted(count ?? 0, "ROI")} in space. Arrow keys turn, plus and minus zoom, 0 fits the image, F the selected ROIs, N and P go through the ROIs.`}
      onPointerDown={native((event, element) => pointer.down(event, element))}
      onPointerMove={native((event) => pointer.move(event))}
      onPointerUp={native((event) => pointer.up(event))}
      onPointerCancel={native(() => pointer.cancel())}
      onPointerLeave={native(() => pointer.leave())}
    />
  );
}
