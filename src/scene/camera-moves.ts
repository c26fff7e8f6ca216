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

/** Where a world point lies on the canvas. */
export function canvasFromWorld(
  { target, zoom }: Camera,
  { width, height }: CanvasSize,
  { x, y }: CanvasPoint,
): CanvasPoint {
  const scale = 2 ** zoom;
  return { x: (x - target[0]) * scale + width / 2, y: (y - target[1]) * scale + height / 2 };
}

/** The camera after the world was dragged by so many pixels. */
export function panned({ target, zoom }: Camera, dx: number, dy: number): Camera {
  const scale = 2 ** -zoom;
  return { target: [target[0] - dx * scale, target[1] - dy * scale], zoom };
}

/** The camera on its way from one to another, at a place from 0 to 1: what is in view grows or shrinks evenly. */
export function between(from: Camera, to: Camera, place: number): Camera {
  const along = (a: number, b: number): number => a + (b - a) * place;
  return {
    target: [along(from.target[0], to.target[0]), along(from.target[1], to.target[1])],
    zoom: -Math.log2(along(2 ** -from.zoom, 2 ** -to.zoom)),
  };
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
