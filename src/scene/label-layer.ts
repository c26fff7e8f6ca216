/** Layers that draw the ids of a label, tile by tile: each id in its colour, 0 not at all. */
import {
  type Attribute,
  type DefaultProps,
  Layer,
  project32,
  type UpdateParameters,
} from "@deck.gl/core";
import type { Texture } from "@luma.gl/core";
import { Model } from "@luma.gl/engine";
import type { Pixels } from "../zarr/array.ts";
import { gpuId } from "./label-color.ts";
import { labelFragmentShader, labelUniforms, labelVertexShader } from "./label-shader.ts";
import type { Plane } from "./plane.ts";
import { type Rect, visibleParts } from "./rect.ts";
import type { Tile } from "./tile.ts";

/** How a label is drawn. */
export interface LabelLook {
  /** From 0 to 1. */
  readonly opacity: number;
  /** Edges alone, one pixel of the screen wide, but for the ids selected and hovered. */
  readonly outline: boolean;
  readonly hoveredId: number | undefined;
  readonly selectedId: number | undefined;
}

/** One layer per tile that is not wholly hidden; where tiles lie over each other the last is drawn alone. */
export function labelLayers(
  tiles: readonly Tile[],
  { idPrefix, ...look }: LabelLook & { readonly idPrefix: string },
): Layer[] {
  const parts = visibleParts(tiles.map(({ bounds }) => bounds));
  return tiles.flatMap(({ key, planes, bounds }, i) => {
    const plane = planes.get(0);
    const seen = parts[i] ?? [];
    if (plane === undefined || seen.length === 0) return [];
    return new LabelLayer({ id: `${idPrefix}${key}`, plane, bounds, parts: seen, look });
  });
}

interface LabelLayerProps {
  readonly plane: Plane;
  /** Where the plane lies. */
  readonly bounds: Rect;
  /** What of it is drawn; disjoint. */
  readonly parts: readonly Rect[];
  readonly look: LabelLook;
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

/** GL_UNPACK_ALIGNMENT: rows of ids are not padded to four bytes. */
const UNPACK_ALIGNMENT = 0x0cf5;

const defaultProps: DefaultProps<LabelLayerProps> = {
  plane: { type: "object", value: { data: new Uint8Array(1), width: 1, height: 1 } },
  bounds: { type: "array", value: [0, 0, 1, 1], compare: true },
  parts: { type: "array", value: [], compare: 2 },
  look: {
    type: "object",
    value: { opacity: 1, outline: false, hoveredId: undefined, selectedId: undefined },
  },
};

class LabelLayer extends Layer<LabelLayerProps> {
  static override readonly layerName = "LabelLayer";
  static override readonly defaultProps = defaultProps;

  declare state: { model: Model; texture?: Texture };

  override getShaders(): ReturnType<Layer["getShaders"]> {
    const modules = [project32, labelUniforms];
    return super.getShaders({ vs: labelVertexShader, fs: labelFragmentShader, modules });
  }

  override initializeState(): void {
    this.context.device.setParametersWebGL({ [UNPACK_ALIGNMENT]: 1 });
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
    if (props.plane !== oldProps.plane || this.state.texture === undefined) {
      this.state.texture?.destroy();
      this.setState({ texture: this.#newTexture() });
    }
    if (this.state.texture !== undefined) model.setBindings({ ids: this.state.texture });
    if (props.parts !== oldProps.parts || props.bounds !== oldProps.bounds) {
      model.setVertexCount(CORNERS.length * props.parts.length);
      this.getAttributeManager()?.invalidateAll();
    }
  }

  override draw(): void {
    const { opacity, outline, hoveredId, selectedId } = this.props.look;
    const label = {
      opacity,
      outline: outline ? 1 : 0,
      hovered: gpuId(hoveredId ?? 0),
      selected: gpuId(selectedId ?? 0),
    };
    this.state.model.shaderInputs.setProps({ label });
    this.state.model.draw(this.context.renderPass);
  }

  override finalizeState(context: Layer["context"]): void {
    super.finalizeState(context);
    this.state.texture?.destroy();
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

  #newTexture(): Texture {
    const { data, width, height } = this.props.plane;
    return this.context.device.createTexture({
      ...idTexture(data),
      width,
      height,
      sampler: { minFilter: "nearest", magFilter: "nearest" },
    });
  }
}

type IdTexture =
  | { readonly format: "r8uint"; readonly data: Uint8Array<ArrayBuffer> }
  | { readonly format: "r16uint"; readonly data: Uint16Array<ArrayBuffer> }
  | { readonly format: "r32uint"; readonly data: Uint32Array<ArrayBuffer> };

/** Ids as an unsigned texture: of 64-bit ids the low 32 bits; negative and fractional ones as JavaScript's ToUint32 has them. */
function idTexture(data: Pixels): IdTexture {
  if (data instanceof Uint8Array) return { format: "r8uint", data };
  if (data instanceof Uint16Array) return { format: "r16uint", data };
  if (data instanceof Uint32Array) return { format: "r32uint", data };
  if (data instanceof BigUint64Array || data instanceof BigInt64Array) {
    const halves = new Uint32Array(data.buffer, data.byteOffset, 2 * data.length);
    return { format: "r32uint", data: halves.filter((_, i) => i % 2 === 0) };
  }
  return { format: "r32uint", data: new Uint32Array(data) };
}
