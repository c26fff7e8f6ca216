/** How a label is drawn in any pane, and which of its objects is at a place; what is open there is for others to know. */
import type { Layer } from "@deck.gl/core";
import { remembered } from "../../base/remembered.ts";
import type { LabelId } from "../../ome/label-id.ts";
import type { Label } from "../../ome/labels.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import { type LabelColors, labelLayers } from "../../scene/label-layer.ts";
import { idAt } from "../../scene/probe.ts";
import type { Tile } from "../../scene/tile.ts";
import type { PacedTile } from "../../scene/uploads.ts";
import type { LabelView } from "../../state/label-look.ts";
import type { Session } from "../../state/session.ts";
import type { LabelObject } from "../../state/view.ts";
import type { Options } from "../../zarr/store.ts";

/** How labels are drawn beside what is chosen for each. */
export interface LabelScene {
  readonly paint: (label: LabelView) => LabelColors | undefined;
  readonly hovered: readonly LabelObject[];
  readonly selected: readonly LabelObject[];
}

type LayersOf = (
  tiles: readonly PacedTile[],
  label: LabelView,
  colors: LabelColors | undefined,
  hovered: LabelId | undefined,
  selected: LabelId | undefined,
  id: string,
  underway?: readonly PacedTile[],
) => readonly Layer[];

/** The layers of one label; the same ones until something of it has changed. */
export function labelLayersOf(): LayersOf {
  return remembered(
    (tiles, { opacity, style, width }, colors, hoveredId, selectedId, id, underway) =>
      labelLayers(tiles, {
        fill: style === "outline" ? 0 : opacity,
        // A line needs more than a field to be seen as well.
        edge: style === "fill" ? 0 : 1 - (1 - opacity) ** 4,
        edgeWidth: width,
        hoveredId,
        selectedId,
        colors,
        id,
        ...(underway && { underway }),
      }),
  );
}

/** The colours that a label gives to its objects, for where no others are chosen; undefined where it gives none. */
export async function givenBy(
  { services }: Session,
  { colors }: Label,
  options: Options,
): Promise<LabelColors | undefined> {
  const lookup = colors && (await services.buildLookup(colors, options));
  return lookup && { lookup, palette: undefined, ends: undefined };
}

/** The object of a label among those that light up. */
export function litIn(name: string, objects: readonly LabelObject[]): LabelId | undefined {
  return objects.find(({ label }) => label === name)?.id;
}

/** The objects of labels at a world place, the highest first. */
export function objectsAt(
  labels: readonly { readonly name: string; readonly tiles: readonly Tile[] }[],
  { x, y }: CanvasPoint,
): readonly LabelObject[] {
  return labels.toReversed().flatMap(({ name: label, tiles }) => {
    const id = idAt(tiles, [x, y]);
    return id === undefined ? [] : [{ label, id }];
  });
}
