/** A hand on two ROIs, one in the other, to be tried on any gesture. */
import type { Point } from "../editor/box-edit.ts";
import { commit, openedDocument, type RoiDocument, select } from "../editor/document.ts";
import { cursorOf, hintOf, hintText } from "../editor/hint.ts";
import { type Pane, XY } from "../editor/pane.ts";
import { planeOf } from "../editor/plane.ts";
import { step } from "../editor/step.ts";
import {
  type EditorEvent,
  type Effect,
  IDLE,
  type Modifiers,
  type Tool,
  type ToolContext,
  type ToolState,
} from "../editor/tool-state.ts";
import type { Box, Zyx } from "../geometry/box.ts";
import { pixelFromWorld } from "../geometry/pixel-grid.ts";
import { type RoiDiff, type RoiId, roiAt } from "../roi/rois.ts";
import { flatBox, roisOfBoxes } from "./roi-builder.ts";

export const grid = { shape: [4, 1000, 1000], scale: [1, 0.5, 0.5] } as const;
const depth = { min: 0, max: 4 } as const;
export const SMALL: RoiId = 0;
export const LARGE: RoiId = 1;

/** A viewer at 2 pixels per unit without its screen: it does what the effects say. */
export class Bench {
  document: RoiDocument = openedDocument(
    roisOfBoxes([flatBox([50, 50, 100, 100], [0, 4]), flatBox([20, 20, 200, 200], [0, 4])]),
  );
  state: ToolState = IDLE;
  tool: Tool = "select";
  preview: RoiDiff | undefined;
  commits = 0;
  plane = 0;
  pane: Pane = XY;
  looked: Point | undefined;
  hidden: ReadonlySet<RoiId> = new Set();
  locked: ReadonlySet<RoiId> = new Set();
  hasCrosshair = false;
  chunk: Zyx = [1, 1000, 1000];
  inView: ToolContext["inView"] = { min: { x: 0, y: 0 }, max: { x: 500, y: 500 } };

  get context(): ToolContext {
    const { rois, selection } = this.document;
    const plane = planeOf(grid, this.plane, this.pane.through);
    return {
      rois,
      selection,
      hidden: this.hidden,
      locked: this.locked,
      hasCrosshair: this.hasCrosshair,
      tool: this.tool,
      grid,
      pane: this.pane,
      plane,
      pixelsPerUnit: 2,
      unit: "µm",
      depth,
      inView: this.inView,
      chunk: this.chunk,
    };
  }

  get cursor(): string {
    return cursorOf(this.state, this.pane);
  }

  get hint(): string {
    return hintText(hintOf(this.state, this.context));
  }

  send(event: EditorEvent): void {
    const { state, effects } = step(this.state, event, this.context);
    this.state = state;
    for (const effect of effects) this.#apply(effect);
  }

  #apply(effect: Effect): void {
    switch (effect.kind) {
      case "preview":
        this.preview = effect.diff;
        break;
      case "commit":
        this.commits++;
        this.document = commit(this.document, effect.edit);
        break;
      case "select":
        this.document = select(this.document, effect.selection);
        break;
      case "tool":
        this.tool = effect.tool;
        break;
      case "look":
        this.looked = effect.at;
        break;
      case "hover":
        break;
    }
  }

  pointer(kind: "down" | "move" | "up", x: number, y: number, held: Partial<Modifiers> = {}): this {
    const modifiers = { shift: false, ctrl: false, alt: false, ...held };
    this.send({ kind, at: { screen: { x: 2 * x, y: 2 * y }, world: { x, y }, modifiers } });
    return this;
  }

  click(x: number, y: number, held: Partial<Modifiers> = {}): this {
    return this.pointer("down", x, y, held).pointer("up", x, y, held);
  }

  drag(from: [number, number], to: [number, number], held: Partial<Modifiers> = {}): this {
    return this.pointer("down", ...from)
      .pointer("move", (from[0] + to[0]) / 2, to[1], held)
      .pointer("move", ...to, held)
      .pointer("up", ...to, held);
  }

  selected(): RoiId[] {
    return [...this.document.selection];
  }

  pixels(id: RoiId): Box<"pixel"> | undefined {
    const roi = roiAt(this.document.rois, id);
    return roi && pixelFromWorld(grid, roi.box);
  }
}
