/** Where an orthographic view looks, as deck.gl has it: world units, y downwards, 2^zoom CSS pixels per world unit. */
import type { Rect } from "./rect.ts";

export interface Camera {
  /** The world point in the middle of the canvas. */
  readonly target: readonly [x: number, y: number];
  readonly zoom: number;
}

/** Of a canvas, in CSS pixels. */
export interface CanvasSize {
  readonly width: number;
  readonly height: number;
}

/** Left free on each side of what is fitted, in CSS pixels. */
const PADDING = 24;

/** The largest a voxel gets, in CSS pixels. */
const VOXEL_MAX = 64;

/** The smallest the whole image gets, as a part of the canvas. */
const IMAGE_MIN = 0.25;

/** The camera that shows a world box whole, as large as the canvas allows. A box without area is looked at from near by. */
export function fitRect([minX, minY, maxX, maxY]: Rect, { width, height }: CanvasSize): Camera {
  const free = (length: number): number => Math.max(1, length - 2 * PADDING);
  const scale = Math.min(free(width) / (maxX - minX), free(height) / (maxY - minY));
  return {
    target: [(minX + maxX) / 2, (minY + maxY) / 2],
    zoom: Number.isFinite(scale) ? Math.log2(scale) : 0,
  };
}

/** The camera that shows a world box in the middle, as a part of the canvas from 0 to 1, with what is around it. */
export function fitPart(rect: Rect, size: CanvasSize, part: number): Camera {
  const { target } = fitRect(rect, size);
  const scale = Math.min(size.width / (rect[2] - rect[0]), size.height / (rect[3] - rect[1]));
  return { target, zoom: Number.isFinite(scale) ? Math.log2(part * scale) : 0 };
}

/** What of the world is on the canvas. */
export function rectInView(camera: Camera, { width, height }: CanvasSize): Rect {
  const half = worldPerPixel(camera) / 2;
  const [x, y] = camera.target;
  return [x - width * half, y - height * half, x + width * half, y + height * half];
}

/** World units per CSS pixel, or per pixel of the screen given how many of those a CSS pixel has. */
export function worldPerPixel({ zoom }: Camera, devicePixelRatio = 1): number {
  return 2 ** -zoom / devicePixelRatio;
}

/** Where a camera is, to a hundredth of a pixel, so that links stay short. */
export function cameraPlace(camera: Camera): {
  readonly x: number;
  readonly y: number;
  readonly worldPerPixel: number;
} {
  const perPixel = worldPerPixel(camera);
  const [x, y] = camera.target;
  return {
    x: toHundredth(x, perPixel),
    y: toHundredth(y, perPixel),
    worldPerPixel: Number(perPixel.toPrecision(6)),
  };
}

/** A value as short as it is within a hundredth of a unit of it. */
export function toHundredth(value: number, unit: number): number {
  const digits = Math.max(0, Math.ceil(-Math.log10(unit)) + 2);
  // Without a sign before 0.
  return Number(value.toFixed(Math.min(100, digits))) + 0;
}

/** The zooms that make sense for an image: from a quarter of the canvas to voxels of 64 pixels. */
export function zoomLimits(
  image: Rect,
  voxel: number,
  size: CanvasSize,
): { readonly minZoom: number; readonly maxZoom: number } {
  const whole = fitRect(image, size).zoom;
  const maxZoom = Math.log2(VOXEL_MAX / voxel);
  return {
    minZoom: Math.min(whole + Math.log2(IMAGE_MIN), maxZoom),
    maxZoom: Math.max(whole, maxZoom),
  };
}

/** The camera with its zoom inside the limits. */
export function clampZoom(
  camera: Camera,
  { minZoom, maxZoom }: { readonly minZoom: number; readonly maxZoom: number },
): Camera {
  return { ...camera, zoom: Math.min(maxZoom, Math.max(minZoom, camera.zoom)) };
}
