/** The drawing of ROIs in space: its deck.gl canvas, its camera, and what is looked at. Knows no React; tells in `status`. */
import { OrbitView } from "@deck.gl/core";
import { createStore, type StoreApi } from "zustand/vanilla";
import { Latest } from "../../base/latest.ts";
import { remembered } from "../../base/remembered.ts";
import type { Box } from "../../geometry/box.ts";
import { worldOf } from "../../geometry/pixel-grid.ts";
import type { Image } from "../../ome/multiscale.ts";
import { type RoiId, type Rois, roiAt } from "../../roi/rois.ts";
import { type BoxFrame, boxFrame, boxLayers, marksOf } from "../../scene/box-layers.ts";
import { type BoxRows, boxRows, roiAlong } from "../../scene/box-rows.ts";
import type { CanvasSize } from "../../scene/camera.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import {
  between,
  firstLook,
  fitted,
  MOST_STRETCH,
  OBLIQUE,
  type Orbit,
  type OrbitSpace,
  orbitAt,
  orbitPlace,
  rayAt,
  shifted,
  spaceOf,
  turned,
  viewTest,
  zoomedOrbit,
} from "../../scene/orbit.ts";
import type { RoiScene } from "../../scene/roi-layers.ts";
import { select } from "../../state/rois.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import { unitOf } from "../units.ts";
import { drawnAs, MOST_BOXES, type Seen } from "./box-look.ts";
import { BoxSlices } from "./box-slices.ts";
import { Flight } from "./flight.ts";
import { openDeck } from "./open-deck.ts";
import { roiScene } from "./roi-scene.ts";

export interface BoxStatus {
  /** How many ROIs there are to see, undefined until it is known, and how many of them are drawn as boxes; the others are points. */
  readonly count: number | undefined;
  readonly boxes: number;
  /** How much z is stretched. */
  readonly stretch: number;
}

/** More marked boxes than this are not told apart. */
const MOST_MARKED = 2000;

/** How long the camera rests before boxes are chosen anew, and it is told where it is, in milliseconds. */
const REST = 150;

const view = new OrbitView({ id: "boxes", orthographic: true, near: -500, far: 500 });

export class BoxStage {
  readonly status: StoreApi<BoxStatus>;
  readonly slices: BoxSlices;
  readonly #session: Session;
  readonly #parent: HTMLElement;
  readonly #deck: ReturnType<typeof openDeck>;
  readonly #flight = new Flight(between);
  readonly #world: Box<"world">;
  readonly #frame: BoxFrame;
  readonly #cleanUp: (() => void)[] = [];
  readonly #rows = new Latest(boxRows, () => this.redraw());
  readonly #marks = remembered(marksIn);
  readonly #hoverMarks = remembered(marksIn);
  readonly #scene: () => RoiScene;
  readonly #drawn = new Latest(drawnAs, () => this.redraw());
  /** Where one looks from at first. */
  readonly #home: Pick<Orbit, "tilt" | "turn">;
  #space: OrbitSpace;
  #camera: Orbit | undefined;
  /** What is in view of the camera as it rested last. */
  #seen: Seen | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #request = 0;

  constructor(parent: HTMLElement, session: Session, source: Source, image: Image) {
    this.#parent = parent;
    this.#session = session;
    const scene = roiScene(session, image);
    this.#scene = () => scene(1);
    this.#world = worldOf(image.levels[0].grid);
    this.#frame = boxFrame(this.#world, unitOf(image));
    const { orbit } = session.view.getState();
    const look = firstLook(this.#world, image.levels[0].grid.shape[0]);
    const stretch = orbit ? Math.min(MOST_STRETCH, Math.max(1, orbit.stretch)) : look.stretch;
    this.#home = look;
    this.#space = spaceOf(this.#world, stretch);
    this.status = createStore<BoxStatus>(() => ({ count: undefined, boxes: 0, stretch }));
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

  turn(dx: number, dy: number): void {
    const camera = this.#aim();
    if (camera) this.#move(turned(camera, dx, dy));
  }

  shift(dx: number, dy: number): void {
    const camera = this.#aim();
    if (camera) this.#move(shifted(camera, dx, dy));
  }

  /** Zooms by a factor about a point of the canvas, or its middle. */
  zoom(factor: number, at?: CanvasPoint): void {
    const camera = this.#aim();
    if (!camera) return;
    const size = this.#size();
    const home = fitted(this.#world, this.#space, size, camera).zoom;
    const middle = { x: size.width / 2, y: size.height / 2 };
    this.#move(zoomedOrbit(camera, size, at ?? middle, factor, home));
  }

  /** Shows the whole image, from a side if one is given. */
  fit(from: Pick<Orbit, "tilt" | "turn"> | undefined = this.#aim()): void {
    this.#go(fitted(this.#world, this.#space, this.#size(), from ?? OBLIQUE));
  }

  /** Shows the selected ROIs. */
  fitSelection(): void {
    const { document } = this.#session.rois.getState();
    const { boxes } = marksIn(document.rois, document.selection);
    const camera = this.#aim();
    if (boxes.length === 0 || !camera) return;
    const least = (i: 0 | 1 | 2): number => Math.min(...boxes.map(({ min }) => min[i]));
    const most = (i: 0 | 1 | 2): number => Math.max(...boxes.map(({ max }) => max[i]));
    const around: Box<"world"> = {
      space: "world",
      min: [least(0), least(1), least(2)],
      max: [most(0), most(1), most(2)],
    };
    this.#go(fitted(around, this.#space, this.#size(), camera));
  }

  stretchTo(wanted: number): void {
    const stretch = Number(wanted.toPrecision(4));
    const before = this.#space.stretch;
    this.#space = spaceOf(this.#world, stretch);
    this.status.setState({ stretch });
    const camera = this.#aim();
    if (!camera) return;
    const [x, y, z] = camera.target;
    this.#move({ ...camera, target: [x, y, (z / before) * stretch] });
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
    clearTimeout(this.#resting);
    for (const clean of this.#cleanUp) clean();
    this.hover(undefined);
    this.slices.close();
    this.#rows.close();
    this.#drawn.close();
    this.#deck.finalize();
  }

  #under(at: CanvasPoint): RoiId | undefined {
    if (!this.#camera) return undefined;
    const slack = 2 * 2 ** -this.#camera.zoom;
    const rows = this.#shown();
    const ray = rayAt(this.#camera, this.#space, this.#size(), at);
    const id = rows && roiAlong(rows, ray, slack);
    const { rois } = this.#session.rois.getState().document;
    // Rows are made beside the hand: one that was deleted meanwhile is not there any more.
    return id !== undefined && roiAt(rois, id) ? id : undefined;
  }

  #shown(): BoxRows | undefined {
    const { document, preview, hidden } = this.#session.rois.getState();
    return this.#rows.of(document.rois, preview, hidden);
  }

  /** What a hand goes on from: who turns during a flight turns what it was to end with. */
  #aim(): Orbit | undefined {
    return this.#flight.goal ?? this.#camera;
  }

  #move(camera: Orbit): void {
    this.#flight.stop();
    this.#put(camera);
  }

  #put(camera: Orbit): void {
    const place = orbitPlace(camera, this.#space);
    // Exactly where a link says, so that who opens it sees the same pixels.
    this.#camera = orbitAt(place, this.#space);
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      this.#seen = undefined;
      this.#session.view.setState({ orbit: place });
    }, REST);
    this.redraw();
  }

  /** Where the camera was last, or where a link puts it; else on the whole image. */
  #first(size: CanvasSize): Orbit {
    const { orbit } = this.#session.view.getState();
    const whole = fitted(this.#world, this.#space, size, orbit ?? this.#home);
    const camera = orbitAt(orbit ?? orbitPlace(whole, this.#space), this.#space);
    const middle = { x: size.width / 2, y: size.height / 2 };
    return zoomedOrbit(camera, size, middle, 1, whole.zoom);
  }

  #go(to: Orbit): void {
    if (!this.#camera) return;
    this.#flight.start(this.#camera, to);
    this.redraw();
  }

  #draw(): void {
    this.#request = 0;
    const size = this.#size();
    if (size.width === 0 || size.height === 0) return;
    this.#camera ??= this.#first(size);
    const onItsWay = this.#flight.now();
    if (onItsWay) this.#put(onItsWay);
    const camera = this.#camera;
    const rows = this.#shown();
    // Choosing takes longer than a frame lasts, so it waits until the camera rests.
    this.#seen ??= {
      isSeen: viewTest(camera, this.#space, size),
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
        space: this.#space,
        pixelsPerUnit: 2 ** camera.zoom,
        frame: this.#frame,
        slices: this.slices.shown(),
        boxes: drawn,
        selected: this.#marks(document.rois, document.selection),
        hovered: this.#hoverMarks(document.rois, hovered),
      }),
    });
    const now = this.status.getState();
    if (drawn && (now.count !== drawn.count || now.boxes !== drawn.boxes))
      this.status.setState({ count: drawn.count, boxes: drawn.boxes });
  }

  #size(): CanvasSize {
    return { width: this.#parent.clientWidth, height: this.#parent.clientHeight };
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
