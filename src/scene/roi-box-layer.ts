/** A deck.gl layer of box outlines that keeps its rows on the GPU and rewrites only those that change. */
import {
  type DefaultProps,
  Layer,
  type LayerProps,
  picking,
  project32,
  type UpdateParameters,
} from "@deck.gl/core";
import { Buffer } from "@luma.gl/core";
import { Geometry, Model } from "@luma.gl/engine";
import type { Plane } from "../editor/plane.ts";
import type { RoiId } from "../roi/rois.ts";
import {
  BOX_FRAGMENT_SHADER,
  BOX_VERTEX_SHADER,
  type BoxUniforms,
  boxUniforms,
  FRAME,
  type Rgba,
} from "./roi-box-shader.ts";
import { MOST_BOXES } from "./roi-outlines.ts";
import { changedRows, ROW_LENGTH, rowCount, type ShownRois } from "./roi-rows.ts";
import { RoiSlots } from "./roi-slots.ts";

export interface RoiBoxLayerProps extends LayerProps {
  readonly shown: ShownRois;
  /** Those that are drawn, besides what is touched; all where absent. No more than MOST_BOXES are. */
  readonly ids?: readonly RoiId[] | undefined;
  readonly hovered: RoiId | undefined;
  /** Boxes that this plane does not cut are dashed and dimmed. */
  readonly plane: Plane;
  /** Half the width of the light line, in CSS pixels. */
  readonly halfLine: number;
}

const ROW_BYTES = 4 * ROW_LENGTH;

/** With more changed rows than this, one write from the first to the last is cheaper than one each. */
const SINGLE_WRITES = 32;

const COLORS: Pick<
  BoxUniforms,
  "plainColor" | "selectedColor" | "hoveredColor" | "invalidColor" | "rimColor"
> = {
  plainColor: rgba(240, 244, 248, 0.95),
  // Of the Okabe–Ito palette, which people who see colours differently can tell apart.
  selectedColor: rgba(240, 228, 66, 1),
  hoveredColor: rgba(86, 180, 233, 1),
  invalidColor: rgba(213, 94, 0, 1),
  rimColor: rgba(0, 0, 0, 0.6),
};

/**
 * Draws each ROI of `shown` as an outline of constant width on screen: a light line on a dark rim, so that it reads on
 * bright and on dark pixels. World x and y are the layer's x and y. Selected and hovered boxes lie above the others.
 * A new `shown` costs what differs in it; hover, plane and camera cost nothing per ROI.
 */
export class RoiBoxLayer extends Layer<RoiBoxLayerProps> {
  static override layerName = "RoiBoxLayer";
  static override defaultProps: DefaultProps<RoiBoxLayerProps> = {
    parameters: { type: "object", value: { depthCompare: "always", depthWriteEnabled: false } },
  };

  declare state: { model: Model; slots: RoiSlots; buffer: Buffer };

  override initializeState(): void {
    const slots = new RoiSlots(MOST_BOXES);
    slots.fill(this.props.shown, this.#ids());
    const buffer = this.#newBuffer(slots);
    const model = new Model(this.context.device, {
      ...this.getShaders({
        vs: BOX_VERTEX_SHADER,
        fs: BOX_FRAGMENT_SHADER,
        modules: [project32, picking, boxUniforms],
      }),
      id: this.props.id,
      bufferLayout: [
        {
          name: "rows",
          stepMode: "instance",
          byteStride: ROW_BYTES,
          attributes: [
            { attribute: "instanceRects", format: "float32x4", byteOffset: 0 },
            { attribute: "instanceRectsLow", format: "float32x4", byteOffset: 16 },
            { attribute: "instanceDepths", format: "float32x4", byteOffset: 32 },
          ],
        },
      ],
      attributes: { rows: buffer },
      geometry: new Geometry({
        topology: "triangle-strip",
        attributes: { positions: { size: 3, value: FRAME } },
      }),
      isInstanced: true,
      instanceCount: slots.count,
    });
    this.setState({ model, slots, buffer });
  }

  override getNumInstances(): number {
    return this.state.slots.count;
  }

  override updateState(params: UpdateParameters<this>): void {
    super.updateState(params);
    const { shown, ids, hovered } = params.props;
    const { shown: before, ids: idsBefore }: Partial<RoiBoxLayerProps> = params.oldProps;
    if (before === undefined) return;
    const { slots } = this.state;
    const changed = before === shown ? NONE : changedRows(before, shown);
    const other = changed === "all" || ids !== idsBefore || (!ids && changed.size > 0);
    const unseen = hovered !== undefined && slots.slotOf(hovered) === undefined;
    const touched = !other && unseen ? new Set([...changed, hovered]) : changed;
    const written = other || touched === "all" ? undefined : slots.rewrite(shown, touched);
    if (written) upload(this.state, written);
    else this.#fillAnew();
    this.state.model.setInstanceCount(slots.count);
  }

  override finalizeState(context: this["context"]): void {
    super.finalizeState(context);
    this.state.buffer.destroy();
  }

  override draw(): void {
    const { slots } = this.state;
    if (slots.count === 0) return;
    const { shown, hovered, plane, halfLine } = this.props;
    const uniforms = {
      ...COLORS,
      plane: [plane.min, plane.max] as const,
      halfLine,
      halfRaisedLine: 2 * halfLine,
      rim: 1,
      hoveredRow: hovered === undefined ? -1 : (slots.slotOf(hovered) ?? -1),
    };
    this.#drawPass({ ...uniforms, raised: 0 });
    if (shown.selection.size > 0 || hovered !== undefined)
      this.#drawPass({ ...uniforms, raised: 1 });
  }

  /** Rows are kept here, not by deck's attribute manager, which would take them up whole for any change. */
  protected override _getAttributeManager(): null {
    return null;
  }

  #drawPass(uniforms: BoxUniforms): void {
    const { model } = this.state;
    model.shaderInputs.setProps({ roi: { ...uniforms } });
    model.draw(this.context.renderPass);
  }

  #ids(): Iterable<RoiId> {
    const { ids, shown, hovered } = this.props;
    const all = ids ?? Array.from({ length: rowCount(shown) }, (_, id) => id);
    return hovered === undefined ? all : [hovered, ...all];
  }

  #fillAnew(): void {
    const { slots, buffer, model } = this.state;
    slots.fill(this.props.shown, this.#ids());
    if (slots.values.byteLength <= buffer.byteLength) {
      buffer.write(slots.values.subarray(0, slots.count * ROW_LENGTH));
      return;
    }
    buffer.destroy();
    const grown = this.#newBuffer(slots);
    this.setState({ buffer: grown });
    model.setAttributes({ rows: grown });
  }

  #newBuffer({ values }: RoiSlots): Buffer {
    const usage = Buffer.VERTEX | Buffer.COPY_DST;
    return this.context.device.createBuffer({
      byteLength: Math.max(values.byteLength, ROW_BYTES),
      usage,
      data: values,
    });
  }
}

const NONE: ReadonlySet<RoiId> = new Set();

function upload(
  { slots, buffer }: { readonly slots: RoiSlots; readonly buffer: Buffer },
  written: readonly number[],
): void {
  const write = (first: number, end: number): void =>
    buffer.write(slots.values.subarray(first * ROW_LENGTH, end * ROW_LENGTH), first * ROW_BYTES);
  if (written.length <= SINGLE_WRITES) {
    for (const slot of written) write(slot, slot + 1);
    return;
  }
  let first = Number.POSITIVE_INFINITY;
  let end = 0;
  for (const slot of written) {
    first = Math.min(first, slot);
    end = Math.max(end, slot + 1);
  }
  write(first, end);
}

function rgba(r: number, g: number, b: number, a: number): Rgba {
  return [r / 255, g / 255, b / 255, a];
}
