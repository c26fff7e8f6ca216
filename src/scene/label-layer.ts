/** A layer that draws the ids of a label: each in its colour or in that of a value of the object, 0 not at all. */
import {
  CompositeLayer,
  type DefaultProps,
  type Layer,
  type LayerProps,
  type UpdateParameters,
} from "@deck.gl/core";
import type { Texture } from "@luma.gl/core";
import { idHalves, type LabelId } from "../ome/label-id.ts";
import type { LabelLookup } from "../ome/label-lookup.ts";
import { COLORING, PALETTE_COLORS } from "./label-shader.ts";
import { isSigned, type SentIds, sendIds } from "./label-texture.ts";
import { LabelTileLayer, type LabelUniforms } from "./label-tile-layer.ts";
import type { Plane } from "./plane.ts";
import { visibleParts } from "./rect.ts";
import { tilesAround } from "./tiles-around.ts";
import type { PacedTile } from "./uploads.ts";

/** How a label is drawn. */
export interface LabelLook {
  /** How opaque the inside of objects is, and their edge, each from 0 to 1; what is lit is filled and edged anyway. */
  readonly fill: number;
  readonly edge: number;
  /** In pixels of CSS, inside the object, at any zoom; up to 4. */
  readonly edgeWidth: number;
  readonly hoveredId: LabelId | undefined;
  readonly selectedId: LabelId | undefined;
  /** By what objects are coloured; undefined gives each id its own colour. */
  readonly colors: LabelColors | undefined;
}

export interface LabelColors {
  readonly lookup: LabelLookup;
  /**
   * `PALETTE_COLORS` colours and that of objects without a value, each red, green, blue and nothing, of 8 bits; undefined
   * where values are colours themselves, 24-bit RGB, and an object without one has that of its id.
   */
  readonly palette: Uint8Array<ArrayBuffer> | undefined;
  /** Which places of the reach of values have the first and the last colour; undefined of categories. */
  readonly ends: readonly [least: number, most: number] | undefined;
}

interface LabelPicture extends LabelLook {
  readonly id: string;
  /** Tiles on their way to the GPU, not drawn yet. */
  readonly underway?: readonly PacedTile[];
}

const NONE: readonly PacedTile[] = [];

/** One layer, or none where nothing is to be drawn; where tiles lie over each other the last is drawn alone. */
export function labelLayers(
  tiles: readonly PacedTile[],
  { id, underway = NONE, ...look }: LabelPicture,
): readonly Layer[] {
  const isNothing = tiles.length === 0 && underway.length === 0;
  return isNothing ? [] : [new LabelLayer({ id, tiles, underway, look })];
}

interface LabelLayerProps extends LayerProps {
  readonly tiles: readonly PacedTile[];
  readonly underway: readonly PacedTile[];
  readonly look: LabelLook;
}

const defaultProps: DefaultProps<LabelLayerProps> = {
  tiles: { type: "array", value: [] },
  underway: { type: "array", value: [] },
  look: {
    type: "object",
    value: {
      fill: 1,
      edge: 0,
      edgeWidth: 1,
      hoveredId: undefined,
      selectedId: undefined,
      colors: undefined,
    },
  },
};

class LabelLayer extends CompositeLayer<LabelLayerProps> {
  static override readonly layerName = "LabelLayer";
  static override readonly defaultProps = defaultProps;

  declare state: { ids: ReadonlyMap<Plane, SentIds>; lookup?: Texture; palette?: Texture };

  override initializeState(): void {
    this.setState({ ids: new Map() });
  }

  override updateState({ props, oldProps }: UpdateParameters<this>): void {
    const [now, before] = [props.look.colors, oldProps.look?.colors];
    const { lookup, palette } = this.state;
    if (lookup === undefined || now?.lookup !== before?.lookup) {
      lookup?.destroy();
      this.setState({ lookup: this.#lookupTexture(now?.lookup ?? NO_LOOKUP) });
    }
    if (palette === undefined || now?.palette !== before?.palette) {
      palette?.destroy();
      this.setState({ palette: this.#paletteTexture(now?.palette ?? NO_PALETTE) });
    }
  }

  override renderLayers(): Layer[] {
    const { tiles, underway, look } = this.props;
    const { lookup, palette } = this.state;
    const uniforms = uniformsOf(look);
    const parts = visibleParts(tiles.map(({ bounds }) => bounds));
    const ids = new Map<Plane, SentIds>();
    const textureOf = (plane: Plane, rows = plane.height): Texture => {
      const before = ids.get(plane) ?? this.state.ids.get(plane);
      const sent = sendIds(this.context.device, plane, before, rows);
      ids.set(plane, sent);
      return sent.texture;
    };
    for (const { rows } of [...tiles, ...underway])
      for (const [plane, count] of rows ?? []) textureOf(plane, count);
    const layers = tiles.flatMap((tile, i) => {
      const plane = tile.planes.get(0);
      const seen = parts[i] ?? [];
      if (plane === undefined || seen.length === 0) return [];
      const around = tilesAround(tile, tiles).map((other) => other?.planes.get(0));
      const present = around.reduce((bits, other, at) => bits | (other ? 1 << at : 0), 0);
      const own = {
        ids: around.map((other) => textureOf(other ?? plane)),
        bounds: tile.bounds,
        parts: seen,
        uniforms: { ...uniforms, isSigned: isSigned(plane.data) ? 1 : 0, present },
        lookup,
        palette,
      };
      return new LabelTileLayer({ ...this.getSubLayerProps({ id: tile.key }), ...own });
    });
    for (const [plane, { texture }] of this.state.ids) if (!ids.has(plane)) texture.destroy();
    this.state.ids = ids;
    return layers;
  }

  override finalizeState(context: Layer["context"]): void {
    super.finalizeState(context);
    for (const { texture } of this.state.ids.values()) texture.destroy();
    this.state.lookup?.destroy();
    this.state.palette?.destroy();
  }

  #lookupTexture({ data, width, height }: LabelLookup): Texture {
    return this.context.device.createTexture({
      format: "rgba32uint",
      data,
      width,
      height,
      sampler: NEAREST,
    });
  }

  #paletteTexture(data: Uint8Array<ArrayBuffer>): Texture {
    return this.context.device.createTexture({
      format: "rgba8uint",
      data,
      width: PALETTE_COLORS + 1,
      height: 1,
      sampler: NEAREST,
    });
  }
}

const NEAREST = { minFilter: "nearest", magFilter: "nearest" } as const;

/** The shader has these whether it looks into them or not. */
const NO_LOOKUP: LabelLookup = { data: new Uint32Array(4), width: 1, height: 1, probes: 0 };
const NO_PALETTE = new Uint8Array(4 * (PALETTE_COLORS + 1));

function uniformsOf({
  hoveredId,
  selectedId,
  colors,
  ...look
}: LabelLook): Omit<LabelUniforms, "isSigned" | "present"> {
  return {
    ...look,
    hovered: idHalves(hoveredId ?? 0),
    selected: idHalves(selectedId ?? 0),
    ends: colors?.ends ?? [0, 1],
    coloring: coloringBy(colors),
    probes: colors?.lookup.probes ?? 0,
  };
}

function coloringBy(colors: LabelColors | undefined): number {
  if (colors === undefined) return COLORING.byId;
  if (colors.palette === undefined) return COLORING.byGiven;
  return colors.ends ? COLORING.byNumber : COLORING.byCategory;
}
