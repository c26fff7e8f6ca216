/** Marks over the chunks that could not be read: hatched, so that they are not taken for dark pixels. */
import type { Layer } from "@deck.gl/core";
import { LineLayer } from "@deck.gl/layers";
import type { Rect } from "./rect.ts";
import type { FailedTile } from "./tile.ts";

interface Stroke {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

/** Amber: legible on black and on any channel. */
const COLOR = [255, 176, 32, 200] as const;

/** How many hatches begin at the longer edge of a tile: a thin one, as side panes have them, is not filled with them. */
const HATCHES = 6;

/** One layer for all failed tiles; none where all went well. */
export function failedLayers(
  failed: readonly FailedTile[],
  { idPrefix }: { readonly idPrefix: string },
): Layer[] {
  if (failed.length === 0) return [];
  const strokes = failed.flatMap(({ bounds }) => [...outline(bounds), ...hatches(bounds)]);
  return [
    new LineLayer<Stroke>({
      id: `${idPrefix}failed`,
      data: strokes,
      getSourcePosition: ({ from: [x, y] }) => [x, y],
      getTargetPosition: ({ to: [x, y] }) => [x, y],
      getColor: [...COLOR],
      getWidth: 1.5,
      widthUnits: "pixels",
      pickable: false,
    }),
  ];
}

function outline([minX, minY, maxX, maxY]: Rect): Stroke[] {
  return [
    { from: [minX, minY], to: [maxX, minY] },
    { from: [maxX, minY], to: [maxX, maxY] },
    { from: [maxX, maxY], to: [minX, maxY] },
    { from: [minX, maxY], to: [minX, minY] },
  ];
}

/** Lines x + y = constant, cut off at the rectangle's edges. */
function hatches([minX, minY, maxX, maxY]: Rect): Stroke[] {
  const [width, height] = [maxX - minX, maxY - minY];
  const step = Math.max(width, height) / HATCHES;
  const count = Math.ceil((width + height) / step) - 1;
  return Array.from({ length: count }, (_, i) => {
    const sum = (i + 1) * step;
    const [left, right] = [Math.max(0, sum - height), Math.min(sum, width)];
    return {
      from: [minX + left, minY + sum - left],
      to: [minX + right, minY + sum - right],
    };
  });
}
