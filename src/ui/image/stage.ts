/** The drawing: one deck.gl canvas, its camera, and the hand on it. Knows no React; tells what it shows in `status`. */
import { Deck, OrthographicView } from "@deck.gl/core";
import { createStore, type StoreApi } from "zustand/vanilla";
import { remembered } from "../../base/remembered.ts";
import { guidesOf, heldBox } from "../../editor/attract.ts";
import { depthOfNew } from "../../editor/depth.ts";
import { placedRoi } from "../../editor/drawing.ts";
import { badgeOf } from "../../editor/hint.ts";
import { roisUnder } from "../../editor/hit-test.ts";
import { roisWithin } from "../../editor/in-view.ts";
import { XY } from "../../editor/pane.ts";
import { planeOf, spans } from "../../editor/plane.ts";
import { nextIn } from "../../editor/pressing.ts";
import { onlyOf } from "../../editor/selection.ts";
import { step } from "../../editor/step.ts";
import {
  type EditorEvent,
  type Hint,
  IDLE,
  type Pointer,
  probeOf,
  type ToolContext,
  type ToolState,
} from "../../editor/tool-state.ts";
import type { Box, Zyx } from "../../geometry/box.ts";
import { worldOf } from "../../geometry/pixel-grid.ts";
import { chunkZyx } from "../../ome/axes.ts";
import type { Image } from "../../ome/multiscale.ts";
import { type RoiDiff, type RoiId, type Rois, roiAt } from "../../roi/rois.ts";
import { discardedIn, loadedDiscarded } from "../../roi/triage.ts";
import {
  type Camera,
  type CanvasSize,
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
import type { Rect } from "../../scene/rect.ts";
import { type RoiScene, roiLayers } from "../../scene/roi-layers.ts";
import type { RowColors } from "../../scene/roi-rows.ts";
import { middleOfPlane } from "../../scene/tile-grid.ts";
import { edit, select } from "../../state/rois.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import { workingLevel } from "../../state/view.ts";
import type { Table } from "../../table/table.ts";
import { unitOf } from "../units.ts";
import { Crosshair } from "./crosshair.ts";
import type { Ground } from "./ground.ts";
import { Pictures } from "./pictures.ts";
import { roiPaint } from "./roi-paint.ts";
import { type SideName, SidePane } from "./side-pane.ts";

/** What is under the pointer. */
export interface Under {
  readonly x: number;
  readonly y: number;
  /** The level the values are read from. */
  readonly level: string | undefined;
  /** By channel index. */
  readonly values: ReadonlyMap<number, number>;
  readonly label: number | undefined;
}

export interface StageStatus {
  /** Whether tiles in view are on their way. */
  readonly busy: boolean;
  /** World units per CSS pixel. */
  readonly worldPerPixel: number;
  readonly under: Under | undefined;
  readonly hint: Hint | undefined;
  /** What lies over the drawing during a drag, in CSS pixels of the canvas. */
  readonly marks: DragMarks | undefined;
  /** The ROIs that lie over each other where the last click was, and that place in CSS pixels of the canvas. */
  readonly stack: RoiStack | undefined;
}

export interface RoiStack {
  readonly at: CanvasPoint;
  readonly ids: readonly RoiId[];
}

interface DragMarks {
  /** The pane they lie over. */
  readonly pane: Ground["name"];
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly guides: readonly GuideLine[];
}

interface GuideLine {
  readonly runs: "across" | "down";
  readonly at: number;
  readonly what: string;
}

/** What a badge needs of room: half its width and its height, in CSS pixels. */
const BADGE = { xy: [180, 60], xz: [110, 34], yz: [90, 34] } as const;

/** How much of the view an ROI takes that is zoomed to: the rest is what it lies in. */
const ROI_PART = 0.65;

/** How long the camera is on its way, in milliseconds. */
const FLIGHT_MS = 180;

/** How far the pointer may go from a click, in CSS pixels, with the names of what lies there still shown. */
const STACK_REACH = 60;

const view = new OrthographicView({ id: "main", flipY: true });

export class Stage {
  readonly status: StoreApi<StageStatus> = createStore<StageStatus>(() => ({
    busy: true,
    worldPerPixel: 1,
    under: undefined,
    hint: undefined,
    marks: undefined,
    stack: undefined,
  }));
  readonly #session: Session;
  readonly #image: Image;
  readonly #parent: HTMLElement;
  readonly #deck: Deck<OrthographicView>;
  readonly #source: Source;
  readonly #pictures: Pictures;
  readonly #sides = new Set<SidePane>();
  /** The main pane, and the one that the hand is in. */
  readonly #main: Ground;
  #ground: Ground;
  readonly #cleanUp: (() => void)[] = [];
  #camera: Camera | undefined;
  #tool: ToolState = IDLE;
  /** Where the pointer was last, while it is over the canvas. */
  #pointer: Pointer | undefined;
  /** The ROIs to be marked, the same set until the problems change. */
  #invalid: { readonly of: unknown; readonly ids: ReadonlySet<RoiId> } = {
    of: undefined,
    ids: new Set(),
  };
  readonly #loadedDiscarded = remembered(loadedDiscarded);
  readonly #discardedNow = remembered(discardedIn);
  readonly #colors: () => RowColors | undefined;
  readonly #crosshair: Crosshair;
  #frame = 0;
  /** The camera's way to where it was told to go. */
  #flight: { readonly from: Camera; readonly to: Camera; readonly since: number } | undefined;

  constructor(parent: HTMLElement, session: Session, source: Source, image: Image) {
    this.#parent = parent;
    this.#session = session;
    this.#image = image;
    this.#source = source;
    this.#main = this.#ground = this.#mainGround();
    this.#colors = roiPaint(session);
    this.#pictures = new Pictures(session, source, image, () => this.redraw());
    this.#deck = new Deck({
      parent: parent as HTMLDivElement,
      views: view,
      controller: false,
      viewState: { target: [0, 0, 0], zoom: 0 },
      layers: [],
      // Picking is done on the CPU; deck must not read pixels back for it.
      getCursor: () => "inherit",
      useDevicePixels: true,
    });
    this.#crosshair = new Crosshair(parent);
    const observer = new ResizeObserver(() => this.redraw());
    observer.observe(parent);
    this.#cleanUp.push(
      () => observer.disconnect(),
      session.view.subscribe(() => this.redraw()),
      session.rois.subscribe((now, before) => {
        this.redraw();
        if (now.document.selection !== before.document.selection) this.#crossSelected();
        if (now.tool !== before.tool || now.document !== before.document) this.#lookAgain();
      }),
      session.run.subscribe(() => this.redraw()),
      session.colors.subscribe(() => this.redraw()),
      session.features.subscribe(() => this.redraw()),
      session.preview.subscribe(() => this.redraw()),
    );
    this.redraw();
  }

  /** Draws at the next frame; however often it is called, once. */
  redraw(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  fitImage(): void {
    this.#lookAt(this.#imageRect());
  }

  /** Zooms to a box, with some of what is around it, on a plane that cuts it. */
  fitBox(box: Box<"world">): void {
    const rect = this.#rectOf(box);
    const size = this.#size();
    if (!rect) return;
    const limits = zoomLimits(this.#imageRect(), this.#finestVoxel(), size);
    this.#flyTo(clampZoom(fitPart(rect, size, ROI_PART), limits));
    this.#showPlaneOf(box);
  }

  /** Goes to a box as `fitBox`, or at the zoom there is where the user wants that kept. */
  goTo(box: Box<"world">): void {
    const rect = this.#rectOf(box);
    if (!rect || !this.#camera || !this.#session.view.getState().keepZoom) this.fitBox(box);
    else {
      this.#flyTo({ ...fitRect(rect, this.#size()), zoom: this.#camera.zoom });
      this.#showPlaneOf(box);
    }
  }

  /** Selects the next of the ROIs that lie over each other under the pointer. */
  selectUnder(): void {
    if (!this.#pointer || this.#ground !== this.#main) return;
    const context = this.#context();
    const ids = roisUnder(context.rois, probeOf(context, this.#pointer));
    select(this.#session, nextIn(ids, context.selection));
    this.#tellStack(ids, this.#pointer);
  }

  /** The ROIs that are whole in view and on the shown plane. */
  inView(): ReadonlySet<RoiId> {
    const { rois, plane, inView, hidden } = this.#context(this.#main);
    const bounds = { plane, ...inView };
    return new Set(roisWithin(rois, bounds).filter((id) => !hidden?.has(id)));
  }

  /** Whether anything of a box is on screen, in whatever plane. */
  sees({ min, max }: Box<"world">): boolean {
    const { width, height } = this.#size();
    const [from, to] = [this.world({ x: 0, y: 0 }), this.world({ x: width, y: height })];
    return min[2] < to.x && max[2] > from.x && min[1] < to.y && max[1] > from.y;
  }

  /** The camera after a drag of the world by so many pixels. */
  pan(dx: number, dy: number): void {
    this.#flight = undefined;
    if (this.#camera) this.#camera = panned(this.#camera, dx, dy);
    this.#follow();
    this.redraw();
  }

  /** Zooms by a factor about a point of the canvas. */
  zoom(at: CanvasPoint, factor: number): void {
    if (!this.#camera) return;
    this.#flight = undefined;
    const zoom = this.#camera.zoom + Math.log2(factor);
    const limits = zoomLimits(this.#imageRect(), this.#finestVoxel(), this.#size());
    const clamped = clampZoom({ ...this.#camera, zoom }, limits);
    this.#camera = zoomedAt(this.#camera, this.#size(), at, clamped.zoom);
    this.#follow();
    this.redraw();
  }

  /** Puts an ROI where the pointer is, or in the middle of what is looked at. */
  placeRoi(): void {
    const [, y, x] = this.centre();
    const pointer = this.#ground === this.#main ? this.#pointer : undefined;
    const made = placedRoi(pointer?.world ?? { x, y }, this.#context(this.#main));
    edit(this.#session, made);
    if (made) this.#remember(made.diff);
  }

  /** Shows the plane so many further up the stack, or the last there is. */
  changePlane(by: number): void {
    const last = this.#image.levels[0].grid.shape[0] - 1;
    this.#session.view.setState(({ z }) => ({ z: Math.min(last, Math.max(0, z + by)) }));
    this.#follow();
  }

  /** The place in the middle of what is looked at, in world units z, y, x. */
  centre(): Zyx {
    const { z } = this.#session.view.getState();
    const [x, y] = this.#camera?.target ?? [0, 0];
    return [middleOfPlane(this.#image.levels[0].grid, z), y, x];
  }

  world(at: CanvasPoint): CanvasPoint {
    return this.#camera ? worldFromCanvas(this.#camera, this.#size(), at) : { x: 0, y: 0 };
  }

  /** Gives an event to the tool in hand and does what it asks for; a gesture stays in the pane it began in. */
  hand(event: EditorEvent, ground: Ground = this.#main): void {
    if (ground !== this.#ground && ("at" in event || event.kind === "leave")) {
      if (this.#tool.kind !== "idle") return;
      this.#ground = ground;
    }
    if ("at" in event) this.#pointer = event.at;
    this.#forgetStack(event);
    if (event.kind === "leave") this.#pointer = undefined;
    const { state, effects } = step(this.#tool, event, this.#context());
    this.#tool = state;
    for (const effect of effects) {
      switch (effect.kind) {
        case "preview":
          this.#session.rois.setState({ preview: effect.diff });
          break;
        case "commit":
          edit(this.#session, effect.edit);
          this.#remember(effect.edit.diff);
          break;
        case "select":
          select(this.#session, effect.selection);
          this.#tellStack(effect.among, this.#pointer);
          break;
        case "tool":
          this.#session.rois.setState({ tool: effect.tool });
          break;
        case "hover":
          this.#session.rois.setState({ hovered: effect.id });
          break;
        case "cursor":
          this.#ground.setCursor(effect.cursor);
          break;
        case "look":
          this.#lookTo(effect.at);
          break;
        case "hint":
          this.status.setState({ hint: effect.hint });
          break;
      }
    }
  }

  /** The names go with the pointer, and with the next step down the ladder of Escape. */
  #forgetStack(event: EditorEvent): void {
    const { stack } = this.status.getState();
    if (!stack) return;
    const isFar =
      event.kind === "move" &&
      Math.hypot(event.at.screen.x - stack.at.x, event.at.screen.y - stack.at.y) > STACK_REACH;
    if (isFar || event.kind === "escape" || event.kind === "down")
      this.status.setState({ stack: undefined });
  }

  get tool(): ToolState {
    return this.#tool;
  }

  /** Reads the pixels under a point of the canvas; undefined where the pointer has left it. */
  probe(at: CanvasPoint | undefined): void {
    const before = this.status.getState().under?.label;
    if (at === undefined) this.status.setState({ under: undefined });
    else {
      const { x, y } = this.world(at);
      const { image, label } = this.#pictures.probe([x, y]);
      const level = image && this.#image.levels[image.level]?.name;
      this.status.setState({ under: { x, y, level, values: image?.values ?? new Map(), label } });
    }
    if (this.status.getState().under?.label !== before) this.redraw();
  }

  autoWindow(channel: number): readonly [start: number, end: number] | undefined {
    return this.#pictures.autoWindow(channel);
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    for (const clean of this.#cleanUp) clean();
    for (const side of this.#sides) side.close();
    this.#pictures.close();
    this.#deck.finalize();
  }

  #draw(): void {
    this.#frame = 0;
    const size = this.#size();
    if (size.width === 0 || size.height === 0) return;
    this.#camera ??= fitRect(this.#imageRect(), size);
    this.#fly();
    const camera = this.#camera;
    this.#pictures.update({
      bounds: rectInView(camera, size),
      worldPerPixel: worldPerPixel(camera, devicePixelRatio),
    });
    const [x, y] = camera.target;
    const scene = this.#scene(camera);
    this.#deck.setProps({
      viewState: { target: [x, y, 0], zoom: camera.zoom },
      layers: [...this.#pictures.layers(this.status.getState().under?.label), ...roiLayers(scene)],
    });
    this.#drawSides(camera, scene);
    this.#mark();
    const busy = this.#pictures.busy || [...this.#sides].some((side) => side.busy);
    const perPixel = worldPerPixel(camera);
    const now = this.status.getState();
    if (now.busy !== busy || now.worldPerPixel !== perPixel)
      this.status.setState({ busy, worldPerPixel: perPixel });
  }

  #rectOf({ min, max }: Box<"world">): Rect | undefined {
    const isKnown = [...min, ...max].every(Number.isFinite);
    return isKnown ? [min[2], min[1], max[2], max[1]] : undefined;
  }

  /** Shows the middle plane of a box, unless it is cut by the plane that is shown. */
  #showPlaneOf({ min, max }: Box<"world">): void {
    const { grid } = this.#image.levels[0];
    const plane = planeOf(grid, this.#session.view.getState().z);
    if (spans(plane, min[0], max[0])) return;
    const middle = Math.floor((min[0] + max[0]) / 2 / grid.scale[0]);
    this.#session.view.setState({ z: Math.min(grid.shape[0] - 1, Math.max(0, middle)) });
  }

  /** The eye follows where it is taken; who wants less motion is there at once. */
  #flyTo(to: Camera): void {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (isStill || !this.#camera) this.#camera = to;
    else this.#flight = { from: this.#camera, to, since: performance.now() };
    this.redraw();
  }

  #fly(): void {
    if (!this.#flight) return;
    const { from, to, since } = this.#flight;
    const place = Math.min(1, (performance.now() - since) / FLIGHT_MS);
    this.#camera = place === 1 ? to : between(from, to, 1 - (1 - place) ** 3);
    if (place === 1) this.#flight = undefined;
    else this.redraw();
  }

  /** Names the ROIs that lie over each other under a click, for as long as that is of use. */
  #tellStack(ids: readonly RoiId[] | undefined, at: Pointer | undefined): void {
    const isStack = at !== undefined && ids !== undefined && ids.length > 1;
    this.status.setState({ stack: isStack ? { at: at.screen, ids } : undefined });
  }

  /** A gesture goes on where the pointer is now that the camera or the plane has changed under it. */
  #follow(): void {
    if (!("edit" in this.#tool) || !this.#pointer) return;
    const at = { ...this.#pointer, world: this.#ground.world(this.#pointer.screen) };
    this.hand({ kind: "move", at }, this.#ground);
  }

  /** The depth of an ROI that was drawn, for the next one. */
  #remember(diff: RoiDiff): void {
    for (const { from, to } of diff.values()) {
      if (from !== undefined || to === undefined) continue;
      const { min, max } = to.box;
      this.#session.view.setState({ lastDepth: { min: min[0], max: max[0] } });
    }
  }

  /** Says how large the box under the hand is, below it, and what it lies on. */
  #mark(): void {
    const box = heldBox(this.#tool);
    if (box === undefined) {
      if (this.status.getState().marks) this.status.setState({ marks: undefined });
      return;
    }
    const ground = this.#ground;
    const context = this.#context();
    const { across, down } = context.pane;
    const guides = guidesOf(this.#tool, context).map(({ axis, at, what }): GuideLine => {
      const place = ground.canvas({ x: at, y: at });
      return axis === down
        ? { runs: "across", at: place.y, what }
        : { runs: "down", at: place.x, what };
    });
    const foot = ground.canvas({ x: (box.min[across] + box.max[across]) / 2, y: box.max[down] });
    const [half, below] = BADGE[ground.name];
    const x = Math.min(ground.size.width - half, Math.max(half, foot.x));
    const y = Math.min(ground.size.height - below, Math.max(0, foot.y));
    const text = badgeOf(box, context);
    this.status.setState({ marks: { pane: ground.name, x, y, text, guides } });
  }

  /** What lies under a resting pointer, and what a press there would do, follows the tool and the ROIs. */
  #lookAgain(): void {
    if (this.#tool.kind === "idle" && this.#pointer)
      this.hand({ kind: "move", at: this.#pointer }, this.#ground);
  }

  #scene(camera: Camera): RoiScene {
    const { table, document, preview, hovered, problems, hidden, locked } =
      this.#session.rois.getState();
    const { overlays, z } = this.#session.view.getState();
    if (this.#invalid.of !== problems)
      this.#invalid = { of: problems, ids: new Set(problems.keys()) };
    return {
      rois: document.rois,
      selection: document.selection,
      preview,
      hovered,
      invalid: this.#invalid.ids,
      discarded: table && this.#discarded(table, document.rois),
      hidden,
      locked,
      colors: this.#colors(),
      plane: planeOf(this.#image.levels[0].grid, z),
      pixelsPerUnit: 2 ** camera.zoom,
      visible: overlays,
    };
  }

  /** The main pane as the hand meets it. */
  #mainGround(): Ground {
    const size = (): CanvasSize => this.#size();
    return {
      name: "xy",
      get size() {
        return size();
      },
      world: (at) => this.world(at),
      canvas: (at) => (this.#camera ? canvasFromWorld(this.#camera, size(), at) : at),
      look: () => ({
        pane: XY,
        plane: planeOf(this.#image.levels[0].grid, this.#session.view.getState().z),
      }),
      setCursor: (cursor) => {
        if (this.#parent.parentElement) this.#parent.parentElement.style.cursor = cursor;
      },
    };
  }

  /** Opens a pane beside this one. */
  openSide(name: SideName, parent: HTMLElement): SidePane {
    const side = new SidePane(name, parent, {
      main: this,
      session: this.#session,
      source: this.#source,
      image: this.#image,
    });
    this.#sides.add(side);
    this.#crossSelected();
    this.redraw();
    return side;
  }

  closeSide(side: SidePane): void {
    if (this.#ground === side) {
      this.hand({ kind: "cancel" });
      this.#ground = this.#main;
    }
    this.#sides.delete(side);
    side.close();
    this.redraw();
  }

  get size(): CanvasSize {
    return this.#size();
  }

  #drawSides(camera: Camera, scene: RoiScene): void {
    for (const side of this.#sides) side.draw(camera, scene);
    const { crosshair } = this.#session.view.getState();
    this.#crosshair.show(this.#sides.size > 0 ? this.#main.canvas(crosshair) : undefined);
  }

  /** Puts the crosshair at a point of the pane that the hand is in. */
  #lookTo(at: CanvasPoint): void {
    const { across, down } = this.#ground.look().pane;
    const { shape, scale } = this.#image.levels[0].grid;
    const inside = (axis: 0 | 1 | 2, world: number): number =>
      Math.min(shape[axis] * scale[axis], Math.max(0, world));
    this.#session.view.setState(({ crosshair, z }) => {
      const place = [(z + 0.5) * scale[0], crosshair.y, crosshair.x];
      place[across] = inside(across, at.x);
      place[down] = inside(down, at.y);
      const [depth = 0, y = 0, x = 0] = place;
      return { crosshair: { x, y }, z: Math.min(shape[0] - 1, Math.floor(depth / scale[0])) };
    });
  }

  /** The side panes show the ROI that is selected. */
  #crossSelected(): void {
    const { rois, selection } = this.#session.rois.getState().document;
    const id = onlyOf(selection);
    const box = id === undefined ? undefined : roiAt(rois, id)?.box;
    if (!box || this.#sides.size === 0) return;
    const { crosshair } = this.#session.view.getState();
    const { min, max } = box;
    const isCut =
      crosshair.x > min[2] && crosshair.x < max[2] && crosshair.y > min[1] && crosshair.y < max[1];
    const middle = { x: (min[2] + max[2]) / 2, y: (min[1] + max[1]) / 2 };
    if (!isCut && Number.isFinite(middle.x + middle.y))
      this.#session.view.setState({ crosshair: middle });
  }

  #discarded(table: Table, rois: Rois): ReadonlySet<RoiId> {
    return this.#discardedNow(table, rois, this.#loadedDiscarded(table));
  }

  #context(ground: Ground = this.#ground): ToolContext {
    const { document, tool, hidden, locked } = this.#session.rois.getState();
    const { z, drawDepth, lastDepth: last } = this.#session.view.getState();
    const shown = planeOf(this.#image.levels[0].grid, z);
    const level = workingLevel(this.#session.view.getState(), this.#image);
    const { width, height } = ground.size;
    return {
      rois: document.rois,
      selection: document.selection,
      hidden,
      locked,
      tool,
      grid: level.grid,
      chunk: chunkZyx(level.array, this.#image.axes),
      inView: { min: ground.world({ x: 0, y: 0 }), max: ground.world({ x: width, y: height }) },
      depth: depthOfNew(drawDepth, { grid: level.grid, plane: shown, last }),
      ...ground.look(),
      pixelsPerUnit: 2 ** (this.#camera?.zoom ?? 0),
      unit: unitOf(this.#image),
    };
  }

  #lookAt(rect: Rect): void {
    this.#flight = undefined;
    const size = this.#size();
    const limits = zoomLimits(this.#imageRect(), this.#finestVoxel(), size);
    this.#camera = clampZoom(fitRect(rect, size), limits);
    this.redraw();
  }

  #imageRect(): Rect {
    const { max } = worldOf(this.#image.levels[0].grid);
    return [0, 0, max[2], max[1]];
  }

  #finestVoxel(): number {
    return this.#image.levels[0].grid.scale[2];
  }

  #size(): CanvasSize {
    return { width: this.#parent.clientWidth, height: this.#parent.clientHeight };
  }
}
