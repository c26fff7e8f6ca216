/** The drawing: what is open, drawn in each frame by the panes under one eye and one hand. Knows no React; tells in `status`. */
import { OrthographicView } from "@deck.gl/core";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Image } from "../../ome/multiscale.ts";
import { rectInView, worldPerPixel } from "../../scene/camera.ts";
import { type RoiScene, roiLayers } from "../../scene/roi-layers.ts";
import { lookAtSelected } from "../../state/crosshair.ts";
import type { RoiState } from "../../state/rois.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import { Crosshair } from "./crosshair.ts";
import { Eye } from "./eye.ts";
import { Hand } from "./hand.ts";
import type { Histograms } from "./histograms.ts";
import { openDeck } from "./open-deck.ts";
import { Pictures } from "./pictures.ts";
import { sameUnder, underAt } from "./reading.ts";
import { roiScene } from "./roi-scene.ts";
import { type SideName, SidePane } from "./side-pane.ts";
import { FIRST_STATUS, type StageStatus } from "./stage-status.ts";

const view = new OrthographicView({ id: "main", flipY: true });

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
  readonly #crosshair: Crosshair;
  readonly #cleanUp: (() => void)[] = [];
  #frame = 0;

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
    });
    this.#scene = roiScene(session, image);
    this.#pictures = new Pictures(session, source, image, redraw);
    this.#deck = openDeck(parent, view);
    this.#crosshair = new Crosshair(parent);
    const observer = new ResizeObserver(redraw);
    observer.observe(parent);
    this.#cleanUp.push(
      () => observer.disconnect(),
      session.view.subscribe((now, before) => {
        this.redraw();
        if (now.z !== before.z || now.sidePanes !== before.sidePanes) this.hand.lookAgain();
      }),
      session.rois.subscribe((now, before) => {
        this.redraw();
        if (now.document.selection !== before.document.selection) this.#crossSelected();
        if (changesHand(now, before)) this.hand.lookAgain();
      }),
      session.run.subscribe(redraw),
      session.colors.subscribe(redraw),
      session.features.subscribe(redraw),
      session.preview.subscribe(redraw),
    );
    this.redraw();
  }

  /** Draws at the next frame; however often it is called, once. */
  redraw(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  get histograms(): Histograms {
    return this.#pictures.histograms;
  }

  /** Asks again for the chunks in view that could not be read. */
  retry(): void {
    this.#pictures.retry();
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
    this.hand.leave(side);
    this.#sides.delete(side);
    side.close();
    this.redraw();
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    for (const clean of this.#cleanUp) clean();
    for (const side of this.#sides) side.close();
    this.eye.close();
    this.#pictures.close();
    this.#deck.finalize();
  }

  #draw(): void {
    this.#frame = 0;
    const camera = this.eye.frame();
    if (!camera) return;
    this.#pictures.update({
      bounds: rectInView(camera, this.eye.size),
      worldPerPixel: worldPerPixel(camera, devicePixelRatio),
    });
    this.#read();
    const hovered = this.status.getState().under?.label;
    const scene = this.#scene(2 ** camera.zoom);
    const [x, y] = camera.target;
    this.#deck.setProps({
      viewState: { target: [x, y, 0], zoom: camera.zoom },
      layers: [...this.#pictures.layers(hovered), ...roiLayers(scene)],
    });
    const labels = { open: this.#pictures.openLabel, hovered };
    for (const side of this.#sides) side.draw(camera, scene, labels);
    const { crosshair } = this.#session.view.getState();
    this.#crosshair.show(this.eye, this.#sides.size > 0 ? crosshair : undefined, scene);
    this.hand.mark();
    const busy = this.#pictures.busy || [...this.#sides].some((side) => side.busy);
    const perPixel = worldPerPixel(camera);
    const { failed } = this.#pictures;
    const now = this.status.getState();
    if (now.busy !== busy || now.failed !== failed || now.worldPerPixel !== perPixel)
      this.status.setState({ busy, failed, worldPerPixel: perPixel });
  }

  /** Tells what is under the pointer, which may be something else now. */
  #read(): void {
    const { pointer, ground } = this.hand;
    const pixels = [...this.#sides].find((side) => side === ground) ?? this.#pictures;
    const under = pointer && underAt(ground, pointer.screen, (at) => pixels.read(at));
    const before = this.status.getState().under;
    if (sameUnder(before, under)) return;
    this.status.setState({ under });
    if (under?.label !== before?.label) this.redraw();
  }

  /** The side panes show the ROI that is selected. */
  #crossSelected(): void {
    if (this.#sides.size > 0) lookAtSelected(this.#session);
  }
}

/** Whether a press may do something else now. */
function changesHand(now: RoiState, before: RoiState): boolean {
  return (["tool", "document", "hidden", "locked"] as const).some(
    (key) => now[key] !== before[key],
  );
}
