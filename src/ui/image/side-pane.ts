/** A pane beside the main one: the slice through the stack at the crosshair, the ROIs it cuts, and its way to the eye. */
import { type Layer, OrthographicView } from "@deck.gl/core";
import { remembered } from "../../base/remembered.ts";
import { type Pane, XZ, YZ } from "../../editor/pane.ts";
import { type Plane, planeOf } from "../../editor/plane.ts";
import { worldOf } from "../../geometry/pixel-grid.ts";
import type { Image } from "../../ome/multiscale.ts";
import type { Rois } from "../../roi/rois.ts";
import { type Camera, type CanvasSize, worldPerPixel } from "../../scene/camera.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import {
  type PaneView,
  paneFromWorld,
  paneView,
  pannedDepth,
  worldFromPane,
  zoomedDepth,
} from "../../scene/pane-view.ts";
import type { RoiScene } from "../../scene/roi-layers.ts";
import { heldInSlice, idsInSlice, sliceLayers } from "../../scene/slice-rois.ts";
import { middleOfPlane } from "../../scene/tile-grid.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import { Crosshair } from "./crosshair.ts";
import type { Eye } from "./eye.ts";
import type { Ground } from "./ground.ts";
import type { LabelScene } from "./label-drawing.ts";
import type { OpenLabel } from "./label-pictures.ts";
import { openDeck } from "./open-deck.ts";
import type { Reading } from "./reading.ts";
import { SidePictures } from "./side-pictures.ts";

export type SideName = "xz" | "yz";

const AXES: Readonly<Record<SideName, Pane>> = { xz: XZ, yz: YZ };

const view = new OrthographicView({ id: "side", flipY: true });

export class SidePane implements Ground {
  readonly name: SideName;
  readonly #axes: Pane;
  readonly #eye: Eye;
  readonly #session: Session;
  readonly #image: Image;
  readonly #parent: HTMLElement;
  readonly #deck: ReturnType<typeof openDeck>;
  readonly #pictures: SidePictures;
  readonly #crosshair: Crosshair;
  #view: PaneView | undefined;
  /** The plane that was shown last. */
  #z: number | undefined;
  readonly #ids = remembered(
    (rois: Rois, plane: number, x0: number, y0: number, x1: number, y1: number) =>
      idsInSlice(rois, this.#axes, this.#planeAt(plane), [x0, y0, x1, y1]),
  );

  /** @param given the eye of the main pane, whose camera it shares */
  constructor(
    name: SideName,
    parent: HTMLElement,
    given: { eye: Eye; session: Session; source: Source; image: Image; onChange: () => void },
  ) {
    this.name = name;
    this.#axes = AXES[name];
    this.#parent = parent;
    this.#eye = given.eye;
    this.#session = given.session;
    this.#image = given.image;
    this.#pictures = new SidePictures(name, given.image, given.source.reader, given.onChange);
    this.#deck = openDeck(parent, view);
    this.#crosshair = new Crosshair(parent);
  }

  get size(): CanvasSize {
    return { width: this.#parent.clientWidth, height: this.#parent.clientHeight };
  }

  get busy(): boolean {
    return this.#pictures.busy;
  }

  /** How many chunks in view could not be read. */
  get failed(): number {
    return this.#pictures.failed;
  }

  /** Asks again for those. */
  retry(): void {
    this.#pictures.retry();
  }

  pan(dx: number, dy: number): void {
    const [shared, deep] = this.#isRow ? [dx, dy] : [dy, dx];
    const { depth } = this.#eye;
    if (this.#view && depth.zoom > 1) this.#eye.lookInto(pannedDepth(this.#view, depth, deep));
    if (this.#isRow) this.#eye.pan(shared, 0);
    else this.#eye.pan(0, shared);
  }

  zoom(at: CanvasPoint, factor: number, along?: "z"): void {
    if (along && this.#view) {
      const voxel = this.#image.levels[0].grid.scale[0];
      this.#eye.lookInto(zoomedDepth(this.#view, this.#eye.depth, at, { factor, voxel }));
      return;
    }
    const { width, height } = this.#eye.size;
    const { x, y } = at;
    this.#eye.zoom(this.#isRow ? { x, y: height / 2 } : { x: width / 2, y }, factor);
  }

  changePlane(by: number): void {
    this.#eye.changePlane(by);
  }

  world(at: CanvasPoint): CanvasPoint {
    return this.#view ? worldFromPane(this.#view, at) : { x: 0, y: 0 };
  }

  canvas(at: CanvasPoint): CanvasPoint {
    return this.#view ? paneFromWorld(this.#view, at) : { x: 0, y: 0 };
  }

  look(): ReturnType<Ground["look"]> {
    const { pixelsPerUnit } = this.#eye.look();
    return {
      pane: this.#view?.pane ?? this.#axes,
      plane: this.#planeAt(this.#index),
      pixelsPerUnit,
    };
  }

  setCursor(cursor: string): void {
    if (this.#parent.parentElement) this.#parent.parentElement.style.cursor = cursor;
  }

  read(at: CanvasPoint): Reading {
    return this.#pictures.read(at);
  }

  /** Draws what the main pane's camera and the crosshair ask for. */
  draw(
    camera: Camera,
    scene: RoiScene,
    labels: LabelScene & { readonly open: readonly OpenLabel[] },
  ): void {
    const { size } = this;
    if (size.width === 0 || size.height === 0) return;
    const depth = worldOf(this.#image.levels[0].grid).max[0];
    const shown = paneView(this.#axes, camera, size, depth, this.#eye.depth);
    this.#view = shown;
    this.#keepPlane(shown);
    const looked = this.#session.view.getState();
    const perPixel = worldPerPixel(camera, devicePixelRatio);
    const look = { pane: this.#axes, at: this.#at, bounds: shown.bounds, worldPerPixel: perPixel };
    this.#pictures.update(look, looked, labels.open);
    const { stretch } = shown.pane;
    const [x, y] = this.#isRow ? [1, stretch] : [stretch, 1];
    this.#deck.setProps({
      viewState: { target: [shown.middle.x * x, shown.middle.y * y, 0], zoom: camera.zoom },
      layers: [...this.#pictures.layers(shown.pane, looked, labels), ...this.#rois(shown, scene)],
    });
    this.#crosshair.show(this, this.#cross, scene);
  }

  close(): void {
    this.#crosshair.close();
    this.#pictures.close();
    this.#deck.finalize();
  }

  #rois(shown: PaneView, scene: RoiScene): Layer[] {
    const { locked, visible } = scene;
    const plane = this.#planeAt(this.#index);
    const ids = [
      ...this.#ids(scene.rois, this.#index, ...shown.bounds),
      ...heldInSlice(scene, this.#axes, plane, shown.bounds),
    ];
    return sliceLayers({ shown: scene, locked, plane, ids, view: shown, visible }, this.name);
  }

  /** Another plane comes into view where a part of the stack is shown that it does not lie in. */
  #keepPlane({ bounds }: PaneView): void {
    const { z } = this.#session.view.getState();
    if (z === this.#z) return;
    this.#z = z;
    const middle = middleOfPlane(this.#image.levels[0].grid, z);
    const [from, to] = this.#isRow ? [bounds[1], bounds[3]] : [bounds[0], bounds[2]];
    if (middle < from || middle > to) this.#eye.lookInto({ ...this.#eye.depth, middle });
  }

  get #isRow(): boolean {
    return this.#axes.down === 0;
  }

  /** World position of the slice. */
  get #at(): number {
    const { crosshair } = this.#session.view.getState();
    return this.#axes.through === 1 ? crosshair.y : crosshair.x;
  }

  get #index(): number {
    const { shape, scale } = this.#image.levels[0].grid;
    const { through } = this.#axes;
    return Math.min(shape[through] - 1, Math.max(0, Math.floor(this.#at / scale[through])));
  }

  #planeAt(index: number): Plane {
    return planeOf(this.#image.levels[0].grid, index, this.#axes.through);
  }

  /** The crosshair as a point of this pane. */
  get #cross(): CanvasPoint {
    const { crosshair, z } = this.#session.view.getState();
    const middle = middleOfPlane(this.#image.levels[0].grid, z);
    return this.#isRow ? { x: crosshair.x, y: middle } : { x: middle, y: crosshair.y };
  }
}
