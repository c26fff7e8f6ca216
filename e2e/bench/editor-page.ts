/** The page of the editor bench: times a hand on ROIs from the event until the layers are updated, without drawing. */
import { Deck, type Layer, OrthographicView } from "@deck.gl/core";
import { PolygonLayer } from "@deck.gl/layers";
import { openedDocument } from "../../src/editor/document.ts";
import { XY } from "../../src/editor/pane.ts";
import { step } from "../../src/editor/step.ts";
import { IDLE, type ToolContext, type ToolState } from "../../src/editor/tool-state.ts";
import { worldBox } from "../../src/geometry/box.ts";
import { type Roi, roisOf } from "../../src/roi/rois.ts";
import { roiLayers } from "../../src/scene/roi-layers.ts";
import { browserServices } from "../../src/state/browser-services.ts";
import { edit, redo, replaceRois, select, undo } from "../../src/state/rois.ts";
import { createSession } from "../../src/state/session.ts";
import { measureOpening } from "./editor-million.ts";
import { measurePanning } from "./editor-panning.ts";
import { median } from "./report.ts";

/** Medians, in milliseconds. */
export interface EditorTimes {
  readonly dragStepMs: number;
  /** The same with all of them in the hand. */
  readonly dragAllStepMs: number;
  readonly hoverMs: number;
  /** A click on another ROI, from its press to its release. */
  readonly selectMs: number;
  readonly commitMs: number;
  readonly undoMs: number;
  readonly redoMs: number;
  readonly plainLayerDragStepMs: number;
}

declare global {
  interface Window {
    measureEditor: typeof measureEditor;
    measureOpening: typeof measureOpening;
    measurePanning: typeof measurePanning;
  }
}
window.measureEditor = measureEditor;
window.measureOpening = measureOpening;
window.measurePanning = measurePanning;

const STEPS = 200;

/** ROIs stand in a square grid, this far apart, each of this size, in world units. */
const PITCH = 10;
const SIDE = 8;
const PIXELS_PER_UNIT = 5;

async function measureEditor(count: number): Promise<EditorTimes> {
  const side = Math.ceil(Math.sqrt(count));
  const deck = await stillDeck((side * PITCH) / 2);
  const update = (layers: readonly Layer[]): void => {
    deck.setProps({ layers: [...layers] });
    deck["layerManager"]?.updateLayers();
  };
  const plainLayerDragStepMs = plainDrag(count, side, update);
  const ours = ourHand(count, side, update);
  deck.finalize();
  return { ...ours, plainLayerDragStepMs };
}

/** A deck whose animation loop is stopped: layers are updated when a step asks for it, and nothing is drawn. */
async function stillDeck(middle: number): Promise<Deck<OrthographicView>> {
  const { promise: loaded, resolve } = Promise.withResolvers<void>();
  const deck: Deck<OrthographicView> = new Deck({
    width: 1280,
    height: 800,
    views: new OrthographicView({ id: "main", flipY: true }),
    viewState: { target: [middle, middle, 0], zoom: Math.log2(PIXELS_PER_UNIT) },
    onAfterRender: () => resolve(),
  });
  await loaded;
  deck["animationLoop"]?.stop();
  return deck;
}

const boundsOf = (index: number, side: number) => {
  const [x, y] = [(index % side) * PITCH, Math.floor(index / side) * PITCH];
  return { x, y, box: worldBox([0, y, x], [1, y + SIDE, x + SIDE]) };
};

/** An ROI in the middle of the view. */
const middleOf = (side: number): number => Math.floor(side / 2) * side + Math.floor(side / 2);

function ourHand(
  count: number,
  side: number,
  update: (layers: readonly Layer[]) => void,
): Omit<EditorTimes, "plainLayerDragStepMs"> {
  const session = openSession(count, side);
  const plane = { min: 0, max: 1 };
  let tool: ToolState = IDLE;
  const draw = (): void => {
    const { document, preview, hovered, problems } = session.rois.getState();
    const { rois, selection } = document;
    const invalid = new Set(problems.keys());
    const pixelsPerUnit = PIXELS_PER_UNIT;
    const visible = true;
    update(
      roiLayers({ rois, selection, preview, hovered, invalid, plane, pixelsPerUnit, visible }),
    );
  };
  const context = (): ToolContext => {
    const { document, tool: held } = session.rois.getState();
    const { rois, selection } = document;
    const edge = side * PITCH * 4;
    const grid = { shape: [1, edge, edge], scale: [1, 0.25, 0.25] } as const;
    const inView = {
      min: { x: 0, y: 0 },
      max: { x: 1200 / PIXELS_PER_UNIT, y: 800 / PIXELS_PER_UNIT },
    };
    const scale = { pane: XY, pixelsPerUnit: PIXELS_PER_UNIT };
    const view = { ...scale, plane, inView, depth: { min: 0, max: 1 } };
    return { rois, selection, tool: held, grid, ...view, chunk: [1, 1024, 1024], unit: "µm" };
  };
  const point = (kind: "down" | "move" | "up", x: number, y: number): void => {
    const screen = { x: x * PIXELS_PER_UNIT, y: y * PIXELS_PER_UNIT };
    const at = { screen, world: { x, y }, modifiers: { shift: false, ctrl: false, alt: false } };
    const next = step(tool, { kind, at }, context());
    tool = next.state;
    for (const effect of next.effects) {
      if (effect.kind === "preview") session.rois.setState({ preview: effect.diff });
      if (effect.kind === "hover") session.rois.setState({ hovered: effect.id });
      if (effect.kind === "select") select(session, effect.selection);
      if (effect.kind === "commit") edit(session, effect.edit);
    }
    draw();
  };
  draw();
  const { x, y } = boundsOf(middleOf(side), side);
  const [cx, cy] = [x + SIDE / 2, y + SIDE / 2];
  // From one ROI to the next, so that every step changes what is hovered.
  const hoverMs = timed(STEPS, (i) => point("move", cx + PITCH * (i % 8), cy));
  const selectMs = timed(STEPS, (i) => {
    point("down", cx + PITCH * (i % 8), cy);
    point("up", cx + PITCH * (i % 8), cy);
  });
  point("move", cx, cy);
  point("down", cx, cy);
  point("up", cx, cy);
  point("down", cx, cy);
  const dragStepMs = timed(STEPS, (i) => point("move", cx + 1 + (i % 40), cy + (i % 30)));
  point("up", cx, cy);
  const drags: number[] = [];
  const undos: number[] = [];
  const redos: number[] = [];
  const drawn = (act: () => void): number =>
    once(() => {
      act();
      draw();
    });
  for (let i = 0; i < STEPS; i++) {
    point("move", cx, cy);
    point("down", cx, cy);
    point("move", cx + 3, cy);
    drags.push(once(() => point("up", cx + 3, cy)));
    undos.push(drawn(() => undo(session)));
    redos.push(drawn(() => redo(session)));
    undo(session);
  }
  if (session.rois.getState().document.history.undone.length === 0)
    throw new Error("The hand has moved nothing");
  select(session, new Set(Array(count).keys()));
  point("move", cx, cy);
  point("down", cx, cy);
  const dragAllStepMs = timed(STEPS, (i) => point("move", cx + 1 + (i % 40), cy + (i % 30)));
  const [commitMs, undoMs, redoMs] = [median(drags), median(undos), median(redos)];
  return { dragStepMs, dragAllStepMs, hoverMs, selectMs, commitMs, undoMs, redoMs };
}

function openSession(count: number, side: number) {
  const bounds = new Float64Array(6 * count);
  for (let i = 0; i < count; i++) {
    const { box } = boundsOf(i, side);
    bounds.set([...box.min, ...box.max], 6 * i);
  }
  const names = Array.from({ length: count }, (_, i) => `roi_${i}`);
  const session = createSession(browserServices("bench", () => localStorage));
  const rois = roisOf({ names, bounds, labels: undefined });
  const world = worldBox([0, 0, 0], [1, side * PITCH, side * PITCH]);
  replaceRois(session, { document: openedDocument(rois), savedRois: rois, world });
  return session;
}

/** As deck.gl's examples do it: ROIs are objects in an array, which is copied for each step of a drag. */
function plainDrag(
  count: number,
  side: number,
  update: (layers: readonly Layer[]) => void,
): number {
  let rois: Roi[] = Array.from({ length: count }, (_, i) => ({
    name: `roi_${i}`,
    box: boundsOf(i, side).box,
    label: undefined,
  }));
  const draw = (): void =>
    update([
      new PolygonLayer<Roi>({
        id: "plain",
        data: rois,
        stroked: true,
        filled: true,
        getPolygon: ({ box: { min, max } }) => [
          [min[2], min[1]],
          [max[2], min[1]],
          [max[2], max[1]],
          [min[2], max[1]],
        ],
        getFillColor: [255, 255, 255, 20],
        getLineColor: [255, 255, 255],
        getLineWidth: 1.5,
        lineWidthUnits: "pixels",
      }),
    ]);
  draw();
  const held = middleOf(side);
  const { x, y } = boundsOf(held, side);
  const ms = timed(STEPS, (i) => {
    const box = worldBox([0, y, x + i], [1, y + SIDE, x + i + SIDE]);
    rois = rois.map((roi, index) => (index === held ? { ...roi, box } : roi));
    draw();
  });
  update([]);
  return ms;
}

/** The median time of a step. */
function timed(steps: number, run: (i: number) => void): number {
  return median(Array.from({ length: steps }, (_, i) => once(() => run(i))));
}

function once(run: () => void): number {
  const begin = performance.now();
  run();
  return performance.now() - begin;
}
