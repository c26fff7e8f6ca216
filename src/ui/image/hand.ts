/** The hand: the tool in it, the pane it is in and where there; it does what the tool asks for and says what it can do. */
import type { StoreApi } from "zustand/vanilla";
import { depthOfNew } from "../../editor/depth.ts";
import { placedRoi } from "../../editor/drawing.ts";
import type { Edit } from "../../editor/edit.ts";
import { cursorOf, hintOf, hintText } from "../../editor/hint.ts";
import { roisUnder } from "../../editor/hit-test.ts";
import { roisWithin } from "../../editor/in-view.ts";
import { planeOf } from "../../editor/plane.ts";
import { nextIn } from "../../editor/pressing.ts";
import { step } from "../../editor/step.ts";
import {
  type EditorEvent,
  type Effect,
  IDLE,
  isHolding,
  type Pointer,
  probeOf,
  sameModifiers,
  type ToolContext,
  type ToolState,
} from "../../editor/tool-state.ts";
import { chunkZyx } from "../../ome/axes.ts";
import type { Image } from "../../ome/multiscale.ts";
import type { RoiId } from "../../roi/rois.ts";
import { lookAtPoint } from "../../state/crosshair.ts";
import { pick, roiOfObject } from "../../state/objects.ts";
import { edit, select } from "../../state/rois.ts";
import type { Session } from "../../state/session.ts";
import { type LabelObject, workingLevel } from "../../state/view.ts";
import { unitOf } from "../units.ts";
import type { Eye } from "./eye.ts";
import type { Ground } from "./ground.ts";
import { type DragMarks, marksOf } from "./marks.ts";
import type { StageStatus } from "./stage-status.ts";

/**
 * How far the pointer may go from a click, in CSS pixels, with the names of what lies there still shown: to where they
 * lie beside the handles of a box.
 */
const STACK_REACH = 120;

const NO_CHANGE = { from: undefined, to: undefined } as const;

export class Hand {
  readonly #session: Session;
  readonly #image: Image;
  readonly #eye: Eye;
  readonly #status: StoreApi<StageStatus>;
  readonly #onPoint: () => void;
  readonly #objects: () => readonly LabelObject[];
  #tool: ToolState = IDLE;
  #ground: Ground;
  #pointer: Pointer | undefined;
  #marking = 0;
  #told: { readonly text: string; readonly cursor: string; readonly ground: Ground };

  /**
   * @param given the eye of the main pane, where the hand is at first; `onPoint` is told when it points elsewhere;
   *   `objects` says which objects of labels it points at
   */
  constructor(
    session: Session,
    image: Image,
    given: {
      eye: Eye;
      status: StoreApi<StageStatus>;
      onPoint: () => void;
      objects: () => readonly LabelObject[];
    },
  ) {
    this.#session = session;
    this.#image = image;
    this.#eye = given.eye;
    this.#ground = given.eye;
    this.#status = given.status;
    this.#onPoint = given.onPoint;
    this.#objects = given.objects;
    this.#told = { text: "", cursor: "grab", ground: given.eye };
  }

  get tool(): ToolState {
    return this.#tool;
  }

  /** The pane that the hand is in, or was in last, and where the pointer is there, unless it has left. */
  get ground(): Ground {
    return this.#ground;
  }

  get pointer(): Pointer | undefined {
    return this.#pointer;
  }

  /** Gives an event to the tool and does what it asks for; a gesture stays in the pane it began in. */
  take(event: EditorEvent, ground: Ground = this.#eye): void {
    if (ground !== this.#ground && ("at" in event || event.kind === "leave")) {
      if (this.#tool.kind !== "idle") return;
      this.#ground = ground;
    }
    if (event.kind === "modifiers") {
      // A key that is held is told of again and again, and by every pane.
      if (!this.#pointer || sameModifiers(event.modifiers, this.#pointer.modifiers)) return;
      this.#pointer = { ...this.#pointer, modifiers: event.modifiers };
    }
    if ("at" in event) this.#pointer = event.at;
    this.#forgetStack(event);
    if (event.kind === "leave") this.#pointer = undefined;
    const { state, effects } = step(this.#tool, event, this.#context());
    const before = this.#tool;
    this.#tool = state;
    for (const effect of effects) this.#do(effect);
    this.#markRectangle();
    this.#pick(before, event);
    this.#tell(event);
    if ("at" in event || event.kind === "leave") this.#onPoint();
  }

  /** A click picks the object under the pointer; Escape lets it go. */
  #pick(before: ToolState, event: EditorEvent): void {
    const isClick = before.kind === "pressing" && event.kind === "up" && this.#tool.kind === "idle";
    if (isClick) pick(this.#session, this.#objects());
    else if (event.kind === "escape") pick(this.#session, []);
  }

  /** Leaves a pane that is no more. */
  leave(ground: Ground): void {
    if (this.#ground !== ground) return;
    this.take({ kind: "cancel" });
    this.#ground = this.#eye;
    this.#pointer = undefined;
  }

  /** A gesture goes on where the pointer is now that the camera or the plane has changed under it. */
  follow(): void {
    if (!isHolding(this.#tool) || !this.#pointer) return;
    const at = { ...this.#pointer, world: this.#ground.world(this.#pointer.screen) };
    this.take({ kind: "move", at }, this.#ground);
  }

  /** What lies under a resting pointer, and what a press there would do, follows the tool and the ROIs. */
  lookAgain(): void {
    if (this.#tool.kind === "idle" && this.#pointer)
      this.take({ kind: "move", at: this.#pointer }, this.#ground);
    else this.#tell();
  }

  /** Says what can be done, where that is something else now. A key let go is no reason to forget why it did nothing. */
  #tell(event?: EditorEvent): void {
    const context = this.#context();
    const hint = hintOf(this.#tool, context);
    const [text, cursor] = [hintText(hint), cursorOf(this.#tool, context.pane)];
    if (text !== this.#told.text)
      this.#status.setState(event?.kind === "modifiers" ? { hint } : { hint, refusal: undefined });
    if (cursor !== this.#told.cursor || this.#ground !== this.#told.ground)
      this.#ground.setCursor(cursor);
    this.#told = { text, cursor, ground: this.#ground };
  }

  /** Says how large the box under the hand is, and what it lies on, when the picture of it is seen: in the next frame. */
  mark(): void {
    const marks = this.#marks();
    cancelAnimationFrame(this.#marking);
    this.#marking = requestAnimationFrame(() => this.#show(marks));
  }

  /** What edits is marked when it is drawn; a rectangle draws nothing anew. */
  #markRectangle(): void {
    if (this.#tool.kind !== "selecting" && !this.#status.getState().marks?.rectangle) return;
    cancelAnimationFrame(this.#marking);
    this.#show(this.#marks());
  }

  #marks(): DragMarks | undefined {
    return isHolding(this.#tool) ? marksOf(this.#tool, this.#ground, this.#context()) : undefined;
  }

  #show(marks: DragMarks | undefined): void {
    if (marks || this.#status.getState().marks) this.#status.setState({ marks });
  }

  /** Selects the next of the ROIs that lie over each other under the pointer. */
  selectUnder(): void {
    if (!this.#pointer || this.#ground !== this.#eye) return;
    const context = this.#context();
    const ids = roisUnder(context.rois, probeOf(context, this.#pointer));
    select(this.#session, nextIn(ids, context.selection));
    this.#tellStack(ids);
  }

  /** The ROIs that are whole in view and on the shown plane. */
  inView(): ReadonlySet<RoiId> {
    const { rois, plane, inView, hidden } = this.#context(this.#eye);
    const bounds = { plane, ...inView };
    return new Set(roisWithin(rois, bounds).filter((id) => !hidden?.has(id)));
  }

  /** Puts an ROI where the pointer is, or in the middle of what is looked at. */
  placeRoi(): void {
    const [, y, x] = this.#eye.center();
    const pointer = this.#ground === this.#eye ? this.#pointer : undefined;
    this.#edit(placedRoi(pointer?.world ?? { x, y }, this.#context(this.#eye)));
  }

  #do(effect: Effect): void {
    switch (effect.kind) {
      case "preview":
        this.#session.rois.setState({ preview: effect.diff });
        break;
      case "commit":
        this.#edit(effect.edit);
        break;
      case "select":
        select(this.#session, effect.selection);
        this.#tellStack(effect.among);
        break;
      case "tool":
        this.#session.rois.setState({ tool: effect.tool });
        break;
      case "hover":
        this.#session.rois.setState({ hovered: effect.id });
        break;
      case "look":
        lookAtPoint(this.#session, this.#image, this.#ground.look().pane, effect.at);
        break;
    }
  }

  /** Makes an edit, and remembers the depth of an ROI that it adds for the next one. */
  #edit(made: Edit | undefined): void {
    edit(this.#session, made);
    // A hand adds one alone, and moves very many.
    const [{ from, to } = NO_CHANGE] = made?.diff.values() ?? [];
    if (from !== undefined || to === undefined) return;
    const { min, max } = to.box;
    this.#session.view.setState({ lastDepth: { min: min[0], max: max[0] } });
  }

  /** Names the ROIs that lie over each other under a click, for as long as that is of use. */
  #tellStack(ids: readonly RoiId[] | undefined): void {
    const at = this.#pointer?.screen;
    const isStack = at !== undefined && ids !== undefined && ids.length > 1;
    this.#status.setState({ stack: isStack ? { at, ids } : undefined });
  }

  /** The names go with the pointer, and with the next step down the ladder of Escape. */
  #forgetStack(event: EditorEvent): void {
    const { stack } = this.#status.getState();
    if (!stack) return;
    const isFar =
      event.kind === "move" &&
      Math.hypot(event.at.screen.x - stack.at.x, event.at.screen.y - stack.at.y) > STACK_REACH;
    if (isFar || event.kind === "escape" || event.kind === "down")
      this.#status.setState({ stack: undefined });
  }

  /** The ROI of the object under the pointer. */
  #objectRoi(): RoiId | undefined {
    if (!this.#session.rois.getState().masking) return undefined;
    for (const object of this.#objects()) {
      const id = roiOfObject(this.#session, object);
      if (id !== undefined) return id;
    }
    return undefined;
  }

  #context(ground: Ground = this.#ground): ToolContext {
    const { document, tool, hidden, locked } = this.#session.rois.getState();
    const view = this.#session.view.getState();
    const { grid: finest } = this.#image.levels[0];
    const { grid, array } = workingLevel(view, this.#image);
    const { width, height } = ground.size;
    const shown = { grid, plane: planeOf(finest, view.z), last: view.lastDepth };
    return {
      rois: document.rois,
      selection: document.selection,
      hidden,
      locked,
      object: this.#objectRoi(),
      tool,
      grid,
      chunk: chunkZyx(array, this.#image.axes),
      inView: { min: ground.world({ x: 0, y: 0 }), max: ground.world({ x: width, y: height }) },
      depth: depthOfNew(view.drawDepth, shown),
      ...ground.look(),
      unit: unitOf(this.#image),
      hasCrosshair: view.sidePanes && finest.shape[0] > 1,
    };
  }
}
