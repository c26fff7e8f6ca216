/** Moves what is on a canvas by whole pixels: a copy and one pass, which in software take a part of what a frame does. */
import type { Device, Texture } from "@luma.gl/core";
import { ClipSpace } from "@luma.gl/engine";

/** Device pixels; x to the right, y up as WebGL has it. */
export interface Move {
  readonly x: number;
  readonly y: number;
}

export type PixelRectangle = readonly [x: number, y: number, width: number, height: number];

const FRAGMENT_SHADER = `\
#version 300 es
#define SHADER_NAME canvas-shift-fragment-shader

precision highp float;

uniform sampler2D pixels;
in vec2 uv;
out vec4 fragColor;

void main(void) {
  fragColor = texture(pixels, uv);
}
`;

/**
 * For the canvas of a device, which keeps what was drawn and is not antialiased. Drawing in software, SwiftShader blits
 * a canvas of 1280 × 800 in 13 ms, which is why none is: it copies one into a texture in 1, and draws that in 5.
 */
export class CanvasShift {
  readonly #device: Device;
  readonly #model: ClipSpace;
  #texture: Texture | undefined;

  constructor(device: Device) {
    this.#device = device;
    this.#model = new ClipSpace(device, {
      id: "canvas-shift",
      fs: FRAGMENT_SHADER,
      parameters: { blend: false, depthCompare: "always", depthWriteEnabled: false },
    });
  }

  /** What comes into view is left as anything. */
  move(gl: WebGL2RenderingContext, { x, y }: Move): void {
    const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
    const texture = this.#textureOf(width, height);
    if (!(texture.handle instanceof WebGLTexture)) return;
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.bindTexture(gl.TEXTURE_2D, texture.handle);
    const to = [Math.max(0, x), Math.max(0, y)] as const;
    const from = [Math.max(0, -x), Math.max(0, -y)] as const;
    const size = [width - Math.abs(x), height - Math.abs(y)] as const;
    gl.copyTexSubImage2D(gl.TEXTURE_2D, 0, ...to, ...from, ...size);
    gl.bindTexture(gl.TEXTURE_2D, null);
    this.#model.setBindings({ pixels: texture });
    const pass = this.#device.beginRenderPass({
      parameters: { viewport: [0, 0, width, height] },
      clearColor: false,
      clearDepth: false,
      clearStencil: false,
    });
    this.#model.draw(pass);
    pass.end();
  }

  close(): void {
    this.#texture?.destroy();
    this.#model.destroy();
  }

  #textureOf(width: number, height: number): Texture {
    if (this.#texture?.width !== width || this.#texture.height !== height) {
      this.#texture?.destroy();
      const sampler = { minFilter: "nearest", magFilter: "nearest" } as const;
      this.#texture = this.#device.createTexture({ format: "rgba8unorm", width, height, sampler });
    }
    return this.#texture;
  }
}
