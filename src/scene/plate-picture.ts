/** The picture of a whole plate, one plane per channel, filled well by well; the GPU is sent what has changed. */
import type { NumberType, Pixels } from "../zarr/array.ts";
import { zeros } from "../zarr/pixels.ts";
import type { Plane } from "./plane.ts";
import { originOf, type PlatePlace, pictureSize, type WellPlace } from "./plate-place.ts";
import type { Rect } from "./rect.ts";
import { shrinkInto } from "./shrink.ts";

/** Pixels of a plane. */
export interface PixelRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A plane that goes on changing; `changed` says where since it was last sent, and who sends it empties that. */
export interface LivePlane extends Plane {
  readonly changed: PixelRect[];
  /** Whether it was begun with nothing but zeros. */
  readonly wasBlank: boolean;
}

export class PlatePicture {
  readonly place: PlatePlace;
  readonly #dtype: NumberType;
  readonly #planes = new Map<number, LivePlane>();

  /**
   * @param dtype of the chunks; 64-bit numbers are kept as the nearest 32-bit floats, as the GPU has them
   * @param kept the planes of such a picture, by channel, to go on from
   */
  constructor(place: PlatePlace, dtype: NumberType, kept: ReadonlyMap<number, Pixels> = new Map()) {
    this.place = place;
    this.#dtype = dtype;
    const { width, height } = pictureSize(place);
    for (const [channel, data] of kept)
      this.#planes.set(channel, { data, width, height, changed: [], wasBlank: false });
  }

  /** By channel, as far as it was begun or anything of it has come. */
  get planes(): ReadonlyMap<number, LivePlane> {
    return this.#planes;
  }

  /** Makes a channel's plane before anything of it comes, so that what draws it is ready by then. */
  begin(channel: number): void {
    this.#plane(channel);
  }

  /** Puts a plane where it lies in its well; what reaches beyond the cell is left out. @param bounds in the well's world */
  put(well: WellPlace, channel: number, plane: Plane, bounds: Rect): void {
    const { data, width: rowLength, changed } = this.#plane(channel);
    const { scale, width, height } = this.place;
    const [left, top, right, bottom] = bounds;
    // A pixel that reaches beyond the image is left out: it would be seen beside the well's own pyramid.
    const whole = (edge: number): number => Math.floor(edge / scale + 1e-6);
    const [x0, y0] = [whole(left), whole(top)];
    const x1 = Math.min(width, Math.max(x0 + 1, whole(right)));
    const y1 = Math.min(height, Math.max(y0 + 1, whole(bottom)));
    if (x1 <= x0 || y1 <= y0) return;
    const [originX, originY] = originOf(this.place, well);
    const rect = {
      x: Math.round(originX / scale) + x0,
      y: Math.round(originY / scale) + y0,
      width: x1 - x0,
      height: y1 - y0,
    };
    shrinkInto({ data, rowLength, ...rect }, plane);
    changed.push(rect);
  }

  /** Takes a well out of the picture. */
  clear(well: WellPlace): void {
    const { scale, width, height } = this.place;
    const [left, top] = originOf(this.place, well).map((edge) => Math.round(edge / scale));
    const rect = { x: left ?? 0, y: top ?? 0, width, height };
    for (const { data, width: rowLength, changed } of this.#planes.values()) {
      for (let row = rect.y; row < rect.y + height; row++)
        data.fill(0 as never, row * rowLength + rect.x, row * rowLength + rect.x + width);
      changed.push(rect);
    }
  }

  #plane(channel: number): LivePlane {
    const there = this.#planes.get(channel);
    if (there) return there;
    const { width, height } = pictureSize(this.place);
    const data = gpuZeros(this.#dtype, width * height);
    const made = { data, width, height, changed: [], wasBlank: true };
    this.#planes.set(channel, made);
    return made;
  }
}

function gpuZeros(dtype: NumberType, length: number): Pixels {
  const wide = dtype === "int64" || dtype === "uint64" || dtype === "float64";
  return zeros(wide ? "float32" : dtype, length);
}
