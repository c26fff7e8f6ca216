/** The eye: where the camera of the main pane is, how it gets elsewhere, and what of the world it sees. */
import { XY } from "../../editor/pane.ts";
import { planeOf, spans } from "../../editor/plane.ts";
import type { Box, Zyx } from "../../geometry/box.ts";
import { worldOf } from "../../geometry/pixel-grid.ts";
import type { Image } from "../../ome/multiscale.ts";
import {
  type Camera,
  type CanvasSize,
  cameraPlace,
  clampZoom,
  fitPart,
  fitRect,
  rectInView,
  worldPerPixel,
  zoomLimits,
} from "../../scene/camera.ts";
import {
  between,
  type CanvasPoint,
  canvasFromWorld,
  panned,
  worldFromCanvas,
  zoomedAt,
} from "../../scene/camera-moves.ts";
import { type DepthLook, WHOLE_DEPTH } from "../../scene/pane-view.ts";
import type { Rect } from "../../scene/rect.ts";
import { middleOfPlane } from "../../scene/tile-grid.ts";
import type { Session } from "../../state/session.ts";
import { Flight } from "./flight.ts";
import type { Ground } from "./ground.ts";
import type { Look, NextLook } from "./pictures.ts";
import { WholeMoves } from "./whole-moves.ts";

/** How much of the view an ROI takes that is zoomed to: the rest is what it lies in. */
const ROI_PART = 0.65;

/** How long the camera rests before it is told where it is, in milliseconds. */
const REST = 200;

export class Eye implements Ground {
  readonly name = "xy";
  readonly #parent: HTMLElement;
  readonly #session: Session;
  readonly #image: Image;
  readonly #onMove: () => void;
  readonly #flight = new Flight(between);
  #camera: Camera | undefined;
  /** The camera on the whole image, and the canvas that it fits. */
  #whole: { readonly camera: Camera; readonly size: CanvasSize } | undefined;
  #depth = WHOLE_DEPTH;
  readonly #moves = new WholeMoves();
  #resting: ReturnType<typeof setTimeout> | undefined;

  /** @param onMove told when there is something else under the points of the canvas */
  constructor(parent: HTMLElement, session: Session, image: Image, onMove: () => void) {
    this.#parent = parent;
    this.#session = session;
    this.#image = image;
    this.#onMove = onMove;
  }

  /**
   * The camera to draw a frame with, at first on the whole image; undefined while there is no room. Who looks at the
   * whole image goes on doing so when the canvas gets another size.
   */
  frame(): Camera | undefined {
    const { size } = this;
    if (size.width === 0 || size.height === 0) return undefined;
    this.#camera ??= this.#linked() ?? this.#fitted();
    if (this.#camera === this.#whole?.camera && !sameSize(size, this.#whole.size))
      this.#put(this.#fitted());
    const onItsWay = this.#flight.now();
    if (onItsWay) this.#put(onItsWay);
    return this.#camera;
  }

  close(): void {
    clearTimeout(this.#resting);
  }

  get size(): CanvasSize {
    return { width: this.#parent.clientWidth, height: this.#parent.clientHeight };
  }

  world(at: CanvasPoint): CanvasPoint {
    return this.#camera ? worldFromCanvas(this.#camera, this.size, at) : { x: 0, y: 0 };
  }

  canvas(at: CanvasPoint): CanvasPoint {
    return this.#camera ? canvasFromWorld(this.#camera, this.size, at) : at;
  }

  look(): ReturnType<Ground["look"]> {
    const plane = planeOf(this.#image.levels[0].grid, this.#session.view.getState().z);
    return { pane: XY, plane, pixelsPerUnit: 2 ** (this.#camera?.zoom ?? 0) };
  }

  setCursor(cursor: string): void {
    if (this.#parent.parentElement) this.#parent.parentElement.style.cursor = cursor;
  }

  /** What of z the panes beside show. */
  get depth(): DepthLook {
    return this.#depth;
  }

  lookInto(depth: DepthLook): void {
    this.#depth = depth;
    this.#onMove();
  }

  pan(dx: number, dy: number): void {
    const camera = this.#landed();
    if (!camera) return;
    const { x, y } = this.#moves.of(dx, dy);
    this.#put(panned(camera, x, y));
  }

  zoom(at: CanvasPoint, factor: number): void {
    const camera = this.#landed();
    if (!camera) return;
    const { zoom } = this.#clamped({ ...camera, zoom: camera.zoom + Math.log2(factor) });
    this.#put(zoomedAt(camera, this.size, at, zoom));
  }

  /** What a hand goes on from: who moves during a flight moves what it was to end with. */
  #landed(): Camera | undefined {
    const camera = this.#flight.goal ?? this.#camera;
    this.#flight.stop();
    return camera;
  }

  changePlane(by: number): void {
    this.#showPlane(this.#session.view.getState().z + by);
    this.#onMove();
  }

  fitImage(): void {
    this.#flight.stop();
    this.#put(this.#fitted());
  }

  /** Zooms to a box, with some of what is around it, on a plane that cuts it. */
  fitBox(box: Box<"world">): void {
    const rect = rectOf(box);
    if (rect) this.#go(box, this.#fittedTo(rect));
  }

  /** Goes to a box as `fitBox`, or at the zoom there is where the user wants that kept. */
  goTo(box: Box<"world">): void {
    const camera = this.#cameraOn(box);
    if (camera) this.#go(box, camera);
  }

  /** What is seen where `goTo` leads; undefined of a box of an invalid row. */
  lookOn(box: Box<"world">): NextLook | undefined {
    const camera = this.#cameraOn(box);
    return camera && { ...this.lookOf(camera), z: this.#planeOn(box) };
  }

  /** What a camera shows. */
  lookOf(camera: Camera): Look {
    return {
      bounds: rectInView(camera, this.size),
      worldPerPixel: worldPerPixel(camera, devicePixelRatio),
    };
  }

  #cameraOn(box: Box<"world">): Camera | undefined {
    const rect = rectOf(box);
    const { keepZoom } = this.#session.view.getState();
    if (!rect || !this.#camera || !keepZoom) return rect && this.#fittedTo(rect);
    return { ...fitRect(rect, this.size), zoom: this.#camera.zoom };
  }

  /** The plane that shows a box: the one that is shown where it cuts the box, else the middle one of the box. */
  #planeOn({ min, max }: Box<"world">): number {
    if (spans(this.look().plane, min[0], max[0])) return this.#session.view.getState().z;
    return this.#inStack(Math.floor((min[0] + max[0]) / 2 / this.#image.levels[0].grid.scale[0]));
  }

  /** The place in the middle of what is looked at, in world units z, y, x. */
  center(): Zyx {
    const { z } = this.#session.view.getState();
    const [x, y] = this.#camera?.target ?? [0, 0];
    return [middleOfPlane(this.#image.levels[0].grid, z), y, x];
  }

  /** Whether anything of a box is on screen, in whatever plane. */
  sees({ min, max }: Box<"world">): boolean {
    const { width, height } = this.size;
    const [from, to] = [this.world({ x: 0, y: 0 }), this.world({ x: width, y: height })];
    return min[2] < to.x && max[2] > from.x && min[1] < to.y && max[1] > from.y;
  }

  #fittedTo(rect: Rect): Camera {
    return this.#clamped(fitPart(rect, this.size, ROI_PART));
  }

  #fitted(): Camera {
    const { size } = this;
    const camera = this.#clamped(fitRect(this.#imageRect(), size));
    this.#whole = { camera, size };
    return camera;
  }

  #put(camera: Camera): void {
    this.#camera = camera;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#rest(camera), REST);
    this.#onMove();
  }

  /**
   * Says where the camera is, for links. It goes exactly there, since less than that moves the edges of voxels, and
   * who opens the link is to see the same pixels.
   */
  #rest(camera: Camera): void {
    this.#session.view.setState({ camera: cameraPlace(camera) });
    if (camera !== this.#camera) return;
    const exact = this.#linked() ?? camera;
    if (camera === this.#whole?.camera) this.#whole = { ...this.#whole, camera: exact };
    this.#camera = exact;
    this.#onMove();
  }

  /** The camera that a link asks for. */
  #linked(): Camera | undefined {
    const { camera } = this.#session.view.getState();
    if (camera === undefined) return undefined;
    const { x, y, worldPerPixel } = camera;
    return this.#clamped({ target: [x, y], zoom: -Math.log2(worldPerPixel) });
  }

  /** Flies to a camera, and shows the middle plane of a box unless it is cut by the one that is shown. */
  #go(box: Box<"world">, to: Camera): void {
    if (this.#camera) this.#flight.start(this.#camera, to);
    else this.#camera = to;
    this.#showPlane(this.#planeOn(box));
    this.#onMove();
  }

  #showPlane(z: number): void {
    this.#session.view.setState({ z: this.#inStack(z) });
  }

  #inStack(z: number): number {
    return Math.min(this.#image.levels[0].grid.shape[0] - 1, Math.max(0, z));
  }

  #clamped(camera: Camera): Camera {
    const voxel = this.#image.levels[0].grid.scale[2];
    return clampZoom(camera, zoomLimits(this.#imageRect(), voxel, this.size));
  }

  #imageRect(): Rect {
    const { max } = worldOf(this.#image.levels[0].grid);
    return [0, 0, max[2], max[1]];
  }
}

function sameSize(a: CanvasSize, b: CanvasSize): boolean {
  return a.width === b.width && a.height === b.height;
}

/** Undefined of a box of an invalid row. */
function rectOf({ min, max }: Box<"world">): Rect | undefined {
  const isKnown = [...min, ...max].every(Number.isFinite);
  return isKnown ? [min[2], min[1], max[2], max[1]] : undefined;
}
