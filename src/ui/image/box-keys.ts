/** The keys on the view of boxes. Those it does not know go on to the page: N and P walk through the ROIs here too. */
import type { BoxStage } from "./box-stage.ts";

/** How many pixels of a drag a press of an arrow key is worth, and with Shift. */
const STEP = 20;
const FAR = 60;

/** How much a press zooms. */
const ZOOM = 1.25;

type Act = (stage: BoxStage, step: number) => void;

const ACTS: ReadonlyMap<string, Act> = new Map<string, Act>([
  ["ArrowLeft", (stage, step) => stage.eye.turn(-step, 0)],
  ["ArrowRight", (stage, step) => stage.eye.turn(step, 0)],
  ["ArrowUp", (stage, step) => stage.eye.turn(0, -step)],
  ["ArrowDown", (stage, step) => stage.eye.turn(0, step)],
  ["+", (stage) => stage.eye.zoom(ZOOM)],
  ["=", (stage) => stage.eye.zoom(ZOOM)],
  ["-", (stage) => stage.eye.zoom(1 / ZOOM)],
  ["0", (stage) => stage.eye.fit()],
  ["Home", (stage) => stage.eye.fit()],
  ["f", (stage) => stage.fitSelection()],
]);

/** Does what a key means here; whether it means anything. */
export function orbitKey(
  stage: BoxStage,
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
): boolean {
  const act = ACTS.get(key.length === 1 ? key.toLowerCase() : key);
  act?.(stage, shiftKey ? FAR : STEP);
  return act !== undefined;
}
