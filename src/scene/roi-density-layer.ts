/** The deck.gl layer of the density picture: per tile its veil, and over it the squares of its cells that boxes light. */
import { Layer, type LayerProps, project32, type UpdateParameters } from "@deck.gl/core";
import { Buffer, type Texture } from "@luma.gl/core";
import { Geometry, Model } from "@luma.gl/engine";
import { drawnPart } from "./drawn-part.ts";
import { type Rect, rectsOverlap } from "./rect.ts";
import { type DensityPicture, MESH_CORNERS, TILE_CELLS } from "./roi-density.ts";
import { cornersOf } from "./roi-density-mesh.ts";
import type { DensityTile } from "./roi-density-tiles.ts";

interface RoiDensityLayerProps extends LayerProps {
  readonly tiles: readonly DensityTile[];
  /** World x and y that the tiles are drawn away from where they lie. */
  readonly by?: readonly [x: number, y: number];
}

/** Of a tile: world x0 y0 x1 y1, what single precision leaves of each, and the part of it beyond which nothing is seen. */
const BLOCK = `\
uniform densityUniforms {
  vec4 rect;
  vec4 rectLow;
  vec4 ink;
} density;
`;

const densityUniforms = {
  name: "density",
  vs: BLOCK,
  uniformTypes: { rect: "vec4<f32>", rectLow: "vec4<f32>", ink: "vec4<f32>" },
} as const;

const VERTEX_SHADER = `\
#version 300 es
#define SHADER_NAME roi-density-vertex-shader

in vec2 positions;
in vec4 veils;
out vec2 place;
out vec4 veil;

void main(void) {
  place = clamp(positions, density.ink.xy, density.ink.zw);
  vec2 at = mix(density.rect.xy, density.rect.zw, place);
  vec2 low = mix(density.rectLow.xy, density.rectLow.zw, place);
  gl_Position = project_position_to_clipspace(vec3(at, 0.0), vec3(low, 0.0), vec3(0.0));
  veil = veils;
}
`;

const VEIL_FRAGMENT_SHADER = `\
#version 300 es
#define SHADER_NAME roi-veil-fragment-shader

precision highp float;

in vec4 veil;
out vec4 fragColor;

void main(void) {
  fragColor = veil * layer.opacity;
}
`;

const CELLS_FRAGMENT_SHADER = `\
#version 300 es
#define SHADER_NAME roi-density-fragment-shader

precision highp float;

uniform sampler2D cells;
in vec2 place;
out vec4 fragColor;

void main(void) {
  fragColor = texture(cells, place) * layer.opacity;
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

/** What of a tile is on the GPU. */
interface Sent {
  readonly veil: { readonly colors: Buffer; readonly squares: Buffer } | undefined;
  readonly cells: { readonly texture: Texture; readonly squares: Buffer } | undefined;
}

export class RoiDensityLayer extends Layer<RoiDensityLayerProps> {
  static override layerName = "RoiDensityLayer";
  declare state: {
    /** As deck.gl looks for them: that of veils and that of cells. */
    models: readonly [veils: Model, cells: Model];
    sent: ReadonlyMap<DensityTile, Sent>;
  };

  override initializeState(): void {
    const veils = this.#modelOf("veils", VEIL_FRAGMENT_SHADER);
    const cells = this.#modelOf("cells", CELLS_FRAGMENT_SHADER);
    this.setState({ models: [veils, cells], sent: new Map() });
  }

  override updateState(params: UpdateParameters<this>): void {
    super.updateState(params);
    const { sent } = this.state;
    const kept = new Map<DensityTile, Sent>();
    for (const tile of this.props.tiles) {
      const there = sent.get(tile) ?? (tile.picture && this.#send(tile.picture));
      if (there) kept.set(tile, there);
    }
    for (const [tile, gone] of sent) if (!kept.has(tile)) destroy(gone);
    this.setState({ sent: kept });
  }

  override draw(): void {
    const {
      models: [veils, cells],
      sent,
    } = this.state;
    const part = drawnPart(this.context);
    const seen = [...sent].filter(([{ rect }]) => rectsOverlap(this.#placed(rect), part));
    for (const [tile, { veil }] of seen)
      if (veil) {
        veils.setAttributes({ veils: veil.colors });
        this.#drawTile(veils, tile, veil.squares);
      }
    for (const [tile, { cells: lit }] of seen)
      if (lit) {
        cells.setBindings({ cells: lit.texture });
        this.#drawTile(cells, tile, lit.squares);
      }
  }

  override finalizeState(context: this["context"]): void {
    super.finalizeState(context);
    for (const gone of this.state.sent.values()) destroy(gone);
  }

  protected override _getAttributeManager(): null {
    return null;
  }

  #placed([x0, y0, x1, y1]: Rect): Rect {
    const [x, y] = this.props.by ?? [0, 0];
    return [x0 + x, y0 + y, x1 + x, y1 + y];
  }

  #drawTile(model: Model, tile: DensityTile, squares: Buffer): void {
    const { picture } = tile;
    const rect = this.#placed(tile.rect);
    const rectLow = rect.map((value) => value - Math.fround(value));
    const ink = picture?.ink.map((cell) => cell / TILE_CELLS);
    model.shaderInputs.setProps({ density: { rect, rectLow, ink } });
    model.setIndexBuffer(squares);
    // Of the indices: luma.gl draws no more of them.
    model.setVertexCount(squares.byteLength / Uint16Array.BYTES_PER_ELEMENT);
    model.draw(this.context.renderPass);
  }

  #modelOf(id: string, fs: string): Model {
    return new Model(this.context.device, {
      ...this.getShaders({ vs: VERTEX_SHADER, fs, modules: [project32, densityUniforms] }),
      id: `${this.props.id}-${id}`,
      bufferLayout: [{ name: "veils", format: "unorm8x4" }],
      geometry: new Geometry({
        topology: "triangle-list",
        attributes: { positions: { size: 2, value: cornersOf(MESH_CORNERS) } },
      }),
      isInstanced: false,
    });
  }

  #send({ veil, veiled, cells, lit }: DensityPicture): Sent {
    const { device } = this.context;
    const squaresOf = (data: Uint16Array): Buffer =>
      device.createBuffer({ usage: Buffer.INDEX, data });
    return {
      veil: veil && {
        colors: device.createBuffer({ usage: Buffer.VERTEX, data: veil }),
        squares: squaresOf(veiled),
      },
      cells: cells && {
        texture: device.createTexture({
          format: "rgba8unorm",
          width: TILE_CELLS,
          height: TILE_CELLS,
          data: cells,
          sampler: {
            minFilter: "linear",
            magFilter: "linear",
            addressModeU: "clamp-to-edge",
            addressModeV: "clamp-to-edge",
          },
        }),
        squares: squaresOf(lit),
      },
    };
  }
}

function destroy({ veil, cells }: Sent): void {
  veil?.colors.destroy();
  veil?.squares.destroy();
  cells?.texture.destroy();
  cells?.squares.destroy();
}
