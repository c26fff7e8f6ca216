/** Labels on a canvas of 64 pixels, and the colours that are to be found there. Browser only. */
import { expect } from "vitest";
import type { LabelId } from "../ome/label-id.ts";
import { labelColor } from "../scene/label-color.ts";
import { type LabelLook, labelLayers } from "../scene/label-layer.ts";
import type { Tile } from "../scene/tile.ts";
import { type Canvas, openCanvas, type Picture, type Rgba } from "./canvas.ts";

/** Every object whole in its own colour. */
export const PLAIN: LabelLook = {
  fill: 1,
  edge: 0,
  edgeWidth: 1,
  hoveredId: undefined,
  selectedId: undefined,
  colors: undefined,
};

export interface LabelCanvas extends Pick<Canvas, "uploads" | "close"> {
  readonly canvas: Canvas;
  /** @param look what is not plain */
  draw(tiles: readonly Tile[], look?: Partial<LabelLook>): Promise<Picture>;
}

/** To be closed. */
export async function openLabelCanvas(): Promise<LabelCanvas> {
  const canvas = await openCanvas(64);
  return {
    canvas,
    draw: (tiles, look) => canvas.draw(labelLayers(tiles, { ...PLAIN, ...look, id: "label" })),
    uploads: () => canvas.uploads(),
    close: () => canvas.close(),
  };
}

export const NOTHING: Rgba = [0, 0, 0, 0];

/** The colour of an object that is coloured by its id. */
export const colorOf = (id: LabelId): Rgba => [...labelColor(id), 255];

/** A colour at an opacity over nothing. */
export function shaded([r, g, b]: Rgba, alpha: number): Rgba {
  const [red, green, blue, opaque] = [r, g, b, 255].map((value) => Math.round(value * alpha));
  return [red ?? 0, green ?? 0, blue ?? 0, opaque ?? 0];
}

/** Whether two colours are the same but for rounding. */
export function expectColor(found: Rgba, wanted: Rgba): void {
  const off = found.map((value, i) => Math.abs(value - (wanted[i] ?? 0)));
  expect(Math.max(...off), `${found} for ${wanted}`).toBeLessThanOrEqual(1);
}
