/** Where the camera of a plate is: from all of its wells to one voxel, with the same moves as over an image. */
import {
  type Camera,
  type CanvasSize,
  clampZoom,
  fitRect,
  rectInView,
  zoomLimits,
} from "../../scene/camera.ts";
import {
  between,
  type CanvasPoint,
  panned,
  worldFromCanvas,
  zoomedAt,
} from "../../scene/camera-moves.ts";
import { type Rect, rectsOverlap } from "../../scene/rect.ts";
import { Flight } from "../image/flight.ts";

export class PlateEye {
  readonly #parent: HTMLElement;
  readonly #all: Rect;
  readonly #voxel: number;
  readonly #onMove: () => void;
  readonly #flight = new Flight(between);
  #camera: Camera | undefined;

  /** @param all what is shown at first; @param voxel world units along its shorter edge */
  constructor(
    parent: HTMLElement,
    { all, voxel, onMove }: { all: Rect; voxel: number; onMove: () => void },
  ) {
    this.#parent = parent;
    this.#all = all;
    this.#voxel = voxel;
    this.#onMove = onMove;
  }

  get size(): CanvasSize {
    return { width: this.#parent.clientWidth, height: this.#parent.clientHeight };
  }

  /** The camera to draw a frame with; undefined while there is no room. */
  frame(): Camera | undefined {
    const { size } = this;
    if (size.width === 0 || size.height === 0) return undefined;
    this.#camera ??= fitRect(this.#all, size);
    const onItsWay = this.#flight.now();
    if (onItsWay) this.#put(onItsWay);
    return this.#camera;
  }

  world(at: CanvasPoint): CanvasPoint | undefined {
    return this.#camera && worldFromCanvas(this.#camera, this.size, at);
  }

  pan(dx: number, dy: number): void {
    this.#flight.stop();
    if (this.#camera) this.#put(panned(this.#camera, dx, dy));
  }

  /** @param at what stays where it is; the middle of the canvas unless said otherwise */
  zoom(factor: number, at: CanvasPoint = this.#middle()): void {
    this.#flight.stop();
    if (!this.#camera) return;
    const wanted = { ...this.#camera, zoom: this.#camera.zoom + Math.log2(factor) };
    this.#put(zoomedAt(this.#camera, this.size, at, this.#clamped(wanted).zoom));
  }

  fit(): void {
    this.#fly(fitRect(this.#all, this.size));
  }

  /** Moves so that a rectangle is seen, at the zoom there is. */
  show(rect: Rect): void {
    if (!this.#camera || rectsOverlap(rect, rectInView(this.#camera, this.size))) return;
    this.#fly({ ...fitRect(rect, this.size), zoom: this.#camera.zoom });
  }

  #fly(to: Camera): void {
    if (this.#camera) this.#flight.start(this.#camera, to);
    this.#onMove();
  }

  #middle(): CanvasPoint {
    return { x: this.size.width / 2, y: this.size.height / 2 };
  }

  #clamped(camera: Camera): Camera {
    return clampZoom(camera, zoomLimits(this.#all, this.#voxel, this.size));
  }

  #put(camera: Camera): void {
    this.#camera = camera;
    this.#onMove();
  }
}
