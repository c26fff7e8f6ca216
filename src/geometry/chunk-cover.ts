/** Which chunks of a regular grid a box of voxels touches. */
import { type Box, isEmpty, pixelBox, type Zyx, zyx } from "./box.ts";

/** The chunk coordinates, z y x, that a pixel box touches, in raster order. */
export function chunksTouching(box: Box<"pixel">, chunk: Zyx): Zyx[] {
  if (isEmpty(box)) return [];
  const first = zyx((i) => Math.floor(box.min[i] / chunk[i]));
  const last = zyx((i) => Math.ceil(box.max[i] / chunk[i]) - 1);
  const found: Zyx[] = [];
  for (let z = first[0]; z <= last[0]; z++)
    for (let y = first[1]; y <= last[1]; y++)
      for (let x = first[2]; x <= last[2]; x++) found.push([z, y, x]);
  return found;
}

/** The voxels of one chunk, cut off at the grid's end. */
export function boxOfChunk(coords: Zyx, chunk: Zyx, shape: Zyx): Box<"pixel"> {
  return pixelBox(
    zyx((i) => coords[i] * chunk[i]),
    zyx((i) => Math.min(shape[i], (coords[i] + 1) * chunk[i])),
  );
}
