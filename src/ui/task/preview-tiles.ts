/** What a preview found as tiles to be drawn, over the image and where it lies. */
import { lengthsOf } from "../../geometry/box.ts";
import { worldFromPixel } from "../../geometry/pixel-grid.ts";
import type { Plane } from "../../scene/plane.ts";
import { cutPlane } from "../../scene/plane.ts";
import type { Rect } from "../../scene/rect.ts";
import type { Tile } from "../../scene/tile.ts";
import type { PreviewPart } from "../../state/preview.ts";
import type { UnitResult } from "../../tasks/unit-result.ts";
import type { Pixels } from "../../zarr/array.ts";

export interface PreviewTiles {
  readonly labels: readonly Tile[];
  readonly images: readonly Tile[];
}

/** WebGL 2 promises textures of 2048; nearly every GPU takes 4096. */
const TEXTURE_MAX = 4096;

/** @param z world units: the plane looked at; an ROI that it does not cut is not drawn, unless it has one plane for all. */
export function previewTiles(parts: readonly PreviewPart[], z: number): PreviewTiles {
  const labels: Tile[] = [];
  const images = new Map<number, Tile[]>();
  for (const part of parts) {
    const { unit, outcome } = part;
    if (outcome.kind === "failed") continue;
    const pixels = pixelsOf(outcome.result);
    const plane = planeOf(part, z);
    if (pixels === undefined || plane === undefined) continue;
    if (outcome.result.kind === "label") labels.push(...cutUp(part, pixels, plane, 0));
    else {
      // An ROI's channels are units of their own, and drawn as one.
      const before = images.get(unit.roi.id);
      const tiles = cutUp(part, pixels, plane, unit.c);
      images.set(unit.roi.id, before ? tiles.map((tile, i) => joined(before[i], tile)) : tiles);
    }
  }
  return { labels, images: [...images.values()].flat() };
}

function pixelsOf(result: UnitResult): Pixels | undefined {
  switch (result.kind) {
    case "label":
      return result.mask ? masked(result.labels, result.mask) : result.labels;
    case "image":
      return result.pixels;
    case "table":
      return undefined;
  }
}

function masked(labels: Uint32Array<ArrayBuffer>, mask: Uint8Array): Uint32Array<ArrayBuffer> {
  return labels.map((id, i) => (mask[i] === 0 ? 0 : id));
}

/** The plane of the part that lies at a world z. */
function planeOf({ unit: { box }, grid, isFlat }: PreviewPart, z: number): number | undefined {
  if (isFlat) return 0;
  const plane = Math.min(grid.shape[0] - 1, Math.floor(z / grid.scale[0])) - box.min[0];
  return plane >= 0 && plane < lengthsOf(box)[0] ? plane : undefined;
}

function cutUp({ unit, grid }: PreviewPart, data: Pixels, z: number, channel: number): Tile[] {
  const { index, box, t } = unit;
  const [planes, rows, columns] = lengthsOf(box);
  const tiles: Tile[] = [];
  for (let y = 0; y < rows; y += TEXTURE_MAX)
    for (let x = 0; x < columns; x += TEXTURE_MAX) {
      const height = Math.min(TEXTURE_MAX, rows - y);
      const width = Math.min(TEXTURE_MAX, columns - x);
      const cut = { from: [z, y, x], width, height };
      const planesByChannel = new Map<number, Plane>([
        [channel, cutPlane({ data, shape: [planes, rows, columns] }, cut)],
      ]);
      const at = { y: box.min[1] + y, x: box.min[2] + x };
      const { min, max } = worldFromPixel(grid, {
        space: "pixel",
        min: [0, at.y, at.x],
        max: [1, at.y + height, at.x + width],
      });
      const bounds: Rect = [min[2], min[1], max[2], max[1]];
      const place = `preview/${index}/${y}/${x}`;
      const size = { width, height, bounds };
      tiles.push({
        key: place,
        place,
        level: 0,
        z,
        t,
        ...at,
        ...size,
        planes: planesByChannel,
        current: true,
      });
    }
  return tiles;
}

function joined(before: Tile | undefined, tile: Tile): Tile {
  return before ? { ...before, planes: new Map([...before.planes, ...tile.planes]) } : tile;
}
