/** A flat Deck: while only its camera moves, it shifts what it drew last and draws the strips that come into view. */
import { Deck, type DeckProps, type View, type Viewport } from "@deck.gl/core";
import { CanvasShift, type Move, type PixelRectangle } from "./canvas-shift.ts";
import { whenFree } from "./gpu-idle.ts";

/** How long the camera rests before all is drawn, in milliseconds; not before the eye has settled. */
const REST = 250;

/** How far from whole pixels a move may be: less than is seen, and more than arithmetic is off by. */
const WHOLE = 1e-3;

/** Of the canvas: where more comes into view, all is drawn. */
const MOST_NEW = 0.5;

/** What is on the canvas. */
interface Shown {
  readonly layers: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly view: Viewport;
  /** The view when all was drawn last: moves are counted from there, so that what they are off by does not add up. */
  readonly whole: Viewport;
  readonly moved: Move;
}

/**
 * Drawn in software a frame takes long, and most of its pixels are those of the frame before in another place. Pixels are
 * the same only where the camera moves by whole pixels of the device: any other frame is drawn in full, as is one in which
 * a layer has changed, and one after the last move. The canvas must keep what was drawn, without antialiasing, and show one
 * view whose layers draw alike wherever they are on screen.
 */
export class ShiftingDeck<ViewsT extends View> extends Deck<ViewsT> {
  #shown: Shown | undefined;
  #isChanged = true;
  #shift: CanvasShift | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #endWaiting = (): void => undefined;

  constructor(props: DeckProps<ViewsT>) {
    super({ ...props, _customRender: (reason) => this.#render(reason) });
  }

  /** What is made of other layers follows the camera in the frame that it moves in; deck.gl lets it do so in the next. */
  override setProps(props: DeckProps<ViewsT>): void {
    super.setProps(props);
    const layers = this.layerManager?.getLayers().filter(({ isComposite }) => isComposite) ?? [];
    const [viewport] = layers.length > 0 ? this.getViewports() : [];
    if (viewport) for (const layer of layers) layer.activateViewport(viewport);
  }

  override redraw(reason?: string): void {
    // Asked before deck.gl forgets it.
    this.#isChanged = this.#hasChanged();
    super.redraw(reason);
  }

  override finalize(): void {
    clearTimeout(this.#resting);
    this.#endWaiting();
    this.#shift?.close();
    super.finalize();
  }

  /** Whether anything but the camera has. A layer that is made of others draws nothing itself. */
  #hasChanged(): boolean {
    const layers = this.layerManager?.getLayers() ?? [];
    return (
      Boolean(this["_needsRedraw"]) ||
      Boolean(this.effectManager?.needsRedraw()) ||
      Boolean(this.deckRenderer?.needsRedraw()) ||
      layers.some((layer) => !layer.isComposite && layer.getNeedsRedraw())
    );
  }

  #render(reason: string): void {
    clearTimeout(this.#resting);
    this.#endWaiting();
    const gl = this.canvas?.getContext("webgl2") ?? undefined;
    const now = gl && this.#now(gl);
    const next = this.#isChanged ? undefined : now && movedFrom(this.#shown, now);
    if (gl && next && this.device) {
      this.#shift ??= new CanvasShift(this.device);
      this.#shift.move(gl, next.by);
      for (const scissorRect of stripsOf(next.by, next.shown)) {
        const part = { clearCanvas: true, scissorRect };
        this._drawLayers(reason, part);
      }
      this.#resting = setTimeout(() => this.redraw("the camera rests"), REST);
    } else {
      this._drawLayers(reason);
      if (!this.#shift) this.#resting = setTimeout(() => this.#makeReady(), REST);
    }
    this.#shown = next?.shown ?? now;
  }

  /** Before the first move, which would wait for all that the GPU has to draw. */
  #makeReady(): void {
    const { device } = this;
    if (!device) return;
    this.#endWaiting = whenFree(device, () => {
      this.#shift ??= new CanvasShift(device);
    });
  }

  /** What a frame drawn in full shows; undefined where it is not for shifting. */
  #now(gl: WebGL2RenderingContext): Shown | undefined {
    const [whole, ...others] = this.getViewports();
    if (!whole || others.length > 0) return undefined;
    const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
    const layers = this.layerManager?.getLayers().map(({ id }) => id) ?? [];
    return { layers, width, height, view: whole, whole, moved: { x: 0, y: 0 } };
  }
}

/** What is shown after a move by whole pixels, and the move; undefined where it is another one, or none. */
function movedFrom(
  before: Shown | undefined,
  now: Shown,
): { readonly shown: Shown; readonly by: Move } | undefined {
  if (!before) return undefined;
  const [{ whole, moved }, { view }] = [before, now];
  const isAlike =
    before.width === now.width &&
    before.height === now.height &&
    whole.width === view.width &&
    whole.height === view.height &&
    whole.scale === view.scale &&
    before.layers.join() === now.layers.join();
  if (!isAlike) return undefined;
  const [dx = Number.NaN, dy = Number.NaN] = view.project(whole.unproject([0, 0]));
  const exact = { x: (dx * now.width) / view.width, y: (-dy * now.height) / view.height };
  const total = { x: Math.round(exact.x), y: Math.round(exact.y) };
  if (!(Math.hypot(exact.x - total.x, exact.y - total.y) <= WHOLE)) return undefined;
  const by = { x: total.x - moved.x, y: total.y - moved.y };
  const isFar = Math.abs(by.x) > MOST_NEW * now.width || Math.abs(by.y) > MOST_NEW * now.height;
  if (isFar || (by.x === 0 && by.y === 0)) return undefined;
  return { shown: { ...now, whole, moved: total }, by };
}

/** What comes into view by a move, each pixel once. */
function stripsOf({ x, y }: Move, { width, height }: Shown): readonly PixelRectangle[] {
  const strips: PixelRectangle[] = [];
  if (y !== 0) strips.push([0, y > 0 ? 0 : height + y, width, Math.abs(y)]);
  if (x !== 0)
    strips.push([x > 0 ? 0 : width + x, Math.max(0, y), Math.abs(x), height - Math.abs(y)]);
  return strips;
}
