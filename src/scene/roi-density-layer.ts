/** The deck.gl layer of the density picture: per tile what has ink, whose texture is made once. */
import { Layer, type LayerProps, project32, type UpdateParameters } from "@deck.gl/core";
import type { Texture } from "@luma.gl/core";
import { Geometry, Model } from "@luma.gl/engine";
import { TILE_CELLS } from "./roi-density.ts";
import type { DensityTile } from "./roi-density-tiles.ts";

interface RoiDensityLayerProps extends LayerProps {
  readonly tiles: readonly DensityTile[];
}

/** What is drawn of a tile: world x0 y0 x1 y1, what single precision leaves of each, and the part of its picture. */
const BLOCK = `\
uniform densityUniforms {
  vec4 rect;
  vec4 rectLow;
  vec4 part;
} density;
`;

const densityUniforms = {
  name: "density",
  vs: BLOCK,
  uniformTypes: { rect: "vec4<f32>", rectLow: "vec4<f32>", part: "vec4<f32>" },
} as const;

const VERTEX_SHADER = `\
#version 300 es
#define SHADER_NAME roi-density-vertex-shader

in vec2 positions;
out vec2 place;

void main(void) {
  vec2 at = mix(density.rect.xy, density.rect.zw, positions);
  vec2 low = mix(density.rectLow.xy, density.rectLow.zw, positions);
  gl_Position = project_position_to_clipspace(vec3(at, 0.0), vec3(low, 0.0), vec3(0.0));
  place = mix(density.part.xy, density.part.zw, positions);
}
`;

const FRAGMENT_SHADER = `\
#version 300 es
#define SHADER_NAME roi-density-fragment-shader

precision highp float;

uniform sampler2D picture;
in vec2 place;
out vec4 fragColor;

void main(void) {
  fragColor = texture(picture, place) * layer.opacity;
}
`;

/** For its `parameters`: colours come times their alpha, so that they blend between cells as they should. */
export const DENSITY_PARAMETERS = {
  depthCompare: "always",
  depthWriteEnabled: false,
  blend: true,
  blendColorOperation: "add",
  blendColorSrcFactor: "one",
  blendColorDstFactor: "one-minus-src-alpha",
  blendAlphaOperation: "add",
  blendAlphaSrcFactor: "one",
  blendAlphaDstFactor: "one-minus-src-alpha",
} as const;

export class RoiDensityLayer extends Layer<RoiDensityLayerProps> {
  static override layerName = "RoiDensityLayer";
  declare state: { model: Model; textures: ReadonlyMap<DensityTile, Texture> };

  override initializeState(): void {
    const model = new Model(this.context.device, {
      ...this.getShaders({
        vs: VERTEX_SHADER,
        fs: FRAGMENT_SHADER,
        modules: [project32, densityUniforms],
      }),
      id: this.props.id,
      geometry: new Geometry({
        topology: "triangle-strip",
        attributes: {
          positions: { size: 2, value: Float32Array.of(0, 0, 1, 0, 0, 1, 1, 1) },
        },
      }),
      isInstanced: false,
    });
    this.setState({ model, textures: new Map() });
  }

  override updateState(params: UpdateParameters<this>): void {
    super.updateState(params);
    const { textures } = this.state;
    const kept = new Map<DensityTile, Texture>();
    for (const tile of this.props.tiles)
      kept.set(tile, textures.get(tile) ?? this.#textureOf(tile));
    for (const [tile, texture] of textures) if (!kept.has(tile)) texture.destroy();
    this.setState({ textures: kept });
  }

  override draw(): void {
    const { model, textures } = this.state;
    for (const [tile, texture] of textures) {
      const { rect, part } = inkOf(tile);
      const rectLow = rect.map((value) => value - Math.fround(value));
      model.shaderInputs.setProps({ density: { rect, rectLow, part } });
      model.setBindings({ picture: texture });
      model.draw(this.context.renderPass);
    }
  }

  override finalizeState(context: this["context"]): void {
    super.finalizeState(context);
    for (const texture of this.state.textures.values()) texture.destroy();
  }

  protected override _getAttributeManager(): null {
    return null;
  }

  #textureOf({ picture }: DensityTile): Texture {
    return this.context.device.createTexture({
      format: "rgba8unorm",
      width: TILE_CELLS,
      height: TILE_CELLS,
      data: picture ?? null,
      sampler: {
        minFilter: "linear",
        magFilter: "linear",
        addressModeU: "clamp-to-edge",
        addressModeV: "clamp-to-edge",
      },
    });
  }
}

/** Where a tile has ink, in the world and from 0 to 1 in its picture: no other pixel of the screen is blended. */
function inkOf({ rect: [x0, y0, x1], ink = [0, 0, TILE_CELLS, TILE_CELLS] }: DensityTile) {
  const [left, top, right, bottom] = ink;
  const cell = (x1 - x0) / TILE_CELLS;
  const rect = [x0 + left * cell, y0 + top * cell, x0 + right * cell, y0 + bottom * cell] as const;
  const part = [
    left / TILE_CELLS,
    top / TILE_CELLS,
    right / TILE_CELLS,
    bottom / TILE_CELLS,
  ] as const;
  return { rect, part };
}
