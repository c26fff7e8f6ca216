/** The deck.gl layer of all ROIs' outlines: the large ones in view one by one, over a density picture of the others. */
import { CompositeLayer, type Layer, type LayerProps, type UpdateParameters } from "@deck.gl/core";
import type { Plane } from "../editor/plane.ts";
import type { RoiId } from "../roi/rois.ts";
import { RoiBoxLayer } from "./roi-box-layer.ts";
import { DENSITY_PARAMETERS, RoiDensityLayer } from "./roi-density-layer.ts";
import { type Outlines, RoiOutlines } from "./roi-outlines.ts";
import type { ShownRois } from "./roi-rows.ts";

export interface RoiOutlinesLayerProps extends LayerProps {
  readonly shown: ShownRois;
  readonly hovered: RoiId | undefined;
  readonly plane: Plane;
  readonly halfLine: number;
}

/** The same object every time: another one would be another look. */
const BOX_PARAMETERS = { depthCompare: "always", depthWriteEnabled: false } as const;

export class RoiOutlinesLayer extends CompositeLayer<RoiOutlinesLayerProps> {
  static override layerName = "RoiOutlinesLayer";

  declare state: { outlines: RoiOutlines; drawn: Outlines };

  override initializeState(): void {
    this.setState({ outlines: new RoiOutlines(), drawn: { ids: [], tiles: [], pending: false } });
  }

  /** Panning brings other ROIs into view. */
  override shouldUpdateState({ changeFlags }: UpdateParameters<this>): boolean {
    return changeFlags.somethingChanged || this.state.drawn.pending;
  }

  override updateState(): void {
    const { shown, plane, visible } = this.props;
    if (!visible) return;
    const { viewport } = this.context;
    const [minX, minY, maxX, maxY] = viewport.getBounds();
    const bounds = [minX, minY, maxX, maxY] as const;
    const drawn = this.state.outlines.look(shown, { bounds, zoom: viewport.zoom, plane });
    this.setState({ drawn });
    // After this update, which would forget it.
    if (drawn.pending) queueMicrotask(() => this.setNeedsUpdate());
  }

  override renderLayers(): Layer[] {
    const { shown, hovered, plane, halfLine } = this.props;
    const { ids, tiles } = this.state.drawn;
    const density = new RoiDensityLayer(this.getSubLayerProps({ id: "density" }), {
      tiles,
      parameters: DENSITY_PARAMETERS,
    });
    return [
      // What draws it takes two programs, and few ROIs are drawn without.
      ...(tiles.length > 0 ? [density] : []),
      new RoiBoxLayer(this.getSubLayerProps({ id: "boxes" }), {
        shown,
        ids,
        hovered,
        plane,
        halfLine,
        parameters: BOX_PARAMETERS,
      }),
    ];
  }
}
