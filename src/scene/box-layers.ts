/** The layers of the view of boxes in space: slices, the image's frame, boxes, points, what is marked, and names. */
import type { Layer, Position } from "@deck.gl/core";
import { BitmapLayer, LineLayer, PolygonLayer, ScatterplotLayer, TextLayer } from "@deck.gl/layers";
import type { Pane } from "../editor/pane.ts";
import type { Box } from "../geometry/box.ts";
import { edgesOfBoxes, type Lines, type Points } from "./box-lines.ts";
import { NAME_LOOK } from "./name-look.ts";
import { type Matrix, type OrbitSpace, sceneFromWorld } from "./orbit.ts";
import type { Rect } from "./rect.ts";
import { sliceCorners } from "./slice-paint.ts";

type Color = readonly [r: number, g: number, b: number, a: number];

/** A slice as it is drawn. */
export interface ShownSlice {
  readonly pane: Pane;
  /** In world units: where it is along the axis looked along, and along those of the pane. */
  readonly at: number;
  readonly bounds: Rect;
  readonly image: ImageData;
}

/** Boxes that stand out, as they go to the GPU. */
export interface Marks {
  readonly boxes: readonly Box<"world">[];
  readonly edges: Lines;
  readonly names: readonly PlacedText[];
}

interface PlacedText {
  readonly text: string;
  readonly at: readonly [x: number, y: number, z: number];
}

/** Boxes and points as they go to the GPU. */
export interface BoxColumns {
  /** The same lines twice: in one colour, and in their own. */
  readonly rims: Lines;
  readonly edges: Lines;
  readonly points: Points;
}

/** What is to be seen. Lines, points, marks and axes are the same objects until they change, so that they are sent once. */
export interface BoxScene {
  readonly space: OrbitSpace;
  /** CSS pixels per world unit along x. */
  readonly pixelsPerUnit: number;
  readonly frame: BoxFrame;
  readonly slices: readonly ShownSlice[];
  /** Undefined until they are made. */
  readonly boxes: BoxColumns | undefined;
  readonly selected: Marks;
  readonly hovered: Marks;
}

/** The box of the image itself. */
export interface BoxFrame {
  readonly world: Box<"world">;
  readonly edges: Lines;
  readonly lengths: readonly PlacedText[];
}

const PLAIN: Color = [240, 244, 248, 235];
const RIM: Color = [0, 0, 0, 150];
const FRAME: Color = [132, 149, 163, 160];
const POINT: Color = [42, 143, 192, 235];
// Of the Okabe–Ito palette, as in the flat view.
const SELECTED: Color = [240, 228, 66, 255];
const HOVERED: Color = [86, 180, 233, 255];

/** In CSS pixels. */
const POINT_RADIUS = 1.25;

/** Where points cover more than this part of the image, they are the fainter the more there are: not less than the last. */
const POINTS_COVER = 0.6;
const FAINTEST_POINT = 0.04;

/** How much is left of what a slice hides; deck.gl takes the 2.2th root of it. */
const BEHIND = 0.08;

/** More names than this are not read. */
const MOST_NAMES = 24;

const SEEN = { depthCompare: "less-equal", depthWriteEnabled: false } as const;
const HIDDEN = { depthCompare: "greater", depthWriteEnabled: false } as const;
const ALWAYS = { depthCompare: "always", depthWriteEnabled: false } as const;

export function marksOf(
  named: readonly { readonly name: string; readonly box: Box<"world"> }[],
): Marks {
  const boxes = named.map(({ box }) => box);
  const names = named.slice(0, MOST_NAMES).map(({ name, box: { min, max } }): PlacedText => {
    const at = [(min[2] + max[2]) / 2, (min[1] + max[1]) / 2, max[0]] as const;
    return { text: name, at };
  });
  return { boxes, edges: edgesOfBoxes(boxes), names };
}

/** The image's box, with how long it is along each axis written at three of its edges. */
export function boxFrame(world: Box<"world">, unit: string): BoxFrame {
  const { min, max } = world;
  const middle = (i: 0 | 1 | 2): number => (min[i] + max[i]) / 2;
  const length = (axis: string, i: 0 | 1 | 2): string =>
    `${axis} ${Number((max[i] - min[i]).toPrecision(4))} ${unit}`.trim();
  const lengths: PlacedText[] = [
    { text: length("x", 2), at: [middle(2), max[1], min[0]] },
    { text: length("y", 1), at: [min[2], middle(1), min[0]] },
    { text: length("z", 0), at: [max[2], max[1], middle(0)] },
  ];
  return { world, edges: edgesOfBoxes([world]), lengths };
}

/** Layers for an orthographic OrbitView about z; lowest first. */
export function boxLayers(scene: BoxScene): Layer[] {
  const { frame, boxes, selected, hovered } = scene;
  const modelMatrix = sceneFromWorld(scene.space);
  return [
    ...scene.slices.map((slice) => sliceLayer(slice, modelMatrix)),
    lineLayer("frame", frame.edges, { color: FRAME, width: 1, modelMatrix, parameters: SEEN }),
    ...(boxes ? crowdLayers(boxes, pointOpacity(boxes.points.length, scene), modelMatrix) : []),
    faceLayer("selected-faces", selected, SELECTED, modelMatrix),
    ...markLayers("selected", selected, SELECTED, modelMatrix),
    ...markLayers("hovered", hovered, HOVERED, modelMatrix),
    textLayer("lengths", frame.lengths, { color: [169, 184, 196], below: 14, modelMatrix }),
    textLayer("names", selected.names, { color: [255, 255, 255], below: -10, modelMatrix }),
    textLayer("hovered-name", hovered.names, { color: [255, 255, 255], below: -10, modelMatrix }),
  ];
}

function crowdLayers(
  { rims, edges, points }: BoxColumns,
  opacity: number,
  modelMatrix: Matrix,
): Layer[] {
  const plain = { color: PLAIN, modelMatrix };
  return [
    lineLayer("behind", edges, { ...plain, opacity: BEHIND, width: 1, parameters: HIDDEN }),
    lineLayer("rims", rims, { color: RIM, width: 3, modelMatrix, parameters: SEEN }),
    lineLayer("edges", edges, { ...plain, width: 1.25, parameters: SEEN }),
    new ScatterplotLayer({
      id: "points",
      modelMatrix,
      data: points,
      opacity: opacity ** 2.2,
      getFillColor: [...POINT],
      getRadius: POINT_RADIUS,
      radiusUnits: "pixels",
      billboard: true,
      parameters: ALWAYS,
    }),
  ];
}

/** How much each of so many points hides, from 0 to 1, so that together they show where they are many. */
function pointOpacity(
  count: number,
  {
    frame,
    pixelsPerUnit,
  }: Pick<BoxScene, "pixelsPerUnit"> & { readonly frame: Pick<BoxFrame, "world"> },
): number {
  const { min, max } = frame.world;
  const pixels = (max[1] - min[1]) * (max[2] - min[2]) * pixelsPerUnit ** 2;
  const cover = (count * Math.PI * POINT_RADIUS ** 2) / pixels;
  return Math.min(1, Math.max(FAINTEST_POINT, POINTS_COVER / cover));
}

function sliceLayer({ pane, at, bounds, image }: ShownSlice, modelMatrix: Matrix): Layer {
  return new BitmapLayer({
    id: `slice-${pane.through}`,
    modelMatrix,
    image,
    bounds: sliceCorners(pane, at, bounds),
    textureParameters: { minFilter: "linear", magFilter: "nearest" },
    parameters: { depthCompare: "less-equal", depthWriteEnabled: true },
  });
}

function faceLayer(id: string, marks: Marks, color: Color, modelMatrix: Matrix): Layer {
  return new PolygonLayer<Box<"world">>({
    id,
    modelMatrix,
    parameters: ALWAYS,
    data: marks.boxes,
    extruded: true,
    stroked: false,
    material: false,
    getPolygon: ({ min, max }): Position[] => [
      [min[2], min[1], min[0]],
      [max[2], min[1], min[0]],
      [max[2], max[1], min[0]],
      [min[2], max[1], min[0]],
    ],
    getElevation: ({ min, max }) => max[0] - min[0],
    getFillColor: [color[0], color[1], color[2], 34],
  });
}

function markLayers(id: string, marks: Marks, color: Color, modelMatrix: Matrix): Layer[] {
  const common = { modelMatrix, parameters: ALWAYS };
  return [
    lineLayer(`${id}-rims`, marks.edges, { color: RIM, width: 4, ...common }),
    lineLayer(`${id}-edges`, marks.edges, { color, width: 2, ...common }),
  ];
}

function lineLayer(
  id: string,
  data: Lines,
  look: {
    readonly color: Color;
    readonly width: number;
    readonly opacity?: number;
    readonly modelMatrix: Matrix;
    readonly parameters: typeof SEEN | typeof HIDDEN | typeof ALWAYS;
  },
): Layer {
  const { color, width, opacity = 1, modelMatrix, parameters } = look;
  return new LineLayer({
    id,
    modelMatrix,
    data,
    opacity,
    getColor: [...color],
    getWidth: width,
    parameters,
  });
}

function textLayer(
  id: string,
  data: readonly PlacedText[],
  look: {
    readonly color: readonly [number, number, number];
    /** CSS pixels below the place. */
    readonly below: number;
    readonly modelMatrix: Matrix;
  },
): Layer {
  return new TextLayer<PlacedText>({
    id,
    modelMatrix: look.modelMatrix,
    data,
    getText: ({ text }) => text,
    getPosition: ({ at }) => [...at],
    getPixelOffset: [0, look.below],
    getColor: [...look.color],
    ...NAME_LOOK,
  });
}
