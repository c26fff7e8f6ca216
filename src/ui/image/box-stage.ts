/** The drawing of ROIs in space: its deck.gl canvas and what is on it. Knows no React; tells in `status`. */
import { OrbitView } from "@deck.gl/core";
import { createStore, type StoreApi } from "zustand/vanilla";
import { Latest } from "../../base/latest.ts";
import { remembered } from "../../base/remembered.ts";
import type { Box } from "../../geometry/box.ts";
import type { Image } from "../../ome/multiscale.ts";
import { type RoiId, type Rois, roiAt } from "../../roi/rois.ts";
import { type BoxFrame, boxFrame, boxLayers, marksOf } from "../../scene/box-layers.ts";
import { type BoxRows, boxRows, roiAlong } from "../../scene/box-rows.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import { rayAt, viewTest } from "../../scene/orbit.ts";
import type { RoiScene } from "../../scene/roi-layers.ts";
import { select } from "../../state/rois.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import { unitOf } from "../units.ts";
import { BoxEye } from "./box-eye.ts";
import { drawnAs, MOST_BOXES, type Seen } from "./box-look.ts";
import { BoxSlices } from "./box-slices.ts";
import { openDeck } from "./open-deck.ts";
import { roiScene } from "./roi-scene.ts";

export interface BoxStatus {
  /** How many ROIs there are to see, undefined until it is known, and how many of them are drawn as boxes; the others are points. */
  readonly count: number | undefined;
  readonly boxes: number;
  /** How many chunks of the slices could not be read. */
  readonly failed: number;
}

/** More marked boxes than this are not told apart. */
const MOST_MARKED = 2000;

const NOTHING_YET: BoxStatus = { count: undefined, boxes: 0, failed: 0 };

const view = new OrbitView({ id: "boxes", orthographic: true, near: -500, far: 500 });

export class BoxStage {
  readonly status: StoreApi<BoxStatus> = createStore(() => NOTHING_YET);
  readonly eye: BoxEye;
  readonly slices: BoxSlices;
  readonly #session: Session;
  readonly #parent: HTMLElement;
  readonly #deck: ReturnType<typeof openDeck>;
  readonly #frame: BoxFrame;
  readonly #cleanUp: (() => void)[] = [];
  readonly #rows = new Latest(boxRows, () => this.redraw());
  readonly #marks = remembered(marksIn);
  readonly #hoverMarks = remembered(marksIn);
  readonly #scene: () => RoiScene;
  readonly #drawn = new Latest(drawnAs, () => this.redraw());
  /** What is in view of the camera as it rested last. */
  #seen: Seen | undefined;
  #request = 0;

  constructor(parent: HTMLElement, session: Session, source: Source, image: Image) {
    this.#parent = parent;
    this.#session = session;
    const scene = roiScene(session, image);
    this.#scene = () => scene(1);
    this.eye = new BoxEye(parent, session, image, {
      onMove: () => this.redraw(),
      onRest: () => {
        this.#seen = undefined;
      },
    });
    this.#frame = boxFrame(this.eye.world, unitOf(image));
    this.slices = new BoxSlices(session, source, image, () => this.redraw());
    this.#deck = openDeck(parent, view, () => this.#parent.style.cursor || "grab");
    const observer = new ResizeObserver(() => this.redraw());
    observer.observe(parent);
    this.#cleanUp.push(
      () => observer.disconnect(),
      session.rois.subscribe(() => this.redraw()),
      session.colors.subscribe(() => this.redraw()),
      session.view.subscribe(() => this.redraw()),
    );
    this.redraw();
  }

  /** Draws at the next frame; however often it is called, once. */
  redraw(): void {
    if (this.#request === 0) this.#request = requestAnimationFrame(() => this.#draw());
  }

  /** Shows the selected ROIs. */
  fitSelection(): void {
    const { document } = this.#session.rois.getState();
    const { boxes } = marksIn(document.rois, document.selection);
    if (boxes.length === 0) return;
    const least = (i: 0 | 1 | 2): number => Math.min(...boxes.map(({ min }) => min[i]));
    const most = (i: 0 | 1 | 2): number => Math.max(...boxes.map(({ max }) => max[i]));
    const around: Box<"world"> = {
      space: "world",
      min: [least(0), least(1), least(2)],
      max: [most(0), most(1), most(2)],
    };
    this.eye.show(around);
  }

  /** Marks what a click there would select. */
  hover(at: CanvasPoint | undefined): void {
    const id = at && this.#under(at);
    this.#parent.style.cursor = id === undefined ? "grab" : "pointer";
    if (this.#session.rois.getState().hovered !== id) this.#session.rois.setState({ hovered: id });
  }

  /** Selects what is under a point; with `adding`, puts it into the selection or takes it out. */
  click(at: CanvasPoint, adding: boolean): void {
    const id = this.#under(at);
    const { selection } = this.#session.rois.getState().document;
    if (!adding) {
      select(this.#session, new Set(id === undefined ? [] : [id]));
      return;
    }
    if (id === undefined) return;
    const next = new Set(selection);
    if (!next.delete(id)) next.add(id);
    select(this.#session, next);
  }

  close(): void {
    cancelAnimationFrame(this.#request);
    for (const clean of this.#cleanUp) clean();
    this.hover(undefined);
    this.eye.close();
    this.slices.close();
    this.#rows.close();
    this.#drawn.close();
    this.#deck.finalize();
  }

  #under(at: CanvasPoint): RoiId | undefined {
    const { camera, space, size } = this.eye;
    const rows = camera && this.#shown();
    const id = rows && roiAlong(rows, rayAt(camera, space, size, at), 2 * 2 ** -camera.zoom);
    const { rois } = this.#session.rois.getState().document;
    // Rows are made beside the hand: one that was deleted meanwhile is not there any more.
    return id !== undefined && roiAt(rois, id) ? id : undefined;
  }

  #shown(): BoxRows | undefined {
    const { document, preview, hidden } = this.#session.rois.getState();
    return this.#rows.of(document.rois, preview, hidden);
  }

  #draw(): void {
    this.#request = 0;
    const camera = this.eye.frame();
    if (!camera) return;
    const { space, size } = this.eye;
    const rows = this.#shown();
    // Choosing takes longer than a frame lasts, so it waits until the camera rests.
    this.#seen ??= {
      isSeen: viewTest(camera, space, size),
      worldPerPixel: 2 ** -camera.zoom,
    };
    const seen = rows && rows.ids.length > MOST_BOXES ? this.#seen : undefined;
    const { colors, invalid, discarded } = this.#scene();
    const drawn = rows && this.#drawn.of(rows, seen, colors, invalid, discarded);
    const { document, hovered } = this.#session.rois.getState();
    this.#deck.setProps({
      viewState: {
        target: [...camera.target],
        zoom: camera.zoom,
        rotationX: camera.tilt,
        rotationOrbit: camera.turn,
      },
      layers: boxLayers({
        space,
        pixelsPerUnit: 2 ** camera.zoom,
        frame: this.#frame,
        slices: this.slices.shown(),
        boxes: drawn,
        selected: this.#marks(document.rois, document.selection),
        hovered: this.#hoverMarks(document.rois, hovered),
      }),
    });
    const now = this.status.getState();
    const { count, boxes } = drawn ?? now;
    const { failed } = this.slices;
    if (now.count !== count || now.boxes !== boxes || now.failed !== failed)
      this.status.setState({ count, boxes, failed });
  }
}

function marksIn(rois: Rois, ids: ReadonlySet<RoiId> | RoiId | undefined) {
  const all = ids === undefined ? [] : typeof ids === "number" ? [ids] : [...ids];
  const named = all.slice(0, MOST_MARKED).flatMap((id) => {
    const roi = roiAt(rois, id);
    return roi && [...roi.box.min, ...roi.box.max].every(Number.isFinite) ? [roi] : [];
  });
  return marksOf(named);
}
