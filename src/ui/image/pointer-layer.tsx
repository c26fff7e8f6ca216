/** Takes the pointer: one layer over a pane's canvas, so that nothing of deck.gl's own picking is involved. */
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { useMenuPress } from "../commands/use-menu-press.ts";
import type { Ground } from "./ground.ts";
import { native } from "./native.ts";
import { PointerTracker } from "./pointer-tracker.ts";
import type { Stage } from "./stage.ts";

/** Over the main pane, where a right click opens a menu. */
export function MainPointer({ stage }: { readonly stage: Stage }) {
  const pane = useRef<HTMLDivElement>(null);
  const [tracker] = useState(() => new PointerTracker(stage.hand, stage.eye));
  useMenuPress(
    pane,
    stage,
    useCallback(() => tracker.cancel(), [tracker]),
  );
  return <Layer pane={pane} tracker={tracker} />;
}

/** Over a pane beside it. */
export function SidePointer({ stage, ground }: { readonly stage: Stage; readonly ground: Ground }) {
  const pane = useRef<HTMLDivElement>(null);
  const [tracker] = useState(() => new PointerTracker(stage.hand, ground));
  return <Layer pane={pane} tracker={tracker} />;
}

function Layer({
  pane,
  tracker,
}: {
  readonly pane: RefObject<HTMLDivElement | null>;
  readonly tracker: PointerTracker;
}) {
  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    // React listens to wheel passively; zooming must keep the page from scrolling.
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      tracker.wheel(event);
    };
    const modifiers = (event: KeyboardEvent): void => {
      tracker.modifiers(event);
      if (event.key !== " " || !tracker.space(event.type === "keydown")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    // A key that is let go in another window is not told here.
    const cancel = (): void => {
      tracker.cancel();
      tracker.modifiers({ shiftKey: false, ctrlKey: false, metaKey: false, altKey: false });
    };
    const keepShut = (event: Event): void => event.preventDefault();
    element.addEventListener("wheel", wheel, { passive: false });
    addEventListener("keydown", modifiers, { capture: true });
    addEventListener("keyup", modifiers);
    addEventListener("blur", cancel);
    // The right button pans.
    element.addEventListener("contextmenu", keepShut);
    return () => {
      element.removeEventListener("wheel", wheel);
      removeEventListener("keydown", modifiers, { capture: true });
      removeEventListener("keyup", modifiers);
      removeEventListener("blur", cancel);
      element.removeEventListener("contextmenu", keepShut);
    };
  }, [pane, tracker]);
  return (
    <div
      ref={pane}
      className="stage hand"
      onPointerDown={native((event, element) => tracker.down(event, element))}
      onPointerMove={native((event, element) => tracker.move(event, element))}
      onPointerUp={native((event) => tracker.up(event))}
      onPointerCancel={native(() => tracker.cancel())}
      onLostPointerCapture={native((event) => tracker.lost(event))}
      onPointerLeave={native(() => tracker.leave())}
    />
  );
}
