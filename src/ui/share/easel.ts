/** Draws layers off the screen with the GPU of the screen: deck.gl's layers without its Deck, which draws on canvases alone. */
import { _LayersPass, type Layer, LayerManager, OrthographicView } from "@deck.gl/core";
import type { Device, Framebuffer } from "@luma.gl/core";

/** What is drawn: pixels of the screen, and how many pixels of the picture each is along a side; both whole. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly perScreenPixel: number;
  /** The world point in its middle. */
  readonly middle: readonly [x: number, y: number];
  /** World units per pixel of the screen. */
  readonly unit: number;
}

export class Easel {
  readonly #device: Device;
  readonly #view = new OrthographicView({ id: "picture", flipY: true });
  readonly #pass: _LayersPass;
  #layers: LayerManager | undefined;
  #target: Framebuffer | undefined;

  constructor(device: Device) {
    this.#device = device;
    this.#pass = new _LayersPass(device);
  }

  /** Gives the GPU what it needs to draw layers; those of the call before that are no more among them are let go. */
  async prepare(sheet: Sheet, layers: readonly Layer[]): Promise<void> {
    const manager = this.#manager(sheet);
    manager.setLayers([...layers]);
    manager.updateLayers();
    // Layers that go on preparing themselves ask for it in a microtask; and what is sent to a GPU that is behind waits.
    await done(manager.context.gl);
    while (manager.needsUpdate()) {
      manager.updateLayers();
      await done(manager.context.gl);
    }
  }

  /** The pixels of what was prepared, on black: 8-bit RGBA, the lower left one first. Waits for the GPU without blocking. */
  async draw(sheet: Sheet): Promise<Uint8Array<ArrayBuffer>> {
    const manager = this.#manager(sheet);
    const { perScreenPixel: devicePixelRatio } = sheet;
    const [width, height] = [sheet.width * devicePixelRatio, sheet.height * devicePixelRatio];
    const target = this.#framebuffer(width, height);
    this.#pass.render({
      pass: "picture",
      target,
      clearColor: [0, 0, 0, 1],
      layers: manager.getLayers(),
      viewports: [manager.context.viewport],
      views: {},
      onViewportActive: manager.activateViewport,
      effects: [],
      shaderModuleProps: { project: { devicePixelRatio } },
    });
    return pixelsOf(manager.context.gl, target);
  }

  close(): void {
    this.#layers?.finalize();
    this.#target?.destroy();
  }

  /** With what is looked at made current, since layers prepare what is in view. */
  #manager({ width, height, middle, unit }: Sheet): LayerManager {
    const viewState = {
      target: [...middle, 0] as [number, number, number],
      zoom: -Math.log2(unit),
    };
    const viewport = this.#view.makeViewport({ width, height, viewState });
    if (viewport === null) throw new Error("A picture has no area");
    this.#layers ??= new LayerManager(this.#device, { viewport });
    this.#layers.activateViewport(viewport);
    for (const layer of this.#layers.getLayers()) layer.activateViewport(viewport);
    return this.#layers;
  }

  #framebuffer(width: number, height: number): Framebuffer {
    if (this.#target?.width !== width || this.#target.height !== height) {
      this.#target?.destroy();
      this.#target = this.#device.createFramebuffer({
        width,
        height,
        colorAttachments: ["rgba8unorm"],
        depthStencilAttachment: "depth24plus",
      });
    }
    return this.#target;
  }
}

/** By way of a buffer that the browser copies as the GPU gets there: to read pixels at once keeps the page waiting. */
async function pixelsOf(
  gl: WebGL2RenderingContext,
  { handle, width, height }: Framebuffer,
): Promise<Uint8Array<ArrayBuffer>> {
  const pixels = new Uint8Array(4 * width * height);
  const buffer = gl.createBuffer();
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
  gl.bufferData(gl.PIXEL_PACK_BUFFER, pixels.length, gl.STREAM_READ);
  gl.bindFramebuffer(gl.READ_FRAMEBUFFER, handle as WebGLFramebuffer);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, 0);
  gl.bindFramebuffer(gl.READ_FRAMEBUFFER, null);
  // While it is bound, whatever else is read from this GPU would go into it.
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  await done(gl);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
  gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, pixels);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  gl.deleteBuffer(buffer);
  return pixels;
}

/** Until the GPU has done what it was told. */
async function done(gl: WebGL2RenderingContext): Promise<void> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  if (fence === null) return nextTask();
  gl.flush();
  // The browser tells of a fence between tasks only; of one on a GPU that was lost it says that it has failed.
  do await nextTask();
  while (gl.clientWaitSync(fence, 0, 0) === gl.TIMEOUT_EXPIRED);
  gl.deleteSync(fence);
}

/** Lets the page do what waits. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
