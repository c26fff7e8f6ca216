/** Where something small lies beside a point, clear of others that are to be pressed: the nearest such place. */
import type { CanvasSize } from "../../scene/camera.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";

/** How far it keeps from the point, and from the middles of what it must not lie over, in CSS pixels. */
const AWAY = 14;
const CLEAR = 10;

export interface Surroundings {
  /** Middles of what is to be pressed. */
  readonly clear: readonly CanvasPoint[];
  /** What it must not leave. */
  readonly room: CanvasSize;
}

/** The upper left corner of a rectangle beside a point, in CSS pixels; right below it wherever that will do. */
export function placeBeside(
  at: CanvasPoint,
  { width, height }: CanvasSize,
  { clear, room }: Surroundings,
): CanvasPoint {
  const usual = { x: at.x + AWAY, y: at.y + AWAY };
  const kept = [{ ...at, by: AWAY }, ...clear.map((point) => ({ ...point, by: CLEAR }))];
  const isFree = ({ x, y }: CanvasPoint): boolean =>
    x >= 0 &&
    y >= 0 &&
    x + width <= room.width &&
    y + height <= room.height &&
    kept.every(
      (point) =>
        point.x + point.by <= x ||
        point.x - point.by >= x + width ||
        point.y + point.by <= y ||
        point.y - point.by >= y + height,
    );
  const away = ({ x, y }: CanvasPoint): number =>
    Math.hypot(Math.max(x - at.x, at.x - x - width, 0), Math.max(y - at.y, at.y - y - height, 0));
  if (isFree(usual)) return usual;
  // The nearest place touches what it keeps clear of, on both axes.
  const xs = [
    usual.x,
    ...kept.flatMap((point) => [point.x + point.by, point.x - point.by - width]),
  ];
  const ys = [
    usual.y,
    ...kept.flatMap((point) => [point.y + point.by, point.y - point.by - height]),
  ];
  const free = xs.flatMap((x) => ys.map((y) => ({ x, y }))).filter(isFree);
  return free.reduce((best, one) => (away(one) < away(best) ? one : best), free[0] ?? usual);
}
