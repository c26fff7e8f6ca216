/** How a hand moves the camera: panning and zooming about a point, as pure functions. */
import type { Camera, CanvasSize } from "./camera.ts";

/** A point of the canvas, in CSS pixels from its upper left corner. */
export interface CanvasPoint {
  readonly x: number;
  readonly y: number;
}

/** The world point under a point of the canvas. */
export function worldFromCanvas(
  { target, zoom }: Camera,
  { width, height }: CanvasSize,
  { x, y }: CanvasPoint,
): CanvasPoint {
  const scale = 2 ** -zoom;
  return { x: target[0] + (x - width / 2) * scale, y: target[1] + (y - height / 2) * scale };
}

/** The camera after the world was dragged by so many pixels. */
export function panned({ target, zoom }: Camera, dx: number, dy: number): Camera {
  const scale = 2 ** -zoom;
  return { target: [target[0] - dx * scale, target[1] - dy * scale], zoom };
}

/** The camera at another zoom, with the same world point under `at` as before. */
export function zoomedAt(camera: Camera, size: CanvasSize, at: CanvasPoint, zoom: number): Camera {
  const held = worldFromCanvas(camera, size, at);
  const there = worldFromCanvas({ ...camera, zoom }, size, at);
  return {
    target: [camera.target[0] + held.x - there.x, camera.target[1] + held.y - there.y],
    zoom,
  };
}
