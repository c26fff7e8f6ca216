/** What a page that streams does, seen from inside it: texture uploads, frames, blocks of the main thread. */

/** Times are milliseconds since 1970, 0 for what has not happened. */
export interface Seen {
  uploads: number;
  uploadBytes: number;
  lastUpload: number;
  /** The first frame with something on a canvas, after a texture that can hold pixels. */
  firstPixels: number;
  /** The first frame after `aria-busy` first turned false: start-up is over. */
  startedUp: number;
  lastFrame: number;
  firstInput: number;
  lastInput: number;
  /** Tasks of the main thread over 50 ms: when each began, and how long it was. */
  blocks: (readonly [start: number, ms: number])[];
  /** Milliseconds of each frame with its drawing waited for, while `waits`. */
  frames: number[];
  /** Whether each frame waits until it is drawn; it makes blocks, so nothing else is measured meanwhile. */
  waits: boolean;
}

declare global {
  interface Window {
    seen: Seen;
  }
}

/** Runs in the page before its own scripts; it sees nothing of this file but itself. */
export function probe(): void {
  /** A smaller texture is a palette or a glyph. */
  const LEAST_BYTES = 4000;
  const seen: Seen = {
    uploads: 0,
    uploadBytes: 0,
    lastUpload: 0,
    firstPixels: 0,
    startedUp: 0,
    lastFrame: 0,
    firstInput: 0,
    lastInput: 0,
    blocks: [],
    frames: [],
    waits: false,
  };
  window.seen = seen;
  const epoch = (at = performance.now()): number => performance.timeOrigin + at;

  /** The context that was drawn with since the last look. */
  let drawn: WebGL2RenderingContext | undefined;
  const gl = WebGL2RenderingContext.prototype;
  const wrap = (
    name: string,
    before: (context: WebGL2RenderingContext, args: unknown[]) => void,
  ) => {
    const original: unknown = Reflect.get(gl, name);
    if (typeof original !== "function") return;
    Reflect.set(gl, name, function (this: WebGL2RenderingContext, ...args: unknown[]): unknown {
      before(this, args);
      return Reflect.apply(original, this, args);
    });
  };
  for (const name of ["texImage2D", "texSubImage2D", "texImage3D", "texSubImage3D"])
    wrap(name, (_, args) => {
      const pixels = args.find((arg) => ArrayBuffer.isView(arg));
      if (!pixels || pixels.byteLength < LEAST_BYTES) return;
      seen.uploads++;
      seen.uploadBytes += pixels.byteLength;
      seen.lastUpload = epoch();
    });
  for (const kind of ["Arrays", "Elements"])
    for (const many of ["", "Instanced"])
      wrap(`draw${kind}${many}`, (context) => {
        drawn = context;
      });

  /** Whether more than one pixel in a hundred differs from the corner, which is background. */
  const hasPixels = (context: WebGL2RenderingContext): boolean => {
    const { drawingBufferWidth: width, drawingBufferHeight: height } = context;
    const pixels = new Uint32Array(width * height);
    const bytes = new Uint8Array(pixels.buffer);
    context.readPixels(0, 0, width, height, context.RGBA, context.UNSIGNED_BYTE, bytes);
    return pixels.filter((pixel) => pixel !== pixels[0]).length > pixels.length / 100;
  };
  let frame = { at: 0, ms: 0, isDrawn: false };
  let isReady = false;
  const lookAt = (context: WebGL2RenderingContext): void => {
    const { RGBA, UNSIGNED_BYTE } = context;
    // Reading a pixel back waits for all that was drawn.
    if (seen.waits) context.readPixels(0, 0, 1, 1, RGBA, UNSIGNED_BYTE, new Uint8Array(4));
    if (seen.uploads > 0 && seen.firstPixels === 0 && hasPixels(context))
      seen.firstPixels = epoch();
    seen.lastFrame = epoch();
  };
  const look = (at: number, began: number): void => {
    if (isReady) seen.startedUp ||= epoch();
    if (at !== frame.at) {
      if (seen.waits && frame.isDrawn) seen.frames.push(frame.ms);
      frame = { at, ms: 0, isDrawn: false };
    }
    if (drawn) {
      frame.isDrawn = true;
      lookAt(drawn);
      drawn = undefined;
    }
    frame.ms += performance.now() - began;
  };
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    request((at) => {
      const began = performance.now();
      callback(at);
      look(at, began);
    });

  new MutationObserver((changes) => {
    isReady ||= changes.some(
      ({ target, oldValue }) =>
        oldValue === "true" &&
        target instanceof Element &&
        target.getAttribute("aria-busy") === "false",
    );
    if (isReady && seen.startedUp === 0) window.requestAnimationFrame(() => undefined);
  }).observe(document, {
    subtree: true,
    attributes: true,
    attributeFilter: ["aria-busy"],
    attributeOldValue: true,
  });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      seen.blocks.push([epoch(startTime), duration]);
  }).observe({ type: "longtask", buffered: true });
  for (const kind of ["wheel", "pointerdown", "pointermove", "pointerup", "click"])
    addEventListener(
      kind,
      ({ timeStamp }) => {
        seen.lastInput = epoch(timeStamp);
        seen.firstInput ||= seen.lastInput;
      },
      { capture: true, passive: true },
    );
}
