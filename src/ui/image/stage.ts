/** The drawing: what is open, drawn in each frame by the panes under one eye and one hand. Knows no React; tells in `status`. */
import { type Layer, OrthographicView } from "@deck.gl/core";
import type { Device } from "@luma.gl/core";
import { createStore, type StoreApi } from "zustand/vanilla";
import { remembered } from "../../base/remembered.ts";
import type { Image } from "../../ome/multiscale.ts";
import { type RoiId, roiAt } from "../../roi/rois.ts";
import { type Camera, worldPerPixel } from "../../scene/camera.ts";
import { type RoiScene, roiLayers } from "../../scene/roi-layers.ts";
import { lookAtSelected } from "../../state/crosshair.ts";
import { selectedObjects } from "../../state/objects.ts";
import type { RoiState } from "../../state/rois.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import type { LabelObject } from "../../state/view.ts";
import { Crosshair } from "./crosshair.ts";
import { Eye } from "./eye.ts";
import { Hand } from "./hand.ts";
import type { Histograms } from "./histograms.ts";
import type { LabelScene } from "./label-drawing.ts";
import { labelPaint } from "./label-paint.ts";
import { openDeck } from "./open-deck.ts";
import { Pictures } from "./pictures.ts";
import { sameObjects, sameUnder, type Under, underAt } from "./reading.ts";
import { roiScene } from "./roi-scene.ts";
import { type SideName, SidePane } from "./side-pane.ts";
import { FIRST_STATUS, type StageStatus } from "./stage-status.ts";
import { Staging } from "./staging.ts";

const view = new OrthographicView({ id: "main", flipY: true });

/** How long what left the view waits for a late frame until it is given up without it, in milliseconds. */
const LATE = 30;

export class Stage {
  readonly status: StoreApi<StageStatus> = createStore(() => FIRST_STATUS);
  readonly eye: Eye;
  readonly hand: Hand;
  readonly #session: Session;
  readonly #image: Image;
  readonly #source: Source;
  readonly #deck: ReturnType<typeof openDeck>;
  readonly #pictures: Pictures;
  readonly #sides = new Set<SidePane>();
  readonly #scene: (pixelsPerUnit: number) => RoiScene;
  readonly #layersOfRois = remembered(roiLayers);
  readonly #paint: LabelScene["paint"];
  readonly #crosshair: Crosshair;
  readonly #cleanUp: (() => void)[] = [];
  #device: Device | undefined;
  #frame = 0;
  #late: ReturnType<typeof setTimeout> | undefined;
  #looking: ReturnType<typeof setTimeout> | undefined;
  readonly #staging: Staging;
  #expected: RoiId | undefined;

  constructor(parent: HTMLElement, session: Session, source: Source, image: Image) {
    this.#session = session;
    this.#image = image;
    this.#source = source;
    const redraw = (): void => this.redraw();
    this.eye = new Eye(parent, session, image, () => {
      this.hand.follow();
      this.redraw();
    });
    this.hand = new Hand(session, image, {
      eye: this.eye,
      status: this.status,
      onPoint: () => this.#read(),
      objects: () => this.#underNow()?.objects ?? NO_OBJECTS,
    });
    this.#scene = roiScene(session, image);
    this.#paint = labelPaint(session);
    this.#pictures = new Pictures(session, source, image, redraw);
    this.#staging = new Staging(session, image, { redraw, drawNow: () => this.#drawNow() });
    // What is on screen is on its way while the GPU is made ready, which keeps this thread longer.
    this.#look();
    this.#deck = openDeck(parent, view, undefined, (device) => {
      this.#device = device;
      this.redraw();
    });
    this.#crosshair = new Crosshair(parent);
    const observer = new ResizeObserver(redraw);
    observer.observe(parent);
    this.#cleanUp.push(
      () => observer.disconnect(),
      session.view.subscribe((now, before) => {
        this.redraw();
        // What plays waits for this plane, however late its frame is.
        if (now.z !== before.z || now.t !== before.t) this.status.setState({ busy: true });
        if (now.z !== before.z || now.sidePanes !== before.sidePanes) this.hand.lookAgain();
      }),
      session.rois.subscribe((now, before) => {
        this.redraw();
        if (now.document.selection !== before.document.selection) {
          this.#expected = undefined;
          this.#crossSelected();
        }
        if (changesHand(now, before)) this.#lookLater();
      }),
      session.run.subscribe(redraw),
      session.colors.subscribe(redraw),
      session.labelColors.subscribe(redraw),
      session.features.subscribe(redraw),
      session.preview.subscribe(redraw),
    );
    this.redraw();
  }

  /** Draws at the next frame; however often it is called, once. */
  redraw(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => this.#draw());
    // A GPU that is behind keeps the next frame waiting, and connections are not to wait with it.
    this.#late = setTimeout(() => this.#look(), LATE);
  }

  get histograms(): Histograms {
    return this.#pictures.histograms;
  }

  /** What it is drawn with; undefined until there is a GPU. */
  get device(): Device | undefined {
    return this.#device;
  }

  /** Which ROI is gone to next, most likely: its pixels are fetched before, until another one is selected. */
  expect(id: RoiId | undefined): void {
    this.#expected = id;
    this.redraw();
  }

  /** Asks again for the chunks in view that could not be read. */
  retry(): void {
    this.#pictures.retry();
    for (const side of this.#sides) side.retry();
  }

  /** Opens a pane beside the main one. */
  openSide(name: SideName, parent: HTMLElement): SidePane {
    const side = new SidePane(name, parent, {
      eye: this.eye,
      session: this.#session,
      source: this.#source,
      image: this.#image,
      onChange: () => this.redraw(),
    });
    this.#sides.add(side);
    this.#crossSelected();
    this.redraw();
    return side;
  }

  closeSide(side: SidePane): void {
    if (!this.#sides.delete(side)) return;
    this.hand.leave(side);
    side.close();
    this.redraw();
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#late);
    clearTimeout(this.#looking);
    for (const clean of this.#cleanUp) clean();
    this.hand.leave(this.hand.ground);
    for (const side of this.#sides) side.close();
    this.#sides.clear();
    this.#staging.close();
    this.eye.close();
    this.#pictures.close();
    this.#deck.finalize();
  }

  /** Asks for what is on screen; undefined while there is no room for it. */
  #look(): Camera | undefined {
    const camera = this.eye.frame();
    const { rois } = this.#session.rois.getState().document;
    const next = this.#expected === undefined ? undefined : roiAt(rois, this.#expected)?.box;
    if (camera) this.#pictures.update(this.eye.lookOf(camera), next && this.eye.lookOn(next));
    return camera;
  }

  #draw(): void {
    this.#frame = 0;
    clearTimeout(this.#late);
    const camera = this.#look();
    if (!camera) return;
    this.#read();
    const hovered = this.status.getState().under?.objects ?? NO_OBJECTS;
    const labels = { paint: this.#paint, hovered, selected: selectedObjects(this.#session) };
    const scene = this.#scene(2 ** camera.zoom);
    const [x, y] = camera.target;
    this.#deck.setProps({
      viewState: { target: [x, y, 0], zoom: camera.zoom },
      // What is given before there is a GPU would all be sent to it at once.
      layers: this.#device ? this.#layers(labels, scene, this.#device) : [],
    });
    const open = this.#pictures.openLabels;
    for (const side of this.#sides) side.draw(camera, scene, { ...labels, open });
    const { crosshair } = this.#session.view.getState();
    this.#crosshair.show(this.eye, this.#sides.size > 0 ? crosshair : undefined, scene);
    this.hand.mark();
    const isReady = this.#staging.isReady || !this.#device;
    const panes = [this.#pictures, ...this.#sides];
    const busy = !isReady || panes.some((pane) => pane.busy);
    const failed = panes.reduce((sum, pane) => sum + pane.failed, 0);
    const { isCut } = this.#pictures;
    this.#staging.rest(this.#device, busy);
    const told = { busy, failed, isCut, worldPerPixel: worldPerPixel(camera) };
    const now = this.status.getState();
    const keys = ["busy", "failed", "isCut", "worldPerPixel"] as const;
    if (keys.some((key) => told[key] !== now[key])) this.status.setState(told);
  }

  #layers(labels: LabelScene, scene: RoiScene, device: Device): Layer[] {
    return [
      ...this.#pictures.layers(labels),
      ...this.#staging.layers(this.#layersOfRois(scene), device, this.#pictures.isSeen),
    ];
  }

  #drawNow(): void {
    cancelAnimationFrame(this.#frame);
    this.#draw();
    this.#deck["layerManager"]?.updateLayers();
  }

  /** What lies under the hand is looked for in a task of its own: an edit of very many ROIs has taken its time. */
  #lookLater(): void {
    this.#looking ??= setTimeout(() => {
      this.#looking = undefined;
      this.hand.lookAgain();
    });
  }

  /** Tells what is under the pointer, which may be something else now. */
  #read(): void {
    const under = this.#underNow();
    const before = this.status.getState().under;
    if (sameUnder(before, under)) return;
    this.status.setState({ under });
    if (!sameObjects(under, before)) this.redraw();
  }

  #underNow(): Under | undefined {
    const { pointer, ground } = this.hand;
    const pixels = [...this.#sides].find((side) => side === ground) ?? this.#pictures;
    const { scale } = this.#image.levels[0].grid;
    return pointer && underAt(ground, pointer.screen, scale, (at) => pixels.read(at));
  }

  /** The side panes show the ROI that is selected. */
  #crossSelected(): void {
    if (this.#sides.size > 0) lookAtSelected(this.#session);
  }
}

const NO_OBJECTS: readonly LabelObject[] = [];

/** Whether a press may do something else now. */
function changesHand(now: RoiState, before: RoiState): boolean {
  return (["tool", "document", "hidden", "locked"] as const).some(
    (key) => now[key] !== before[key],
  );
}
