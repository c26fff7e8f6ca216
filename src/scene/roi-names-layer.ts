/** The deck.gl layer of ROI names; it sets text anew only when other names are in view. */
import { CompositeLayer, type Layer, type LayerProps, type UpdateParameters } from "@deck.gl/core";
import { TextLayer } from "@deck.gl/layers";
import type { Plane } from "../editor/plane.ts";
import { type NameTag, namesIn, sameNames } from "./roi-names.ts";
import type { ShownRois } from "./roi-rows.ts";

export interface RoiNamesLayerProps extends LayerProps {
  readonly shown: ShownRois;
  readonly plane: Plane;
}

export class RoiNamesLayer extends CompositeLayer<RoiNamesLayerProps> {
  static override layerName = "RoiNamesLayer";

  declare state: { tags: readonly NameTag[] };

  override initializeState(): void {
    this.setState({ tags: [] });
  }

  /** Panning brings other names into view. */
  override shouldUpdateState({ changeFlags }: UpdateParameters<this>): boolean {
    return changeFlags.somethingChanged;
  }

  override updateState(): void {
    const { shown, plane } = this.props;
    const { viewport } = this.context;
    const bounds = viewport.getBounds();
    const pixelsPerUnit = viewport.scale;
    const { rois, preview } = shown;
    const tags = namesIn(rois, { plane, pixelsPerUnit, bounds, preview });
    if (!sameNames(tags, this.state.tags)) this.setState({ tags });
  }

  override renderLayers(): Layer {
    return new TextLayer<NameTag>(this.getSubLayerProps({ id: "text" }), {
      data: this.state.tags,
      getText: ({ text }) => text,
      getPosition: ({ x, y }) => [x, y],
      getPixelOffset: [6, 5],
      getTextAnchor: "start",
      getAlignmentBaseline: "top",
      getSize: 12,
      getColor: [255, 255, 255],
      fontFamily: "system-ui, sans-serif",
      fontWeight: 600,
      characterSet: "auto",
      fontSettings: { sdf: true, fontSize: 48, buffer: 8 },
      outlineWidth: 3,
      outlineColor: [0, 0, 0, 200],
      parameters: { depthCompare: "always", depthWriteEnabled: false },
    });
  }
}
