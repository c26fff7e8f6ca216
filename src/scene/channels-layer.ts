/** Viv's image layer, fed with planes: each plane is sent to the GPU once, whatever else changes. */
import { XRLayer } from "@hms-dbmi/viv";
import type { Texture } from "@luma.gl/core";
import type { Pixels } from "../zarr/array.ts";
import type { Plane } from "./plane.ts";

/** The names of Viv's pixel types that have a texture format of their own. */
type VivType = "Uint8" | "Uint16" | "Uint32" | "Int8" | "Int16" | "Int32" | "Float32";

type GpuPixels = Exclude<Pixels, Float64Array | BigInt64Array | BigUint64Array>;

/** Pixels as a texture can hold them: 64-bit numbers become the nearest 32-bit floats. */
function gpuPixels(data: Pixels): GpuPixels {
  if (data instanceof Float64Array) return new Float32Array(data);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array)
    return Float32Array.from(data, Number);
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

/**
 * `XRLayer` destroys and uploads all textures of a tile whenever one channel comes or goes; this one keeps those
 * whose plane stayed. Its `channelData.data` are `Plane`s, and a plane may be of one pixel.
 */
export class ChannelsLayer extends XRLayer {
  static override readonly layerName: string = "ChannelsLayer";

  declare state: { uploaded?: ReadonlyMap<Plane, Texture> };

  override loadChannelTextures({ data }: { readonly data: readonly Plane[] }): void {
    const before = this.state.uploaded ?? new Map<Plane, Texture>();
    const uploaded = new Map(
      data.map((plane) => [plane, before.get(plane) ?? this.#upload(plane)]),
    );
    for (const [plane, texture] of before) if (!uploaded.has(plane)) texture.destroy();
    const textures = Object.fromEntries(
      data.map((plane, i) => [`channel${i}`, uploaded.get(plane)]),
    );
    this.setState({ uploaded, textures });
  }

  #upload({ data, width, height }: Plane): Texture {
    return this.dataToTexture(gpuPixels(data), width, height);
  }
}
