/** The drawing: one deck.gl canvas, its camera, and the hand on it. Knows no React; tells what it shows in `status`. */
import { Deck, OrthographicView } from "@deck.gl/core";
import { createStore, type StoreApi } from "zustand/vanilla";
import { remembered } from "../base/remembered.ts";
import { type Guide, guidesOf, heldBox } from "../editor/attract.ts";
import { depthOfNew } from "../editor/depth.ts";
import { placedRoi } from "../editor/drawing.ts";
import { badgeOf } from "../editor/hint.ts";
import { planeOf } from "../editor/plane.ts";
import { step } from "../editor/step.ts";
import {
  type EditorEvent,
  IDLE,
  type Pointer,
  type ToolContext,
  type ToolState,
} from "../editor/tool-state.ts";
import type { Box, Zyx } from "../geometry/box.ts";
import { worldOf } from "../geometry/pixel-grid.ts";
import { chunkZyx } from "../ome/axes.ts";
import type { Image } from "../ome/multiscale.ts";
import type { RoiDiff, RoiId, Rois } from "../roi/rois.ts";
import { discardedIn, loadedDiscarded } from "../roi/triage.ts";
import {
  type Camera,
  type CanvasSize,
  clampZoom,
  fitRect,
  rectInView,
  worldPerPixel,
  zoomLimits,
} from "../scene/camera.ts";
import { type CanvasPoint, panned, worldFromCanvas, zoomedAt } from "../scene/camera-moves.ts";
import type { Rect } from "../scene/rect.ts";
import { roiLayers } from "../scene/roi-layers.ts";
import { middleOfPlane } from "../scene/tile-grid.ts";
import { edit, select } from "../state/rois.ts";
import type { Session } from "../state/session.ts";
import type { Source } from "../state/source.ts";
import { workingLevel } from "../state/view.ts";
import type { Table } from "../table/table.ts";
import { Pictures } from "./pictures.ts";
import { unitOf } from "./units.ts";

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
  readonly hint: string;
  /** What lies over the drawing during a drag, in CSS pixels of the canvas. */
  readonly marks: DragMarks | undefined;
}

interface DragMarks {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly guides: readonly Guide[];
}

const view = new OrthographicView({ id: "main", flipY: true });

export class Stage {
  readonly status: StoreApi<StageStatus> = createStore<StageStatus>(() => ({
    busy: true,
    worldPerPixel: 1,
    under: undefined,
    hint: "",
    marks: undefined,
  }));
  readonly #session: Session;
  readonly #image: Image;
  readonly #parent: HTMLElement;
  readonly #deck: Deck<OrthographicView>;
  readonly #pictures: Pictures;
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
  #frame = 0;

  constructor(parent: HTMLElement, session: Session, source: Source, image: Image) {
    this.#parent = parent;
    this.#session = session;
    this.#image = image;
    this.#pictures = new Pictures(session, source, image, () => this.redraw());
    this.#deck = new Deck({
      parent: parent as HTMLDivElement,
      views: view,
      controller: false,
      viewState: { target: [0, 0, 0], zoom: 0 },
      layers: [],
      // Picking is done on the CPU; deck must not read pixels back for it.
      getCursor: () => this.#parent.style.cursor || "grab",
      useDevicePixels: true,
    });
    const observer = new ResizeObserver(() => this.redraw());
    observer.observe(parent);
    this.#cleanUp.push(
      () => observer.disconnect(),
      session.view.subscribe(() => this.redraw()),
      session.rois.subscribe((now, before) => {
        this.redraw();
        if (now.tool !== before.tool || now.document !== before.document) this.#lookAgain();
      }),
      session.run.subscribe(() => this.redraw()),
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

  fitBox({ min, max }: Box<"world">): void {
    if ([...min, ...max].every(Number.isFinite)) this.#lookAt([min[2], min[1], max[2], max[1]]);
  }

  /** The camera after a drag of the world by so many pixels. */
  pan(dx: number, dy: number): void {
    if (this.#camera) this.#camera = panned(this.#camera, dx, dy);
    this.#follow();
    this.redraw();
  }

  /** Zooms by a factor about a point of the canvas. */
  zoom(at: CanvasPoint, factor: number): void {
    if (!this.#camera) return;
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
    const made = placedRoi(this.#pointer?.world ?? { x, y }, this.#context());
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

  /** Gives an event to the tool in hand and does what it asks for. */
  hand(event: EditorEvent): void {
    if ("at" in event) this.#pointer = event.at;
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
          break;
        case "tool":
          this.#session.rois.setState({ tool: effect.tool });
          break;
        case "hover":
          this.#session.rois.setState({ hovered: effect.id });
          break;
        case "cursor":
          this.#parent.style.cursor = effect.cursor;
          break;
        case "hint":
          this.status.setState({ hint: effect.text });
          break;
      }
    }
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
    this.#pictures.close();
    this.#deck.finalize();
  }

  #draw(): void {
    this.#frame = 0;
    const size = this.#size();
    if (size.width === 0 || size.height === 0) return;
    this.#camera ??= fitRect(this.#imageRect(), size);
    const camera = this.#camera;
    this.#pictures.update({
      bounds: rectInView(camera, size),
      worldPerPixel: worldPerPixel(camera, devicePixelRatio),
    });
    const [x, y] = camera.target;
    this.#deck.setProps({
      viewState: { target: [x, y, 0], zoom: camera.zoom },
      layers: [
        ...this.#pictures.layers(this.status.getState().under?.label),
        ...this.#roiLayers(camera),
      ],
    });
    this.#mark(camera, size);
    const busy = this.#pictures.busy;
    const perPixel = worldPerPixel(camera);
    const now = this.status.getState();
    if (now.busy !== busy || now.worldPerPixel !== perPixel)
      this.status.setState({ busy, worldPerPixel: perPixel });
  }

  /** A gesture goes on where the pointer is now that the camera or the plane has changed under it. */
  #follow(): void {
    if (!("edit" in this.#tool) || !this.#pointer) return;
    const at = { ...this.#pointer, world: this.world(this.#pointer.screen) };
    this.hand({ kind: "move", at });
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
  #mark({ target, zoom }: Camera, { width, height }: CanvasSize): void {
    const box = heldBox(this.#tool);
    if (box === undefined) {
      if (this.status.getState().marks) this.status.setState({ marks: undefined });
      return;
    }
    const context = this.#context();
    const onCanvas = (world: number, axis: 1 | 2): number =>
      axis === 1
        ? (world - target[1]) * 2 ** zoom + height / 2
        : (world - target[0]) * 2 ** zoom + width / 2;
    const guides = guidesOf(this.#tool, context).map((guide) => ({
      ...guide,
      at: onCanvas(guide.at, guide.axis),
    }));
    const x = Math.min(width - 180, Math.max(180, onCanvas((box.min[2] + box.max[2]) / 2, 2)));
    const y = Math.min(height - 60, Math.max(0, onCanvas(box.max[1], 1)));
    this.status.setState({ marks: { x, y, text: badgeOf(box, context), guides } });
  }

  /** What lies under a resting pointer, and what a press there would do, follows the tool and the ROIs. */
  #lookAgain(): void {
    if (this.#tool.kind === "idle" && this.#pointer) this.hand({ kind: "move", at: this.#pointer });
  }

  #roiLayers(camera: Camera) {
    const { table, document, preview, hovered, problems } = this.#session.rois.getState();
    const { overlays, z } = this.#session.view.getState();
    if (this.#invalid.of !== problems)
      this.#invalid = { of: problems, ids: new Set(problems.keys()) };
    return roiLayers({
      rois: document.rois,
      selection: document.selection,
      preview,
      hovered,
      invalid: this.#invalid.ids,
      discarded: table && this.#discarded(table, document.rois),
      plane: planeOf(this.#image.levels[0].grid, z),
      pixelsPerUnit: 2 ** camera.zoom,
      visible: overlays,
    });
  }

  #discarded(table: Table, rois: Rois): ReadonlySet<RoiId> {
    return this.#discardedNow(table, rois, this.#loadedDiscarded(table));
  }

  #context(): ToolContext {
    const { document, tool } = this.#session.rois.getState();
    const { z, drawDepth, lastDepth: last } = this.#session.view.getState();
    const plane = planeOf(this.#image.levels[0].grid, z);
    const level = workingLevel(this.#session.view.getState(), this.#image);
    const { width, height } = this.#size();
    return {
      rois: document.rois,
      selection: document.selection,
      tool,
      grid: level.grid,
      chunk: chunkZyx(level.array, this.#image.axes),
      inView: { min: this.world({ x: 0, y: 0 }), max: this.world({ x: width, y: height }) },
      depth: depthOfNew(drawDepth, { grid: level.grid, plane, last }),
      plane,
      pixelsPerUnit: 2 ** (this.#camera?.zoom ?? 0),
      unit: unitOf(this.#image),
    };
  }

  #lookAt(rect: Rect): void {
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
