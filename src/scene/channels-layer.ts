/** Viv's image layer, fed with planes: each row is sent to the GPU once, whatever else changes. */
import { XRLayer } from "@hms-dbmi/viv";
import type { Texture } from "@luma.gl/core";
import type { Pixels } from "../zarr/array.ts";
import { isBig } from "../zarr/pixels.ts";
import type { Plane } from "./plane.ts";
import { sendRects } from "./texture-rows.ts";

/** The names of Viv's pixel types that have a texture format of their own. */
type VivType = "Uint8" | "Uint16" | "Uint32" | "Int8" | "Int16" | "Int32" | "Float32";

type GpuPixels = Exclude<Pixels, Float64Array | BigInt64Array | BigUint64Array>;

/** Pixels as a texture can hold them: 64-bit numbers become the nearest 32-bit floats. */
function gpuPixels(data: Pixels): GpuPixels {
  if (data instanceof Float64Array) return new Float32Array(data);
  if (isBig(data)) return Float32Array.from(data, Number);
  return data;
}

/** The type of texture that holds the pixels. */
export function vivType(data: Pixels): VivType {
  if (data instanceof Uint8Array) return "Uint8";
  if (data instanceof Uint16Array) return "Uint16";
  if (data instanceof Uint32Array) return "Uint32";
  if (data instanceof Int8Array) return "Int8";
  if (data instanceof Int16Array) return "Int16";
  if (data instanceof Int32Array) return "Int32";
  return "Float32";
}

interface ChannelData {
  /** The planes drawn, by channel; one may be of one pixel, or stand for several channels. */
  readonly data: readonly Plane[];
  /** How many rows are to be there by now, of planes that are sent over several frames, drawn or not. */
  readonly rows?: ReadonlyMap<Plane, number> | undefined;
}

/** A plane on the GPU, as far as it is there. */
interface Sent {
  readonly texture: Texture;
  readonly rows: number;
}

/**
 * `XRLayer` destroys and uploads all textures of a tile whenever one channel comes or goes; this one keeps those
 * whose plane stayed, and sends rows on where it left off.
 */
export class ChannelsLayer extends XRLayer {
  static override readonly layerName: string = "ChannelsLayer";

  declare state: {
    sent?: ReadonlyMap<Plane, Sent>;
    textures?: Readonly<Record<string, Texture | undefined>>;
  };

  override loadChannelTextures({ data, rows = new Map() }: ChannelData): void {
    const before = this.state.sent ?? new Map<Plane, Sent>();
    const sent = new Map(
      [...new Set([...data, ...rows.keys()])].map((plane) => [
        plane,
        this.#send(plane, before.get(plane), rows.get(plane) ?? plane.height),
      ]),
    );
    for (const [plane, { texture }] of before) if (!sent.has(plane)) texture.destroy();
    const textures = Object.fromEntries(
      data.map((plane, i) => [`channel${i}`, sent.get(plane)?.texture]),
    );
    this.setState({ sent, textures });
  }

  /** Viv knows of those textures alone that are drawn, and destroys one twice that stands for two channels. */
  override finalizeState(): void {
    this.state.textures = {};
    super.finalizeState();
    for (const { texture } of this.state.sent?.values() ?? []) texture.destroy();
  }

  /** A texture with all of a plane. */
  protected textureOf({ data, width, height }: Plane): Texture {
    return this.dataToTexture(gpuPixels(data), width, height);
  }

  /** Sends the rows that are not there yet, up to so many. */
  #send(plane: Plane, before: Sent | undefined, rows: number): Sent {
    const { data, width, height } = plane;
    if (before === undefined && rows === height) return { texture: this.textureOf(plane), rows };
    const { texture, rows: from } = before ?? {
      texture: this.dataToTexture(null, width, height),
      rows: 0,
    };
    if (from < rows) {
      const pixels = gpuPixels(data.subarray(from * width, rows * width));
      const rect = { x: 0, y: from, width, height: rows - from };
      sendRects(texture, { data: pixels, width, top: from }, [rect]);
    }
    return { texture, rows: Math.max(from, rows) };
  }
}
