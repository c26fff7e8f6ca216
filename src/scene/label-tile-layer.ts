/** One tile of a label: its ids and those around it as textures, and where they lie. */
import {
  type Attribute,
  type DefaultProps,
  Layer,
  type LayerProps,
  project32,
  type UpdateParameters,
} from "@deck.gl/core";
import type { Texture } from "@luma.gl/core";
import { Model } from "@luma.gl/engine";
import { labelFragmentShader, labelUniforms, labelVertexShader, PLACES } from "./label-shader.ts";
import type { Rect } from "./rect.ts";

/** What the shader is told, the last two of each tile: whether ids are signed, and which places have ids. */
export interface LabelUniforms {
  readonly hovered: readonly [low: number, high: number];
  readonly selected: readonly [low: number, high: number];
  readonly ends: readonly [least: number, most: number];
  readonly fill: number;
  readonly edge: number;
  readonly edgeWidth: number;
  readonly coloring: number;
  readonly probes: number;
  readonly isSigned: number;
  readonly present: number;
}

interface LabelTileLayerProps extends LayerProps {
  /** By place, its own in the middle; where there are none, those of any tile. */
  readonly ids: readonly Texture[];
  /** Where its own lie. */
  readonly bounds: Rect;
  /** What of it is drawn; disjoint. */
  readonly parts: readonly Rect[];
  readonly uniforms: LabelUniforms;
  /** The textures of all tiles. */
  readonly lookup: Texture | undefined;
  readonly palette: Texture | undefined;
}

/** Corners of a rectangle's two triangles, as indices into [minX, minY, maxX, maxY]. */
const CORNERS = [
  [0, 1],
  [2, 1],
  [0, 3],
  [0, 3],
  [2, 1],
  [2, 3],
] as const;

const defaultProps: DefaultProps<LabelTileLayerProps> = {
  ids: { type: "array", value: [], compare: true },
  bounds: { type: "array", value: [0, 0, 1, 1], compare: true },
  parts: { type: "array", value: [], compare: 2 },
  uniforms: {
    type: "object",
    value: {
      hovered: [0, 0],
      selected: [0, 0],
      ends: [0, 1],
      fill: 1,
      edge: 0,
      edgeWidth: 1,
      coloring: 0,
      probes: 0,
      isSigned: 0,
      present: 0,
    },
  },
  lookup: { type: "object", value: undefined },
  palette: { type: "object", value: undefined },
};

export class LabelTileLayer extends Layer<LabelTileLayerProps> {
  static override readonly layerName = "LabelTileLayer";
  static override readonly defaultProps = defaultProps;

  declare state: { model: Model };

  override getShaders(): ReturnType<Layer["getShaders"]> {
    const modules = [project32, labelUniforms];
    return super.getShaders({ vs: labelVertexShader, fs: labelFragmentShader, modules });
  }

  override initializeState(): void {
    const attributes = this.getAttributeManager();
    attributes?.remove(["instancePickingColors"]);
    attributes?.add({
      positions: {
        size: 3,
        type: "float64",
        fp64: this.use64bitPositions(),
        noAlloc: true,
        update: this.fillPositions,
      },
      texCoords: { size: 2, noAlloc: true, update: this.fillTexCoords },
    });
  }

  /** Called on the layer that is drawn, which is not the one that was initialized. */
  fillPositions(attribute: Attribute): void {
    attribute.value = new Float64Array(this.#corners((x, y) => [x, y, 0]));
  }

  fillTexCoords(attribute: Attribute): void {
    const [minX, minY, maxX, maxY] = this.props.bounds;
    attribute.value = new Float32Array(
      this.#corners((x, y) => [(x - minX) / (maxX - minX), (y - minY) / (maxY - minY)]),
    );
  }

  override updateState(parameters: UpdateParameters<this>): void {
    super.updateState(parameters);
    const { props, oldProps, changeFlags } = parameters;
    if (changeFlags.extensionsChanged) {
      this.state.model?.destroy();
      this.setState({ model: this.#newModel() });
      this.getAttributeManager()?.invalidateAll();
    }
    const { model } = this.state;
    if (props.parts !== oldProps.parts || props.bounds !== oldProps.bounds) {
      model.setVertexCount(CORNERS.length * props.parts.length);
      this.getAttributeManager()?.invalidateAll();
    }
  }

  override draw(): void {
    const { ids, uniforms, lookup, palette } = this.props;
    const { model } = this.state;
    if (lookup === undefined || palette === undefined) return;
    model.shaderInputs.setProps({ label: { ...uniforms } });
    const places = ids.map((texture, i) => [PLACES[i], texture]);
    model.setBindings({ ...Object.fromEntries(places), lookup, palette });
    model.draw(this.context.renderPass);
  }

  #corners(of: (x: number, y: number) => readonly number[]): number[] {
    return this.props.parts.flatMap((part) => CORNERS.flatMap(([x, y]) => of(part[x], part[y])));
  }

  #newModel(): Model {
    return new Model(this.context.device, {
      ...this.getShaders(),
      id: this.props.id,
      bufferLayout: this.getAttributeManager()?.getBufferLayouts() ?? [],
      topology: "triangle-list",
      isInstanced: false,
    });
  }
}
