/** The picture of a plate on the GPU: one texture per channel, of which only what changed is sent again. */
import type { Layer } from "@deck.gl/core";
import type { Texture } from "@luma.gl/core";
import { ChannelsLayer } from "./channels-layer.ts";
import { type ChannelLook, drawingOf, drawnChannels } from "./image-layers.ts";
import type { Plane } from "./plane.ts";
import type { LivePlane, PixelRect, PlatePicture } from "./plate-picture.ts";
import { pictureRect } from "./plate-place.ts";

/** What luma.gl's textures are made of in WebGL; its own copy of pixels knows no width. */
interface GlTexture {
  readonly gl: WebGL2RenderingContext;
  readonly handle: WebGLTexture;
  readonly glTarget: number;
  readonly glFormat: number;
  readonly glType: number;
}

class PlateLayer extends ChannelsLayer {
  static override readonly layerName: string = "PlateLayer";

  override draw(options: Parameters<ChannelsLayer["draw"]>[0]): void {
    for (const [plane, texture] of this.state.uploaded ?? [])
      if (isLive(plane)) sendChanged(texture, plane);
    super.draw(options);
  }
}

const isLive = (plane: Plane): plane is LivePlane => "changed" in plane;

const isGl = (texture: object): texture is GlTexture => "gl" in texture && "glTarget" in texture;

function sendChanged(texture: Texture, plane: LivePlane): void {
  const rects = plane.changed.splice(0);
  if (rects.length === 0 || !isGl(texture)) return;
  const { gl, glTarget, handle } = texture;
  const alignment: unknown = gl.getParameter(gl.UNPACK_ALIGNMENT);
  gl.bindTexture(glTarget, handle);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  gl.pixelStorei(gl.UNPACK_ROW_LENGTH, plane.width);
  for (const rect of rects) sendRect(texture, plane, rect);
  gl.pixelStorei(gl.UNPACK_ROW_LENGTH, 0);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, Number(alignment));
  gl.bindTexture(glTarget, null);
}

function sendRect(
  { gl, glTarget, glFormat, glType }: GlTexture,
  { data, width: rowLength }: LivePlane,
  { x, y, width, height }: PixelRect,
): void {
  const from = y * rowLength + x;
  gl.texSubImage2D(glTarget, 0, x, y, width, height, glFormat, glType, data, from);
}

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
