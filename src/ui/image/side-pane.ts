/** A pane beside the main one: the slice through the stack at the crosshair, the ROIs it cuts, and the hand on them. */
import { Deck, type Layer, OrthographicView } from "@deck.gl/core";
import { remembered } from "../../base/remembered.ts";
import { type Pane, XZ, YZ } from "../../editor/pane.ts";
import { type Plane, planeOf } from "../../editor/plane.ts";
import type { EditorEvent, ToolContext, ToolState } from "../../editor/tool-state.ts";
import { worldOf } from "../../geometry/pixel-grid.ts";
import type { Image } from "../../ome/multiscale.ts";
import type { RoiId, Rois } from "../../roi/rois.ts";
import { type Camera, type CanvasSize, worldPerPixel } from "../../scene/camera.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import { drawnChannels, imageLayers } from "../../scene/image-layers.ts";
import {
  type PaneView,
  paneFromWorld,
  paneView,
  stretchedRect,
  worldFromPane,
} from "../../scene/pane-view.ts";
import type { RoiScene } from "../../scene/roi-layers.ts";
import { idsInSlice, sliceLayers } from "../../scene/slice-rois.ts";
import { SliceSet } from "../../scene/slice-set.ts";
import type { Tile } from "../../scene/tile.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import type { ChannelView } from "../../state/view.ts";
import { Crosshair } from "./crosshair.ts";
import type { Ground } from "./ground.ts";
import type { Grip } from "./pointer-tracker.ts";

export type SideName = "xz" | "yz";

const AXES: Readonly<Record<SideName, Pane>> = { xz: XZ, yz: YZ };

/** The main pane, whose camera and whose tool the side panes share. */
export interface MainPane {
  readonly tool: ToolState;
  readonly size: CanvasSize;
  hand(event: EditorEvent, ground: Ground): void;
  pan(dx: number, dy: number): void;
  zoom(at: CanvasPoint, factor: number): void;
  changePlane(by: number): void;
  redraw(): void;
}

const view = new OrthographicView({ id: "side", flipY: true });

export class SidePane implements Ground, Grip {
  readonly name: SideName;
  readonly #axes: Pane;
  readonly #main: MainPane;
  readonly #session: Session;
  readonly #image: Image;
  readonly #parent: HTMLElement;
  readonly #deck: Deck<OrthographicView>;
  readonly #slice: SliceSet;
  readonly #crosshair: Crosshair;
  #view: PaneView | undefined;
  readonly #ids = remembered(
    (rois: Rois, plane: number, x0: number, y0: number, x1: number, y1: number) =>
      idsInSlice(rois, this.#axes, this.#planeAt(plane), [x0, y0, x1, y1]),
  );
  readonly #imageLayers = remembered(
    (tile: Tile | undefined, channels: readonly ChannelView[], stretch: number): Layer[] => {
      if (!tile) return [];
      const bounds = stretchedRect(tile.bounds, { ...this.#axes, stretch });
      return imageLayers([{ ...tile, bounds }], { channels, idPrefix: this.name });
    },
  );

  constructor(
    name: SideName,
    parent: HTMLElement,
    given: { main: MainPane; session: Session; source: Source; image: Image },
  ) {
    this.name = name;
    this.#axes = AXES[name];
    this.#parent = parent;
    this.#main = given.main;
    this.#session = given.session;
    this.#image = given.image;
    const { reader } = given.source;
    this.#slice = new SliceSet(given.image, reader, () => this.#main.redraw());
    this.#deck = new Deck({
      parent: parent as HTMLDivElement,
      views: view,
      controller: false,
      viewState: { target: [0, 0, 0], zoom: 0 },
      layers: [],
      useDevicePixels: true,
    });
    this.#crosshair = new Crosshair(parent);
  }

  get tool(): ToolState {
    return this.#main.tool;
  }

  get size(): CanvasSize {
    return { width: this.#parent.clientWidth, height: this.#parent.clientHeight };
  }

  get busy(): boolean {
    return this.#slice.busy;
  }

  hand(event: EditorEvent): void {
    // The main pane hears the keys.
    if (event.kind !== "modifiers") this.#main.hand(event, this);
  }

  pan(dx: number, dy: number): void {
    if (this.#isRow) this.#main.pan(dx, 0);
    else this.#main.pan(0, dy);
  }

  zoom({ x, y }: CanvasPoint, factor: number): void {
    const { width, height } = this.#main.size;
    this.#main.zoom(this.#isRow ? { x, y: height / 2 } : { x: width / 2, y }, factor);
  }

  changePlane(by: number): void {
    this.#main.changePlane(by);
  }

  probe(): void {}

  world(at: CanvasPoint): CanvasPoint {
    return this.#view ? worldFromPane(this.#view, at) : { x: 0, y: 0 };
  }

  canvas(at: CanvasPoint): CanvasPoint {
    return this.#view ? paneFromWorld(this.#view, at) : { x: 0, y: 0 };
  }

  look(): Pick<ToolContext, "pane" | "plane"> {
    return { pane: this.#view?.pane ?? this.#axes, plane: this.#planeAt(this.#index) };
  }

  setCursor(cursor: string): void {
    if (this.#parent.parentElement) this.#parent.parentElement.style.cursor = cursor;
  }

  /** Draws what the main pane's camera and the crosshair ask for. */
  draw(camera: Camera, scene: RoiScene): void {
    const { size } = this;
    if (size.width === 0 || size.height === 0) return;
    const depth = worldOf(this.#image.levels[0].grid).max[0];
    const shown = paneView(this.#axes, camera, size, depth);
    this.#view = shown;
    const { channels, t } = this.#session.view.getState();
    this.#slice.update({
      pane: this.#axes,
      at: this.#at,
      bounds: shown.bounds,
      worldPerPixel: worldPerPixel(camera, devicePixelRatio),
      t,
      channels: drawnChannels(channels).drawn.map(({ index }) => index),
    });
    const { stretch } = shown.pane;
    const [x, y] = this.#isRow ? [1, stretch] : [stretch, 1];
    this.#deck.setProps({
      viewState: { target: [shown.middle.x * x, shown.middle.y * y, 0], zoom: camera.zoom },
      layers: [
        ...this.#imageLayers(this.#slice.tile, channels, stretch),
        ...this.#rois(shown, scene),
      ],
    });
    this.#crosshair.show(this.canvas(this.#cross));
  }

  close(): void {
    this.#crosshair.close();
    this.#slice.close();
    this.#deck.finalize();
  }

  #rois(shown: PaneView, scene: RoiScene): Layer[] {
    const ids: readonly RoiId[] = this.#ids(scene.rois, this.#index, ...shown.bounds);
    const { locked, visible } = scene;
    const plane = this.#planeAt(this.#index);
    return sliceLayers({ shown: scene, locked, plane, ids, view: shown, visible }, this.name);
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
    const middle = (z + 0.5) * this.#image.levels[0].grid.scale[0];
    return this.#isRow ? { x: crosshair.x, y: middle } : { x: middle, y: crosshair.y };
  }
}
