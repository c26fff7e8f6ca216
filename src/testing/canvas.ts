/** A canvas that layers are really drawn on, and whose pixels a test reads back. Browser only. */
import { Deck, type Layer, OrthographicView } from "@deck.gl/core";

/** 8-bit RGBA. */
export type Rgba = readonly [r: number, g: number, b: number, a: number];

export interface Picture {
  /** The colour of a pixel, x before y, counted from the upper left corner. */
  at(x: number, y: number): Rgba;
}

export interface Canvas {
  /** Draws the layers; @throws what deck.gl reports, and any WebGL error. */
  draw(layers: readonly Layer[]): Promise<Picture>;
  /** How many textures were uploaded so far. */
  uploads(): number;
  /** How many textures were made so far and not destroyed. */
  textures(): number;
  /** How many programs were linked so far. */
  links(): number;
  close(): void;
}

/** A square canvas of so many pixels, one world unit each; the world's origin is its upper left corner. */
export async function openCanvas(size: number): Promise<Canvas> {
  const element = document.createElement("canvas");
  Object.assign(element, { width: size, height: size });
  document.body.append(element);
  let onRender: (picture: Picture) => void = () => undefined;
  let onError: (error: unknown) => void = () => undefined;
  let gl: WebGL2RenderingContext | undefined;
  let uploads = 0;
  const deck = await new Promise<Deck<OrthographicView>>((resolve, reject) => {
    const made: Deck<OrthographicView> = new Deck({
      canvas: element,
      width: size,
      height: size,
      useDevicePixels: false,
      views: new OrthographicView({ id: "view" }),
      initialViewState: { target: [size / 2, size / 2, 0], zoom: 0 },
      // Every frame is drawn, so that one follows every change.
      _animate: true,
      onError: (error) => {
        reject(error);
        onError(error);
      },
      onAfterRender: (context) => {
        gl = context.gl;
        // deck.gl takes the canvas's size over some frames after it starts.
        if (gl.drawingBufferWidth !== size) return;
        resolve(made);
        onRender(pictureOf(gl, size));
      },
    });
  });
  const context = element.getContext("webgl2");
  if (context === null) throw new Error("no WebGL 2");
  const upload = context.texSubImage2D.bind(context);
  context.texSubImage2D = (...args: unknown[]): void => {
    uploads++;
    Reflect.apply(upload, context, args);
  };
  let textures = 0;
  const [create, destroy] = [
    context.createTexture.bind(context),
    context.deleteTexture.bind(context),
  ];
  context.createTexture = () => {
    textures++;
    return create();
  };
  context.deleteTexture = (texture): void => {
    if (context.isTexture(texture)) textures--;
    destroy(texture);
  };
  let links = 0;
  const link = context.linkProgram.bind(context);
  context.linkProgram = (program): void => {
    links++;
    link(program);
  };
  return {
    draw: (layers) =>
      new Promise((resolve, reject) => {
        onError = reject;
        onRender = (picture) => {
          const error = gl?.getError();
          if (error) reject(new Error(`WebGL error ${error}`));
          resolve(picture);
        };
        deck.setProps({ layers: [...layers] });
      }),
    uploads: () => uploads,
    textures: () => textures,
    links: () => links,
    close: () => {
      deck.finalize();
      element.remove();
    },
  };
}

function pictureOf(gl: WebGL2RenderingContext, size: number): Picture {
  const bytes = new Uint8Array(4 * size * size);
  gl.readPixels(0, 0, size, size, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
  return {
    at: (x, y) => {
      const from = 4 * (size * (size - 1 - y) + x);
      const [r = 0, g = 0, b = 0, a = 0] = bytes.subarray(from, from + 4);
      return [r, g, b, a];
    },
  };
}
