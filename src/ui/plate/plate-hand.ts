/** What a hand does over a plate: drags it, zooms it, pinches it, and points at a well. A drag is no press of a well. */
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import type { PlateStage } from "./plate-stage.ts";

/** How far a press may stray and still be one, in CSS pixels. */
const STRAY = 4;

/** What a notch of the wheel zooms by, per pixel that the browser says it scrolls. */
const PER_PIXEL = Math.log(1.25) / 100;

/** What a key zooms by. */
const PER_KEY = 1.5;

/** Listens on an element. @returns how to stop */
export function takeHand(element: HTMLElement, stage: PlateStage): () => void {
  const held = new Map<number, CanvasPoint>();
  let strayed = 0;
  const listening = new AbortController();
  const { signal } = listening;
  const at = (event: MouseEvent): CanvasPoint => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  /** Of the well that has the focus, while it is on the canvas: keys zoom into what they chose. */
  const middleOfWell = ({ target }: KeyboardEvent): CanvasPoint | undefined => {
    if (!(target instanceof Element) || !target.matches("[data-well]")) return undefined;
    const canvas = element.getBoundingClientRect();
    const well = target.getBoundingClientRect();
    const [x, y] = [
      (well.left + well.right) / 2 - canvas.left,
      (well.top + well.bottom) / 2 - canvas.top,
    ];
    const isOn = x >= 0 && y >= 0 && x < canvas.width && y < canvas.height;
    return isOn ? { x, y } : undefined;
  };
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    stage.eye.zoom(Math.exp(-event.deltaY * PER_PIXEL), at(event));
  };
  const down = (event: PointerEvent): void => {
    if (held.size === 0) strayed = 0;
    held.set(event.pointerId, at(event));
  };
  const move = (event: PointerEvent): void => {
    const now = at(event);
    stage.point(now);
    const before = held.get(event.pointerId);
    if (!before) return;
    if (event.pointerType === "mouse" && event.buttons === 0) {
      held.delete(event.pointerId);
      return;
    }
    held.set(event.pointerId, now);
    const [dx, dy] = [now.x - before.x, now.y - before.y];
    strayed += Math.hypot(dx, dy);
    if (strayed < STRAY) return;
    // From here on it is a drag, which goes on beside the element too.
    element.setPointerCapture(event.pointerId);
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    if (other) stage.eye.zoom(distance(now, other) / distance(before, other), other);
    else stage.eye.pan(dx, dy);
  };
  const up = (event: PointerEvent): void => {
    held.delete(event.pointerId);
  };
  const click = (event: MouseEvent): void => {
    // A press of a key strays nowhere.
    if (strayed < STRAY || event.detail === 0) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") stage.eye.zoom(PER_KEY, middleOfWell(event));
    else if (event.key === "-") stage.eye.zoom(1 / PER_KEY, middleOfWell(event));
    else if (event.key === "0") stage.eye.fit();
  };
  element.addEventListener("wheel", wheel, { passive: false, signal });
  element.addEventListener("pointerdown", down, { signal });
  element.addEventListener("pointermove", move, { signal });
  element.addEventListener("pointerup", up, { signal });
  element.addEventListener("pointercancel", up, { signal });
  element.addEventListener("pointerleave", () => stage.point(undefined), { signal });
  element.addEventListener("click", click, { capture: true, signal });
  element.addEventListener("keydown", key, { signal });
  return () => listening.abort();
}

function distance(a: CanvasPoint, b: CanvasPoint): number {
  return Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
}
