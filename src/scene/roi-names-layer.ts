/** The deck.gl layer of ROI names; it sets text anew only when other names are in view. */

import { CompositeLayer, type Layer, type LayerProps, type UpdateParameters } from "@deck.gl/core";
import { TextLayer } from "@deck.gl/layers";
import type { Plane } from "../editor/plane.ts";
import type { RoiDiff, RoiId } from "../roi/rois.ts";
import { NAME_LOOK } from "./name-look.ts";
import type { Rect } from "./rect.ts";
import { type NameTag, namesIn, sameNames } from "./roi-names.ts";
import type { ShownRois } from "./roi-rows.ts";

export interface RoiNamesLayerProps extends LayerProps {
  readonly shown: ShownRois;
  readonly hovered: RoiId | undefined;
  readonly plane: Plane;
}

/** How much further than the view names are set, as a part of it: so far it moves without any being set anew. */
const AROUND = 0.5;

export class RoiNamesLayer extends CompositeLayer<RoiNamesLayerProps> {
  static override layerName = "RoiNamesLayer";

  declare state: { tags: readonly NameTag[]; of: NamesOf | undefined };

  override initializeState(): void {
    this.setState({ tags: [], of: undefined });
  }

  /** Panning brings other names into view. */
  override shouldUpdateState({ changeFlags }: UpdateParameters<this>): boolean {
    return changeFlags.somethingChanged;
  }

  override updateState(): void {
    const { shown, hovered, plane } = this.props;
    const { viewport } = this.context;
    const [minX, minY, maxX, maxY] = viewport.getBounds();
    const now = { shown, hovered, plane, scale: viewport.scale };
    if (this.state.of && isStillSo(this.state.of, now, [minX, minY, maxX, maxY])) return;
    const [dx, dy] = [AROUND * (maxX - minX), AROUND * (maxY - minY)];
    const bounds: Rect = [minX - dx, minY - dy, maxX + dx, maxY + dy];
    const { rois, preview, hidden, selection } = shown;
    const pixelsPerUnit = viewport.scale;
    const view = { plane, pixelsPerUnit, bounds, preview, hidden, selection, hovered };
    const tags = namesIn(rois, view);
    this.setState({ of: { ...now, bounds } });
    if (!sameNames(tags, this.state.tags)) this.setState({ tags });
  }

  override renderLayers(): Layer {
    return new TextLayer<NameTag>(this.getSubLayerProps({ id: "text" }), {
      data: this.state.tags,
      getText: ({ text }) => text,
      getPosition: ({ x, y }) => [x, y],
      getPixelOffset: [7, 6],
      getTextAnchor: "start",
      getAlignmentBaseline: "top",
      getColor: [255, 255, 255],
      ...NAME_LOOK,
    });
  }
}

/** What the names that are set follow from. */
interface NamesOf {
  readonly shown: ShownRois;
  readonly hovered: RoiId | undefined;
  readonly plane: Plane;
  readonly scale: number;
  readonly bounds: Rect;
}

/** Whether names that were set for a part of the world are those of what is in view now. */
function isStillSo(of: NamesOf, now: Omit<NamesOf, "bounds">, [x0, y0, x1, y1]: Rect): boolean {
  const { rois, selection, hidden, preview } = of.shown;
  return (
    of.scale === now.scale &&
    of.hovered === now.hovered &&
    of.plane.min === now.plane.min &&
    of.plane.max === now.plane.max &&
    rois === now.shown.rois &&
    selection === now.shown.selection &&
    hidden === now.shown.hidden &&
    sameIds(preview, now.shown.preview) &&
    x0 >= of.bounds[0] &&
    y0 >= of.bounds[1] &&
    x1 <= of.bounds[2] &&
    y1 <= of.bounds[3]
  );
}

function sameIds(a: RoiDiff | undefined, b: RoiDiff | undefined): boolean {
  if (a === b) return true;
  if (a?.size !== b?.size) return false;
  for (const id of a?.keys() ?? []) if (!b?.has(id)) return false;
  return true;
}
