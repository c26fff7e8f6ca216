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
import { WholeMoves } from "../image/whole-moves.ts";

/** How long the camera rests before that is told, in milliseconds. */
const REST = 200;

export interface PlateEyeOptions {
  readonly all: Rect;
  readonly voxel: number;
  readonly begin: Camera | undefined;
  readonly onMove: () => void;
  readonly onRest: (camera: Camera | undefined) => void;
}

export class PlateEye {
  readonly #parent: HTMLElement;
  readonly #all: Rect;
  readonly #voxel: number;
  readonly #onMove: () => void;
  readonly #onRest: (camera: Camera | undefined) => void;
  #resting: ReturnType<typeof setTimeout> | undefined;
  readonly #flight = new Flight(between);
  readonly #moves = new WholeMoves();
  #camera: Camera | undefined;
  #hasBegun = false;
  /** All of it, while that is what is seen: another size of the canvas fits it anew. */
  #whole: { readonly camera: Camera; readonly size: CanvasSize } | undefined;

  /**
   * @param all what is shown unless it begins elsewhere
   * @param voxel world units along its shorter edge
   * @param onRest told where the camera has come to rest; undefined where all is seen
   */
  constructor(parent: HTMLElement, { all, voxel, begin, onMove, onRest }: PlateEyeOptions) {
    this.#parent = parent;
    this.#all = all;
    this.#voxel = voxel;
    this.#onMove = onMove;
    this.#onRest = onRest;
    this.#camera = begin;
  }

  get size(): CanvasSize {
    return { width: this.#parent.clientWidth, height: this.#parent.clientHeight };
  }

  /** The camera to draw a frame with; undefined while there is no room. */
  frame(): Camera | undefined {
    const { size } = this;
    if (size.width === 0 || size.height === 0) return undefined;
    const isWhole = this.#camera === undefined || this.#camera === this.#whole?.camera;
    const { width, height } = this.#whole?.size ?? { width: 0, height: 0 };
    // What a link says may be nearer or farther than one can come by hand.
    if (this.#camera && !this.#hasBegun) this.#camera = this.#clamped(this.#camera);
    this.#hasBegun = true;
    if (isWhole && (size.width !== width || size.height !== height)) {
      this.#camera = fitRect(this.#all, size);
      this.#whole = { camera: this.#camera, size };
    }
    const onItsWay = this.#flight.now();
    if (onItsWay) this.#put(onItsWay);
    return this.#camera;
  }

  world(at: CanvasPoint): CanvasPoint | undefined {
    return this.#camera && worldFromCanvas(this.#camera, this.size, at);
  }

  pan(dx: number, dy: number): void {
    this.#flight.stop();
    if (!this.#camera) return;
    const { x, y } = this.#moves.of(dx, dy);
    this.#put(panned(this.#camera, x, y));
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

  close(): void {
    clearTimeout(this.#resting);
  }

  #put(camera: Camera): void {
    this.#camera = camera;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#rest(camera), REST);
    this.#onMove();
  }

  #rest(camera: Camera): void {
    const whole = fitRect(this.#all, this.size);
    const isWhole = whole.zoom === camera.zoom && String(whole.target) === String(camera.target);
    if (isWhole && camera === this.#camera) this.#whole = { camera, size: this.size };
    this.#onRest(isWhole ? undefined : camera);
  }
}
