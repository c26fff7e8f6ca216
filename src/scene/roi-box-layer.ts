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
import {
  changedRows,
  ROW_LENGTH,
  rowCount,
  type ShownRois,
  writeRow,
  writeRows,
} from "./roi-rows.ts";

export interface RoiBoxLayerProps extends LayerProps {
  readonly shown: ShownRois;
  readonly hovered: RoiId | undefined;
  /** Boxes that this plane does not cut are dashed and dimmed. */
  readonly plane: Plane;
  /** Half the width of the light line, in CSS pixels. */
  readonly halfLine: number;
}

interface Rows {
  readonly values: Float32Array<ArrayBuffer>;
  readonly buffer: Buffer;
  count: number;
}

const ROW_BYTES = 4 * ROW_LENGTH;

/** Room for new ROIs before the buffer is made anew. */
const SPARE_ROWS = 256;

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

  declare state: { model: Model; rows: Rows };

  override initializeState(): void {
    const rows = this.#allRows();
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
            { attribute: "instanceDepths", format: "float32x3", byteOffset: 32 },
          ],
        },
      ],
      attributes: { rows: rows.buffer },
      geometry: new Geometry({
        topology: "triangle-strip",
        attributes: { positions: { size: 3, value: FRAME } },
      }),
      isInstanced: true,
      instanceCount: rows.count,
    });
    this.setState({ model, rows });
  }

  override getNumInstances(): number {
    return this.state.rows.count;
  }

  override updateState(params: UpdateParameters<this>): void {
    super.updateState(params);
    const { shown } = params.props;
    const before: ShownRois | undefined = params.oldProps.shown;
    if (before === undefined || before === shown) return;
    const { rows } = this.state;
    const changed = changedRows(before, shown);
    const count = rowCount(shown);
    if (count * ROW_LENGTH > rows.values.length) {
      rows.buffer.destroy();
      const grown = this.#allRows();
      this.setState({ rows: grown });
      this.state.model.setAttributes({ rows: grown.buffer });
      return;
    }
    rows.count = count;
    if (changed === "all") {
      writeRows(rows.values, shown);
      rows.buffer.write(rows.values);
      return;
    }
    for (const id of changed) writeRow(rows.values, shown, id);
    upload(rows, changed);
  }

  override finalizeState(context: this["context"]): void {
    super.finalizeState(context);
    this.state.rows.buffer.destroy();
  }

  override draw(): void {
    const { rows } = this.state;
    if (rows.count === 0) return;
    const { shown, hovered, plane, halfLine } = this.props;
    const uniforms = {
      ...COLORS,
      plane: [plane.min, plane.max] as const,
      halfLine,
      halfRaisedLine: 2 * halfLine,
      rim: 1,
      hoveredRow: hovered ?? -1,
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

  #allRows(): Rows {
    const { shown } = this.props;
    const count = rowCount(shown);
    const values = new Float32Array((count + SPARE_ROWS) * ROW_LENGTH);
    writeRows(values, shown);
    const usage = Buffer.VERTEX | Buffer.COPY_DST;
    return { values, buffer: this.context.device.createBuffer({ data: values, usage }), count };
  }
}

function upload({ values, buffer }: Rows, changed: ReadonlySet<RoiId>): void {
  if (changed.size === 0) return;
  const write = (first: RoiId, end: RoiId): void => {
    const part = values.subarray(first * ROW_LENGTH, end * ROW_LENGTH);
    // Empty for the row of an ROI that is selected and not there.
    if (part.length > 0) buffer.write(part, first * ROW_BYTES);
  };
  if (changed.size <= SINGLE_WRITES) {
    for (const id of changed) write(id, id + 1);
    return;
  }
  let first = Number.POSITIVE_INFINITY;
  let end = 0;
  for (const id of changed) {
    first = Math.min(first, id);
    end = Math.max(end, id + 1);
  }
  write(first, end);
}

function rgba(r: number, g: number, b: number, a: number): Rgba {
  return [r / 255, g / 255, b / 255, a];
}
