/** The picture of a plate on the GPU: one texture per channel, of which only what changed is sent again. */
import type { Layer } from "@deck.gl/core";
import type { Texture } from "@luma.gl/core";
import { ChannelsLayer } from "./channels-layer.ts";
import { type ChannelLook, drawingOf, drawnChannels } from "./image-layers.ts";
import type { Plane } from "./plane.ts";
import type { LivePlane, PlatePicture } from "./plate-picture.ts";
import { pictureRect } from "./plate-place.ts";
import { sendRects } from "./texture-rows.ts";

/** Those that had a texture before, so that `changed` does not say all that is in them. */
const sentBefore = new WeakSet<Plane>();

class PlateLayer extends ChannelsLayer {
  static override readonly layerName: string = "PlateLayer";

  /** The zeros that a picture begins with are not sent: of megabytes at once the browser keeps as much memory for good. */
  protected override textureOf(plane: Plane): Texture {
    const isBegun = isLive(plane) && plane.wasBlank && !sentBefore.has(plane);
    sentBefore.add(plane);
    return isBegun ? this.dataToTexture(null, plane.width, plane.height) : super.textureOf(plane);
  }

  override draw(options: Parameters<ChannelsLayer["draw"]>[0]): void {
    for (const [plane, { texture }] of this.state.sent ?? [])
      if (isLive(plane)) sendRects(texture, { ...plane, top: 0 }, plane.changed.splice(0));
    super.draw(options);
  }
}

const isLive = (plane: Plane): plane is LivePlane => "changed" in plane;

/** One layer for all wells. @param revision another number whenever the picture has changed */
export function plateLayers(
  { planes, place }: PlatePicture,
  { channels, revision }: { readonly channels: readonly ChannelLook[]; readonly revision: number },
): Layer[] {
  const drawing = drawingOf({ planes, bounds: pictureRect(place) }, drawnChannels(channels).drawn);
  if (drawing === undefined) return [];
  const props = { id: "plate", ...drawing, revision };
  return [new PlateLayer(props)];
}
