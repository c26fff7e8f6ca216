/** Sends part of a texture's pixels: luma.gl's own call knows only whole textures. */
import type { Texture } from "@luma.gl/core";
import type { PixelRect } from "./plate-picture.ts";

/** Where the pixels of rectangles are taken from: rows of so many pixels, the first of them at row `top` of the texture. */
export interface TextureRows {
  /** Of the texture's type. */
  readonly data: ArrayBufferView;
  readonly width: number;
  readonly top: number;
}

/** What luma.gl's textures are made of in WebGL. */
interface GlTexture {
  readonly gl: WebGL2RenderingContext;
  readonly handle: WebGLTexture;
  readonly glTarget: number;
  readonly glFormat: number;
  readonly glType: number;
}

const isGl = (texture: object): texture is GlTexture => "gl" in texture && "glTarget" in texture;

/** Replaces rectangles of a texture; the rest of it stays. */
export function sendRects(texture: Texture, rows: TextureRows, rects: readonly PixelRect[]): void {
  if (rects.length === 0 || !isGl(texture)) return;
  const { gl, glTarget, glFormat, glType, handle } = texture;
  const { data, width: rowLength, top } = rows;
  const alignment: unknown = gl.getParameter(gl.UNPACK_ALIGNMENT);
  gl.bindTexture(glTarget, handle);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  gl.pixelStorei(gl.UNPACK_ROW_LENGTH, rowLength);
  for (const { x, y, width, height } of rects) {
    const from = (y - top) * rowLength + x;
    gl.texSubImage2D(glTarget, 0, x, y, width, height, glFormat, glType, data, from);
  }
  gl.pixelStorei(gl.UNPACK_ROW_LENGTH, 0);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, Number(alignment));
  gl.bindTexture(glTarget, null);
}
